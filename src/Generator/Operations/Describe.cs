using E3Gen.Polynomials;

namespace E3Gen.Generator.Operations;

/// <summary>Words for messages.</summary>
internal static class Describe
{
    public static string Parity(int parity) => parity > 0 ? "e" : "o";

    public static string List(IEnumerable<Irrep> irreps)
    {
        string text = string.Join(", ", irreps.Distinct());
        return text.Length == 0 ? "nothing" : text;
    }

    /// <summary>As users write it.</summary>
    public static string Sum(IEnumerable<MulIrrep> irreps) => string.Join(" + ", irreps);

    /// <summary>Every irrep that the product of what is there contains, sorted.</summary>
    public static IReadOnlyList<Irrep> Products(Irreps input1, Irreps input2) =>
        [.. input1.RemoveZeroMultiplicities().SelectMany(x => input2.RemoveZeroMultiplicities().SelectMany(y => x.Irrep * y.Irrep))
            .Distinct().OrderBy(r => r)];

    /// <summary>The irreps of an operand.</summary>
    public static string List(Operand operand) => string.Join("+", operand.Segments.Select(s => $"{s.Multiplicity}x{s.Irrep}"));

    public static string List(Irreps irreps) => irreps.Count == 0 ? "nothing" : irreps.ToString();
}
