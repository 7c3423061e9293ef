using E3Gen.Potentials.Tests.Support;

namespace E3Gen.Potentials.Tests.Data;

public class StructureSetTests
{
    private const string Water = """
        3
        Properties=forces:R:3:pos:R:3:species:S:1 config_type=md config_weight=2 energy=-5
        0.1 0.2 0.3 0 0 0 O
        -0.1 0 0 0 0 0.96 H
        0 -0.2 -0.3 0.92 0 -0.24 H

        """;

    private const string Hydrogen = """
        1
        config_type=IsolatedAtom energy=-13.6
        H 0 0 0

        """;

    [Fact]
    public void ColumnsMayComeInAnyOrder()
    {
        using var folder = new TemporaryFolder();
        StructureSet set = StructureSet.Read([folder.Write("a.xyz", Water + Hydrogen)]);
        LabelledStructure water = Assert.Single(set.Structures);
        Assert.Equal(-5, water.Energy);
        Assert.Equal([0.1, 0.2, 0.3, -0.1, 0, 0, 0, -0.2, -0.3], water.Forces);
        Assert.Null(water.Stress);
        Assert.Equal("md", water.Group);
        Assert.Equal(2, water.Weight);
        Assert.Equal("H2O", water.Composition);
        Assert.Equal(-13.6, Assert.Single(set.IsolatedAtoms).Value);
        Assert.Equal(["H", "O"], StructureSet.SpeciesOf(set.Structures));
    }

    [Theory]
    [InlineData("config_type=isolated_atom energy=-13.6")]
    [InlineData("energy=-13.6")]
    public void SingleAtomsAreIsolated(string comment)
    {
        using var folder = new TemporaryFolder();
        StructureSet set = StructureSet.Read([folder.Write("a.xyz", Water), folder.Write("b.xyz", $"1\n{comment}\nH 0 0 0\n")]);
        Assert.Single(set.Structures);
        Assert.Equal(-13.6, set.IsolatedAtoms["H"]);
    }

    [Fact]
    public void OneAtomInTwoUnitsIsAnError()
    {
        using var folder = new TemporaryFolder();
        string hartree = Hydrogen.Replace("-13.6", "-0.5");
        Says(() => StructureSet.Read([folder.Write("a.xyz", Water + Hydrogen + hartree)]), "isolated atom of H", "-0.5", "-13.6", "one unit");
    }

    [Fact]
    public void NamesAreUsedWhereGiven()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("a.xyz", Water.Replace("energy=", "my_energy=").Replace("forces:R", "gradient:R"));
        Says(() => StructureSet.Read([file]), "no structure has an energy or forces", "my_energy", "gradient", "--energy-key");
        StructureSet set = StructureSet.Read([file], new TargetKeys { Energy = "my_energy", Forces = "gradient" });
        Assert.Equal(-5, set.Structures[0].Energy);
        Assert.Equal(9, set.Structures[0].Forces!.Count);
        Says(() => StructureSet.Read([file], new TargetKeys { Energy = "my_energy", Forces = "f" }), "no structure has forces", "'f'", "gradient");
    }

    [Theory]
    [InlineData("energy=-5", "energy=nan", "energy")]
    [InlineData("config_weight=2", "config_weight=-2", "config_weight")]
    [InlineData("config_type=md", "config_type=IsolatedAtom", "3 atoms")]
    public void BadValuesAreNamed(string old, string wrong, string said)
    {
        using var folder = new TemporaryFolder();
        Says(() => StructureSet.Read([folder.Write("a.xyz", Water.Replace(old, wrong))]), "a.xyz", said);
    }

    [Fact]
    public void FilesWithoutStructuresAreErrors()
    {
        using var folder = new TemporaryFolder();
        Says(() => StructureSet.Read([folder.Write("a.xyz", Hydrogen)]), "no structures but 1 isolated");
        Assert.Throws<FileNotFoundException>(() => StructureSet.Read([folder.Of("none.xyz")]));
        Assert.Throws<ArgumentException>(() => StructureSet.Read([]));
        Says(() => StructureSet.Read([folder.Write("b.xyz", Water + "1\nconfig_type=IsolatedAtom\nH 0 0 0\n")]), "isolated atom of H has no energy");
    }

    [Fact]
    public void StressAndVirialAreTheSame()
    {
        using var folder = new TemporaryFolder();
        const string Cell = "2\nLattice=\"4 0 0 0 4 0 0 0 4\" energy=-3 {0}\nO 0 0 0\nH 1 1 1\n";
        string stress = Cell.Replace("{0}", "stress=\"1 0 0 0 2 0 0 0 3\""), virial = Cell.Replace("{0}", "virial=\"-64 0 0 0 -128 0 0 0 -192\"");
        StructureSet set = StructureSet.Read([folder.Write("a.xyz", stress + virial)]);
        Assert.Equal([1.0, 0, 0, 0, 2, 0, 0, 0, 3], set.Structures[0].Stress);
        Assert.Equal(set.Structures[0].Stress, set.Structures[1].Stress);
    }

    /// <summary>Without periodic directions, a lattice is the box that a program drew around a molecule; a slab's third vector may be zero.</summary>
    [Theory]
    [InlineData("stress=\"1 0 0 0 2 0 0 0 3\"", "F F F", false)]
    [InlineData("virial=\"-64 0 0 0 -128 0 0 0 -192\"", "F F F", false)]
    [InlineData("stress=\"1 0 0 0 2 0 0 0 3\"", "T T F", true)]
    [InlineData("stress=\"1 0 0 0 2 0 0 0 3\"", "T T F", false, 0)]
    public void OnlyPeriodicStructuresWithAVolumeHaveAStress(string target, string periodic, bool has, int height = 4)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("a.xyz", $"2\nLattice=\"4 0 0 0 4 0 0 0 {height}\" pbc=\"{periodic}\" energy=-3 {target}\nO 0 0 0\nH 1 1 1\n");
        LabelledStructure structure = StructureSet.Read([file]).Structures[0];
        Assert.Equal((has, !has), (structure.Stress is not null, structure.HasStressWithoutVolume));
        Assert.Equal(!has, structure.WithWeight(2).HasStressWithoutVolume);
        if (!has && target.StartsWith("stress", StringComparison.Ordinal)) Says(() => StructureSet.Read([file], new TargetKeys { Stress = "stress" }), "no periodic direction", "'stress'");
    }

    [Fact]
    public void EverythingIsReadForPrediction()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("a.xyz", Water + "1\nconfig_type=IsolatedAtom\nH 0 0 0\n2\n\nO 0 0 0\nH 0 0 1\n");
        IReadOnlyList<LabelledStructure> all = StructureSet.ReadAll([file]);
        Assert.Equal([3, 1, 2], all.Select(s => s.Atoms.Count));
        Assert.Equal([true, false, false], all.Select(s => s.Energy is not null));
        Says(() => StructureSet.ReadAll([file], new TargetKeys { Energy = "E" }), "'E'");
        Says(() => StructureSet.ReadAll([folder.Write("none.xyz", "")]), "no structures");
        Assert.Throws<FileNotFoundException>(() => StructureSet.ReadAll([folder.Of("missing.xyz")]));
    }

    private static void Says(Action action, params string[] words)
    {
        var error = Assert.Throws<InvalidDataException>(action);
        Assert.All(words, w => Assert.Contains(w, error.Message, StringComparison.Ordinal));
    }
}
