using E3Gen.Potentials;

namespace Potential.Report;

/// <summary>Says of which structures a stress was left out.</summary>
internal static class UnusedStresses
{
    public static void Print(IEnumerable<LabelledStructure> structures)
    {
        if (structures.Count(s => s.HasStressWithoutVolume) is > 0 and var count)
            Console.WriteLine($"{count} structures have a stress but no periodic direction (pbc), or a cell without a volume; it is not used");
    }
}
