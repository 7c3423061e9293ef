using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Emission;

/// <summary>Paths as formulas, for comments and remarks.</summary>
internal static class Formula
{
    /// <summary>
    /// What a bilinear path computes of one x and one y, "1/√3 W x·y": with the factor that stands in front once the Wigner 3j symbol is written out, and its weights W.
    /// </summary>
    public static string Couple(ProductPath path)
    {
        var (l1, l2, l3) = path.Coupling;
        Surd scale = path.Path.Scale;
        string weights = path.W is null ? "" : "W ", y = path.Y.Operand == path.X.Operand ? "x′" : "y";
        return (l1, l2, l3) switch
        {
            (0, _, _) or (_, 0, _) => Times(scale / Surd.Sqrt(2 * l3 + 1), $"{weights}x {y}"),
            (_, _, 0) => Times(scale / Surd.Sqrt(2 * l1 + 1), $"{weights}x·{y}"),
            (1, 1, 1) => Times(scale / Surd.Sqrt(6), $"{weights}x×{y}"),
            _ => Times(scale, $"{weights}{{x ⊗ {y}}}{Subscript(l3)}"),
        };
    }

    /// <summary>What a connection mode does with copies: "UVW: z[w] = Σ_uv W[u,v,w] x[u] y[v]".</summary>
    public static string Mode(ConnectionMode mode, bool isSquare, bool hasWeights)
    {
        var connection = Connection.Of(mode);
        string Index(string indices) => string.Join(",", indices.ToCharArray());
        bool ascending = connection.Pairs == Pairs.Ascending;
        string summed = string.Concat((connection.Input1 + connection.Input2).Distinct().Where(i => !connection.Output.Contains(i)));
        string sum = summed.Length == 0 ? "" : ascending ? "Σ_u<v " : $"Σ_{summed} ";
        string weights = hasWeights ? $"W[{Index(connection.Weight)}] " : "";
        string y = isSquare ? "x" : "y", pairs = ascending && summed.Length == 0 ? " for u < v" : "";
        return $"{mode}: z[{Index(connection.Output)}] = {sum}{weights}x[{connection.Input1}] {y}[{connection.Input2}]{pairs}";
    }

    /// <summary>"1/√2 x y", or without a factor of one.</summary>
    public static string Times(Surd factor, string product) => factor == Surd.One ? product : $"{Text(factor)} {product}";

    public static string Text(Surd value)
    {
        string text = value.ToString();
        return text.Length <= 24 ? text : Literals.Double(value.ToDouble());
    }

    /// <summary>"16x0e × 1x1o → 16x1o".</summary>
    public static string Path(SegmentedPolynomial polynomial, Path path)
    {
        static string Entry(Segment segment) => $"{segment.Multiplicity}x{segment.Irrep}";
        var factors = path.Factors.Select(polynomial.InputSegment).Where(s => s.Irrep is not null).Select(Entry);
        return $"{string.Join(" × ", factors)} → {Entry(polynomial.OutputSegment(path.Result))}";
    }

    private static string Subscript(int l) => string.Concat(l.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(c => (char)('₀' + (c - '0'))));
}
