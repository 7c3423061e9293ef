using E3Gen.Polynomials;

namespace E3Gen.Generator.Emission.Portable;

/// <summary>Cuts tensors along an axis.</summary>
internal static class Pieces
{
    /// <summary>Writes the cut and returns the expression of each piece; a tensor that is all one piece is used as it is.</summary>
    /// <param name="writer">Receives the line.</param>
    /// <param name="name">Local variable that holds the pieces.</param>
    /// <param name="tensor">What is cut.</param>
    /// <param name="lengths">Extents of the pieces; those of no extent are never asked for.</param>
    /// <param name="axis">The axis.</param>
    public static Func<int, string> Cut(SourceWriter writer, string name, string tensor, IReadOnlyList<int> lengths, int axis)
    {
        if (lengths.Count(l => l > 0) <= 1)
        {
            return _ => tensor;
        }

        writer.Line($"var {name} = {tensor}.split({Literals.Longs(lengths)}, {axis});");
        return i => $"{name}[{i}]";
    }

    public static IReadOnlyList<int> Of(Irreps irreps) => [.. irreps.Select(e => e.Dim)];

    public static IReadOnlyList<int> Of(Operand operand) => [.. operand.Segments.Select(s => s.Length)];
}
