using E3Gen.Generator.Model;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Emission;

/// <summary>Paths in mathematics, for comments and remarks.</summary>
internal static class Formula
{
    /// <summary>
    /// What a bilinear path computes of one x and one y, "1/√3 W x·y": with the factor that stands in front once the Wigner 3j symbol is written out, and its weights W.
    /// </summary>
    public static string Couple(PlanPath path)
    {
        var l = path.Coupling.Degrees;
        Surd scale = path.Scale;
        string weights = path.Slots[BilinearPlanner.Weights].Segment >= 0 ? "W " : "";
        return (l[0], l[1], l[2]) switch
        {
            (0, _, _) or (_, 0, _) => Times(scale / Surd.Sqrt(2 * l[2] + 1), $"{weights}x y"),
            (_, _, 0) => Times(scale / Surd.Sqrt(2 * l[0] + 1), $"{weights}x·y"),
            (1, 1, 1) => Times(scale / Surd.Sqrt(6), $"{weights}x×y"),
            _ => Times(scale, $"{weights}{{x ⊗ y}}{Subscript(l[2])}"),
        };
    }

    /// <summary>What a connection mode does with copies: "UVW: z[w] = Σ_uv W[u,v,w] x[u] y[v]".</summary>
    public static string Mode(ConnectionMode mode)
    {
        var connection = Connection.Of(mode)!;
        string Index(string indices) => string.Join(",", indices.ToCharArray());
        string summed = string.Concat((connection.Input1 + connection.Input2).Distinct().Where(i => !connection.Output.Contains(i)));
        return $"{mode}: z[{Index(connection.Output)}] = {(summed.Length > 0 ? $"Σ_{summed} " : "")}W[{Index(connection.Weight)}] x[{connection.Input1}] y[{connection.Input2}]";
    }

    /// <summary>"1/√2 x y", or without a factor of one.</summary>
    public static string Times(Surd factor, string product) => factor == Surd.One ? product : $"{Text(factor)} {product}";

    public static string Text(Surd value)
    {
        string text = value.ToString();
        return text.Length <= 24 ? text : Literals.Double(value.ToDouble());
    }

    /// <summary>"16x0e × 1x1o → 16x1o".</summary>
    public static string Path(MultilinearPlan plan, PlanPath path)
    {
        string Entry(int operand)
        {
            var segment = plan.Operands[operand].Segments[path.Slots[operand].Segment];
            return $"{segment.Multiplicity}x{segment.Irrep}";
        }

        return plan.Operands.Count == 3
            ? $"{Entry(LinearPlanner.Input)} → {Entry(LinearPlanner.Output)}"
            : $"{Entry(BilinearPlanner.Input1)} × {Entry(BilinearPlanner.Input2)} → {Entry(BilinearPlanner.Output)}";
    }

    private static string Subscript(int l) => string.Concat(l.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(c => (char)('₀' + (c - '0'))));
}
