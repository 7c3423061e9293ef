using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials.Tests.Support;

/// <summary>Structures with energies, forces and stresses of <see cref="PairPotential"/>, on top of E0 = −1 (H) and −20 (O).</summary>
internal static class Samples
{
    public static readonly string[] Species = ["H", "O"];

    public static readonly IReadOnlyDictionary<string, double> AtomEnergies = new Dictionary<string, double> { ["H"] = -1, ["O"] = -20 };

    /// <summary>Random clusters of 3 to 5 atoms.</summary>
    public static Atoms[] Clusters(int count, int seed = 3)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Labelled(Random(random, 3 + random.Next(3), 2.5)))];
    }

    /// <summary>Periodic boxes of 2 to 4 atoms, with stress.</summary>
    public static Atoms[] Crystals(int count, int seed = 5)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Labelled(Random(random, 2 + random.Next(3), 3.5, cell: [3.5, 0, 0, 0.3, 3.6, 0, 0, 0.2, 3.7])))];
    }

    public static LabelledStructure[] Learn(int count, int seed = 3) => [.. Clusters(count, seed).Select(a => new LabelledStructure(a))];

    public static ReferenceEnergies References(IReadOnlyList<LabelledStructure> structures) => ReferenceEnergies.Find(Species, new StructureSet(structures), AtomEnergies);

    private static Atoms Random(Random random, int count, double size, double[]? cell = null)
    {
        var positions = new List<double[]>();
        while (positions.Count < count)
        {
            double[] at = [size * random.NextDouble(), size * random.NextDouble(), size * random.NextDouble()];
            if (positions.TrueForAll(p => p.Zip(at, (a, b) => (a - b) * (a - b)).Sum() > 0.64)) positions.Add(at);
        }

        // At least one of each element: the first two.
        return new Atoms([.. Enumerable.Range(0, count).Select(i => i == 0 ? 8 : i == 1 || random.Next(2) == 0 ? 1 : 8)], [.. positions.SelectMany(p => p)], cell, cell is null ? null : (true, true, true));
    }

    private static Atoms Labelled(Atoms atoms)
    {
        using var scope = NewDisposeScope();
        using var potential = new PairPotential(Species);
        using PotentialResult result = potential.Evaluate([atoms], ScalarType.Float64, virials: atoms.IsPeriodic);
        double atomEnergies = Enumerable.Range(0, atoms.Count).Sum(i => AtomEnergies[atoms.SymbolOf(i)]);
        atoms.Info.Add("energy", new InfoValue(result.Energies.item<double>() + atomEnergies));
        atoms.Columns.Add("forces", new AtomColumn([.. result.Forces!.contiguous().data<double>()], 3));
        if (result.Virials is { } virial) atoms.Info.Add("stress", new InfoValue([.. virial.contiguous().data<double>().Select(v => -v / atoms.Volume())], 3));
        return atoms;
    }
}
