using System.Text;

namespace E3Gen.Polynomials;

/// <summary>Polynomials as text.</summary>
internal static class PolynomialText
{
    /// <summary>
    /// <code>
    /// x: 2x0e+1x1o, W (shared): 2, z: 2x0e
    /// z0[w] += 1/√2 x0[u] W0[u,w]
    /// </code>
    /// </summary>
    public static string Of(SegmentedPolynomial polynomial)
    {
        var text = new StringBuilder();
        text.Append(string.Join(", ", polynomial.Inputs.Concat(polynomial.Outputs).Select(Describe)));
        foreach (var path in polynomial.Paths)
        {
            text.Append('\n').Append(Slot(polynomial.Outputs, path.Result)).Append(" += ");
            if (path.Scale != Surd.One)
            {
                text.Append(path.Scale).Append(' ');
            }

            if (path.Coefficients.ToString() is not "1" and var coefficients)
            {
                text.Append(coefficients).Append(' ');
            }

            text.Append(string.Join(" ", path.Factors.Select(f => Slot(polynomial.Inputs, f))));
            if (path.Pairs == Pairs.Ascending)
            {
                text.Append(", u < v");
            }
        }

        return text.ToString();
    }

    private static string Describe(Operand operand)
    {
        string rows = operand.Rows == RowSource.Own ? "" : $" ({operand.Rows.ToString().ToLowerInvariant()})";
        var segments = operand.Segments.Select(s => s.Irrep is { } irrep ? $"{s.Multiplicity}x{irrep}" : string.Join("·", s.Multiplicities));
        return $"{operand.Name}{rows}: {(operand.Segments.Count == 0 ? "nothing" : string.Join("+", segments))}";
    }

    private static string Slot(EquatableArray<Operand> operands, Slot slot) =>
        $"{operands[slot.Operand].Name}{slot.Segment}{(slot.Indices.Length > 0 ? $"[{string.Join(",", slot.Indices.ToCharArray())}]" : "")}";
}
