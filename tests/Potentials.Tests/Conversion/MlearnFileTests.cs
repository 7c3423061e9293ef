using E3Gen.Potentials.Tests.Support;
using Potential.Conversion;

namespace E3Gen.Potentials.Tests.Conversion;

public class MlearnFileTests
{
    /// <summary>Made up: a skewed cell of two atoms, and a chain of one that says little about itself.</summary>
    private const string TwoStructures = """
        [{"structure": {"@class": "Structure", "charge": null,
            "lattice": {"matrix": [[3.0, 0.0, 0.0], [0.5, 4.0, 0.0], [0.0, 0.25, 5.0]], "a": 3.0},
            "sites": [{"species": [{"element": "Si", "occu": 1}], "abc": [0.0, 0.0, 0.0], "xyz": [0.0, 0.0, 0.0], "label": "Si"},
                      {"species": [{"element": "C", "occu": 1.0}], "abc": [0.5, 0.5, 0.5], "xyz": [1.75, 2.125, 2.5], "label": "C"}]},
          "group": "Crystal", "description": "made up, 1 of 2", "num_atoms": 2, "tag": "train",
          "outputs": {"energy": -12.5, "forces": [[0.5, -1.0, 0.25], [-0.5, 1.0, -0.25]], "virial_stress": [10, 20, 30, 1, 2, 3]}},
         {"structure": {"lattice": {"matrix": [[2, 0, 0], [0, 9, 0], [0, 0, 9]], "pbc": [true, false, false]},
            "sites": [{"species": [{"element": "H"}], "xyz": [0.1, 0.2, 0.3]}]},
          "outputs": {"energy": -1, "forces": [[0, 0, 0]]}}]
        """;

    [Fact]
    public void EverythingArrivesInElectronvoltsAndWithTheSignOfAse()
    {
        using var folder = new TemporaryFolder();
        IReadOnlyList<Atoms> read = MlearnFile.Read(folder.Write("two.json", TwoStructures), new StressOrder("vasp"));
        ExtendedXyz.Write(folder.Of("two.xyz"), read);
        Atoms[] written = [.. ExtendedXyz.Read(folder.Of("two.xyz"))];
        Assert.Equal(2, written.Length);

        (Atoms crystal, Atoms chain) = (written[0], written[1]);
        Assert.Equal([14, 6], crystal.AtomicNumbers);
        Assert.Equal([0, 0, 0, 1.75, 2.125, 2.5], crystal.Positions);
        Assert.Equal([3, 0, 0, 0.5, 4, 0, 0, 0.25, 5], crystal.Cell!);
        Assert.Equal((true, true, true), crystal.Periodic);
        Assert.Equal(-12.5, crystal.GetEnergy());
        Assert.Equal([0.5, -1, 0.25, -0.5, 1, -0.25], crystal.GetForces());
        Assert.Equal("Crystal", new LabelledStructure(crystal).Group);
        Assert.Equal("made up, 1 of 2", crystal.Info["description"].ToString());

        // 1 eV/Å³ = 1602.176634 kbar; VASP prints xx, yy, zz, xy, yz, zx, and compression is positive.
        double[] kilobars = [10, 1, 3, 1, 20, 2, 3, 2, 30];
        Assert.All(crystal.GetStress().Zip(kilobars), p => Assert.Equal(-p.Second, 1602.176634 * p.First, 1e-12));

        Assert.Equal((true, false, false), chain.Periodic);
        Assert.Null(chain.FindStress());
        Assert.Null(new LabelledStructure(chain).Group);
    }

    [Theory]
    [InlineData("-12.5", "-1e999", "entry 0: outputs.energy is -1e999; expected a finite number.")]
    [InlineData("\"energy\": -1,", "", "entry 1: outputs has no 'energy'.")]
    [InlineData("[[0, 0, 0]]", "[[0, 0]]", "entry 1: outputs.forces[0] has 2 elements; expected 3, x, y and z.")]
    [InlineData("[[0, 0, 0]]", "[]", "entry 1: outputs.forces has 0 elements; expected 1, a force for each site.")]
    [InlineData("[10, 20, 30, 1, 2, 3]", "[10, 20, 30]", "entry 0: outputs.virial_stress has 3 elements; expected 6, the components of a symmetric matrix.")]
    [InlineData("[10, 20, 30, 1, 2, 3]", "\"10 20 30\"", "entry 0: outputs.virial_stress is \"10 20 30\"; expected a list of the components of a symmetric matrix.")]
    [InlineData("\"C\", \"occu\"", "\"Qq\", \"occu\"", "entry 0: structure.sites[1].species[0].element is 'Qq', which is no element; expected a symbol such as Si.")]
    [InlineData("1.0}", "0.5}", "entry 0: structure.sites[1].species[0].occu is 0.5; only sites that are wholly occupied have a definite energy.")]
    [InlineData("[{\"element\": \"H\"}]", "[]", "entry 1: structure.sites[0].species has 0 elements; expected 1, one element: sites shared by several have no definite energy.")]
    [InlineData("[[2, 0, 0]", "[[0, 0, 0]", "entry 1: ")]
    [InlineData("\"group\": \"Crystal\"", "\"group\": 7", "entry 0: group is 7; expected a text.")]
    [InlineData("[true, false, false]", "[1, 0, 0]", "entry 1: structure.lattice.pbc[0] is 1; expected true or false.")]
    [InlineData("}]\n", "}", " is no JSON: ")]
    public void WhatIsWrongIsSaidWithFileAndEntry(string right, string wrong, string message)
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(right, TwoStructures + "\n", StringComparison.Ordinal);
        string path = folder.Write("wrong.json", (TwoStructures + "\n").Replace(right, wrong, StringComparison.Ordinal));
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => MlearnFile.Read(path, new StressOrder(MlearnFile.UsualStressOrder)));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "is {}; expected a list of structures with outputs.")]
    [InlineData("[7]", "entry 0: it is 7; expected an object.")]
    [InlineData("", " is no JSON: ")]
    public void OtherJsonIsRefused(string text, string message)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("other.json", text);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => MlearnFile.Read(path, new StressOrder(MlearnFile.UsualStressOrder))).Message, StringComparison.Ordinal);
    }
}
