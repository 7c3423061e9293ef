using E3Gen.Potentials.Tests.Support;

namespace E3Gen.Potentials.Tests.Data;

public class ReferenceEnergiesTests
{
    [Fact]
    public void RegressionFindsWhatEnergiesWereMadeOf()
    {
        ReferenceEnergies found = ReferenceEnergies.Find(["H", "O"], Set((2, 1, -12), (1, 1, -11), (0, 2, -20)));
        Assert.Equal(-1, found.Values[0], 1e-10);
        Assert.Equal(-10, found.Values[1], 1e-10);
        Assert.DoesNotContain("determine", found.Source, StringComparison.Ordinal);
    }

    /// <summary>Least norm: E0 in the proportion of the numbers of atoms, so that 2·h + o = −15 with (h, o) ∝ (2, 1).</summary>
    [Fact]
    public void OneCompositionGivesTheSmallestEnergiesAndSaysSo()
    {
        ReferenceEnergies found = ReferenceEnergies.Find(["H", "O"], Set((2, 1, -14), (2, 1, -16)));
        Assert.Equal(-6, found.Values[0], 1e-10);
        Assert.Equal(-3, found.Values[1], 1e-10);
        Assert.Contains("do not determine", found.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsKnownIsNotFitted()
    {
        ReferenceEnergies found = ReferenceEnergies.Find(["H", "O"], Set((2, 1, -12), (1, 1, -11)), new Dictionary<string, double> { ["H"] = 2 });
        Assert.Equal(2, found.Values[0]);
        Assert.Equal((-12 - 4 + -11 - 2) / 2.0, found.Values[1], 1e-10);
        Assert.Contains("of O by least squares", found.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void IsolatedAtomsPrecedeRegressionAndGivenOnesAll()
    {
        var set = new StructureSet([Structure(2, 1, -12), Atom(1, -0.5), Atom(8, -7)]);
        Assert.Equal([-0.5, -7], ReferenceEnergies.Find(["H", "O"], set).Values);
        Assert.Equal([-0.5, -8], ReferenceEnergies.Find(["H", "O"], set, new Dictionary<string, double> { ["O"] = -8 }).Values);
        var error = Assert.Throws<ArgumentException>(() => ReferenceEnergies.Find(["H", "O"], set, new Dictionary<string, double> { ["N"] = -8 }));
        Assert.Contains("E0 of N", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutEnergiesTheyMustBeGiven()
    {
        var forces = new Atoms([1, 1], [0, 0, 0, 0, 0, 1]);
        forces.Columns.Add("forces", new AtomColumn(new double[6], 3));
        var error = Assert.Throws<InvalidDataException>(() => ReferenceEnergies.Find(["H"], new StructureSet([new LabelledStructure(forces)])));
        Assert.Contains("--e0 H=", error.Message, StringComparison.Ordinal);
    }

    private static StructureSet Set(params (int Hydrogens, int Oxygens, double Energy)[] structures) => new(structures.Select(s => Structure(s.Hydrogens, s.Oxygens, s.Energy)));

    private static LabelledStructure Atom(int number, double energy) => Labelled(new Atoms([number], [0, 0, 0]), energy);

    private static LabelledStructure Structure(int hydrogens, int oxygens, double energy)
    {
        int[] numbers = [.. Enumerable.Repeat(1, hydrogens), .. Enumerable.Repeat(8, oxygens)];
        return Labelled(new Atoms(numbers, [.. numbers.SelectMany((_, i) => new double[] { i, 0, 0 })]), energy);
    }

    private static LabelledStructure Labelled(Atoms atoms, double energy)
    {
        atoms.Info.Add("energy", new InfoValue(energy));
        return new LabelledStructure(atoms);
    }
}
