using E3Gen.Polynomials;

namespace E3Gen.Generator.Emission;

/// <summary>How tables of paths list the segments of an operand: copies and degree of each.</summary>
internal static class SegmentText
{
    public static string Of(Operand operand) => Of(operand.Segments.Select(s => (s.Multiplicity, s.Irrep!.Value.L)));

    public static string Of(IEnumerable<(int Copies, int L)> segments) => "[" + string.Join(", ", segments.Select(s => $"({s.Copies}, {s.L})")) + "]";
}
