using E3Gen.Runtime.Tests.Files;

namespace E3Gen.Runtime.Tests.Structures;

/// <summary>Structures, and energies, forces and stresses under the names that people use.</summary>
public sealed class AtomsTests
{
    [Theory]
    [InlineData("energy=-5")]
    [InlineData("Energy=-5.0")]
    [InlineData("TotEnergy=-5")]
    [InlineData("total_energy=-5")]
    [InlineData("potential_energy=-5")]
    [InlineData("free_energy=-5")]
    [InlineData("E=-5")]
    [InlineData("REF_energy=-5")]
    [InlineData("ref_energy=-5")]
    [InlineData("dft_energy=-5 MACE_energy=-6 e=3")]
    [InlineData("energy=-5 free_energy=-5.0")]
    [InlineData("free_energy=-5.1 Energy=-5")]   // ASE writes both for VASP and GPAW
    public void UsualEnergiesAreFound(string comment) => Assert.Equal(-5, Xyz.OfComment(comment).GetEnergy());

    [Theory]
    [InlineData("energy=-5 REF_energy=-5.1", "the energy could be any of 'energy', 'REF_energy', which differ (-5.0, -5.1); name the one to use")]
    [InlineData("a=1 b=2", "has no energy under a usual name")]
    [InlineData("energy=-5,5", "the energy 'energy' is '-5 5'; expected one finite number")]
    [InlineData("energy=nan", "expected one finite number")]
    [InlineData("energy=low", "the energy 'energy' is 'low'")]
    [InlineData("energy a=1", "the energy 'energy' is 'T'")]
    public void DoubtfulEnergiesAreRefused(string comment, string because)
    {
        string message = Assert.Throws<InvalidDataException>(() => Xyz.OfComment(comment).GetEnergy()).Message;
        Assert.StartsWith("test.xyz, frame 0, line 1: ", message);
        Assert.Contains(because, message);
    }

    [Fact]
    public void EnergiesHaveTheNameThatIsGiven()
    {
        Atoms atoms = Xyz.OfComment("energy=-5 REF_energy=-6 other=7");
        Assert.Equal(-6, atoms.GetEnergy("REF_energy"));
        Assert.Equal(7, atoms.GetEnergy("other"));
        Assert.Contains("no info named 'Other' for the energy; there are: 'energy', 'REF_energy', 'other'", Assert.Throws<KeyNotFoundException>(() => atoms.FindEnergy("Other")).Message);
        Assert.Throws<KeyNotFoundException>(() => atoms.GetEnergy("typo"));
        Assert.Equal(-5.1, Xyz.OfComment("energy=-5 free_energy=-5.1").GetEnergy("free_energy"));
        Assert.Null(Xyz.OfComment("a=1").FindEnergy());
    }

    [Theory]
    [InlineData("forces")]
    [InlineData("Forces")]
    [InlineData("force")]
    [InlineData("f")]
    [InlineData("REF_forces")]
    [InlineData("dft_forces")]
    [InlineData("dft_force")]
    public void UsualForcesAreFound(string name) => Assert.Equal([1, 2, 3], OneForce(name).GetForces());

    [Fact]
    public void DoubtfulForcesAreRefused()
    {
        Atoms two = Assert.Single(Xyz.Read("1\nProperties=species:S:1:pos:R:3:forces:R:3:REF_forces:R:3\nH 0 0 0 1 2 3 1 2 4\n"));
        Assert.Contains("could be any of 'forces', 'REF_forces', which differ; name", Assert.Throws<InvalidDataException>(() => two.GetForces()).Message);
        Assert.Equal([1, 2, 4], two.GetForces("REF_forces"));
        Assert.Contains("no column named 'x'", Assert.Throws<KeyNotFoundException>(() => two.GetForces("x")).Message);
        Assert.Equal([1, 2, 3], Assert.Single(Xyz.Read("1\nProperties=species:S:1:pos:R:3:forces:I:3\nH 0 0 0 1 2 3\n")).GetForces());
        Assert.Contains("have nan at atom 0", Assert.Throws<InvalidDataException>(() => Assert.Single(Xyz.Read("1\nProperties=species:S:1:pos:R:3:forces:R:3\nH 0 0 0 1 nan 3\n")).GetForces()).Message);
        Assert.Contains("with 2 values for each of 1 atoms", Assert.Throws<InvalidDataException>(() => Assert.Single(Xyz.Read("1\nProperties=species:S:1:pos:R:3:forces:R:2\nH 0 0 0 1 2\n")).GetForces()).Message);
        Assert.Contains("no forces under a usual name", Assert.Throws<InvalidDataException>(() => OneForce("F").GetForces()).Message);
    }

    [Theory]
    [InlineData("stress=\"1 6 5 6 2 4 5 4 3\"")]
    [InlineData("stress=[[1,6,5],[6,2,4],[5,4,3]]")]
    [InlineData("REF_stress=\"1 2 3 4 5 6\"")]
    [InlineData("virial=\"-8 -48 -40 -48 -16 -32 -40 -32 -24\"")]
    [InlineData("virials=\"-8 -16 -24 -32 -40 -48\"")]
    [InlineData("dft_virial={-8 -48 -40 -48 -16 -32 -40 -32 -24}")]
    [InlineData("stress=\"1 2 3 4 5 6\" virial=\"-8 -16 -24 -32 -40 -48.0001\"")]
    public void UsualStressesAreFound(string comment) =>
        Assert.Equal([1, 6, 5, 6, 2, 4, 5, 4, 3], Xyz.OfComment($"Lattice=\"2 0 0 0 2 0 0 0 2\" {comment}").GetStress().Select(s => Math.Round(s, 12)));

    [Theory]
    [InlineData("stress=\"1 2 3\"", "expected 9 numbers, a 3×3 matrix, or 6 numbers in the order xx, yy, zz, yz, xz, xy")]
    [InlineData("stress=[[1,2],[3,4],[5,6]]", "expected 9 numbers")]
    [InlineData("stress=\"1 2 3 4 5 nan\"", "expected finite numbers")]
    [InlineData("stress=\"1 2 3 4 5 6 7 8 9\"", "expected a symmetric matrix")]
    [InlineData("stress=\"1 2 3 4 5 6\" virial=\"8 16 24 32 40 48\"", "could be any of 'stress', 'virial', which differ")]
    [InlineData("a=1", "no stress or virial under a usual name")]
    public void DoubtfulStressesAreRefused(string comment, string because) =>
        Assert.Contains(because, Assert.Throws<InvalidDataException>(() => Xyz.OfComment($"Lattice=\"2 0 0 0 2 0 0 0 2\" {comment}").GetStress()).Message);

    [Fact]
    public void StressesHaveTheNameThatIsGiven()
    {
        Atoms atoms = Xyz.OfComment("Lattice=\"2 0 0 0 2 0 0 0 2\" stress=\"1 1 1 0 0 0\" w=\"8 8 8 0 0 0\"");
        Assert.Equal(8, atoms.GetStress(stressKey: "w")[0]);
        Assert.Equal(-1, atoms.GetStress(virialKey: "w")[0]);
        Assert.Throws<ArgumentException>(() => atoms.GetStress("w", "w"));
        Assert.Throws<KeyNotFoundException>(() => atoms.GetStress(virialKey: "typo"));
        Assert.Contains("of a cell with a volume only", Assert.Throws<InvalidDataException>(() => Xyz.OfComment("virial=\"1 1 1 0 0 0\"").GetStress()).Message);
    }

    [Fact]
    public void ImpossibleStructuresAreRefused()
    {
        Assert.Contains("2 coordinates for 1 atoms", Assert.Throws<ArgumentException>(() => new Atoms([1], [0, 0])).Message);
        Assert.Contains("atomic number 119", Assert.Throws<ArgumentException>(() => new Atoms([119], [0, 0, 0])).Message);
        Assert.Contains("Atom 1 has the position (0.0, nan, 0.0)", Assert.Throws<ArgumentException>(() => new Atoms([1, 1], [0, 0, 0, 0, double.NaN, 0])).Message);
        Assert.Contains("8 numbers", Assert.Throws<ArgumentException>(() => new Atoms([1], [0, 0, 0], new double[8])).Message);
        Assert.Contains("give a cell", Assert.Throws<ArgumentException>(() => new Atoms([1], [0, 0, 0], periodic: (true, false, false))).Message);
        Assert.Contains("must be finite", Assert.Throws<ArgumentException>(() => new Atoms([1], [0, 0, 0], [1, 0, 0, 0, 1, 0, 0, 0, double.NaN], (true, true, false))).Message);
        Assert.Throws<ArgumentException>(() => new AtomColumn(new double[4], 3));
        Assert.Throws<ArgumentException>(() => new InfoValue(Array.Empty<double>()));
        Assert.Equal(6, new Atoms([1], [0, 0, 0], [-1, 0, 0, 5, 2, 0, 7, 8, 3]).Volume());
    }

    private static Atoms OneForce(string name) => Assert.Single(Xyz.Read($"1\nProperties=species:S:1:pos:R:3:{name}:R:3\nH 0 0 0 1 2 3\n"));
}
