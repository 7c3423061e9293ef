namespace E3Gen.Runtime.Tests.Files;

/// <summary>Frames as public programs write them.</summary>
public sealed class XyzDialectTests
{
    [Fact]
    public void Ase()
    {
        Atoms atoms = Assert.Single(Xyz.Read("""
            2
            Lattice="3.6 0.0 0.0 0.0 3.6 0.0 0.0 0.0 3.6" Properties=species:S:1:pos:R:3:initial_magmoms:R:1:forces:R:3 key_value_pairs="_JSON {\"user\": \"me\"}" matrix="_JSON [[1.5, 2], [3, 4]]" done energy=-7.25 free_energy=-7.25 stress="0.1 0.01 0.02 0.01 0.2 0.03 0.02 0.03 0.3" dipole="0.0 0.0 0.1" pbc="T T T"
            Cu       0.00000000       0.00000000       0.00000000       0.50000000       0.00000000       0.00000000      -0.10000000
            Cu       1.80000000       1.80000000       0.00000000      -0.50000000       0.00000000       0.00000000       0.10000000
            """));
        Assert.Equal(-7.25, atoms.GetEnergy());
        Assert.Equal([0, 0, -0.1, 0, 0, 0.1], atoms.GetForces());
        Assert.Equal([0.1, 0.01, 0.02, 0.01, 0.2, 0.03, 0.02, 0.03, 0.3], atoms.GetStress());
        Assert.Equal([1.5, 2, 3, 4], atoms.Info["matrix"].ToDoubles());
        Assert.Equal([2, 2], atoms.Info["matrix"].Shape);
        Assert.Equal("_JSON {\"user\": \"me\"}", atoms.Info["key_value_pairs"].ToString());
        Assert.Equal([true], atoms.Info["done"].ToLogicals());
        Assert.Equal([0.5, -0.5], atoms.Columns["initial_magmoms"].Reals);
        Assert.Equal((true, true, true), atoms.Periodic);
    }

    [Fact]
    public void MaceAndNequip()
    {
        Atoms atoms = Assert.Single(Xyz.Read("""
            1
            Properties=species:S:1:pos:R:3:REF_forces:R:3 config_type=IsolatedAtom REF_energy=-13.6 REF_stress="0 0 0 0 0 0" head=Default pbc="F F F"
            H 0.0 0.0 0.0 0.0 0.0 0.0
            """));
        Assert.Equal(-13.6, atoms.GetEnergy());
        Assert.Equal([0, 0, 0], atoms.GetForces());
        Assert.Equal(new double[9], atoms.GetStress());
        Assert.Equal("IsolatedAtom", atoms.Info["config_type"].ToString());
        Assert.Null(atoms.Cell);
    }

    [Fact]
    public void Gap()
    {
        Atoms atoms = Assert.Single(Xyz.Read("""
            1
            dft_energy=-163.17 dft_virial="3.0 0.6 0.0 0.6 -1.5 0.0 0.0 0.0 0.3" nneightol=1.2 cutoff=-1 kpoints={4 4 4} Lattice="2 0 0 0 3 0 0 0 5" Properties=species:S:1:pos:R:3:Z:I:1:dft_force:R:3
            Si 0.0 0.0 0.0 14 1.0 2.0 3.0
            """));
        Assert.Equal(-163.17, atoms.GetEnergy());
        Assert.Equal([1, 2, 3], atoms.GetForces());
        Assert.Equal([-0.1, -0.02, 0, -0.02, 0.05, 0, 0, 0, -0.01], atoms.GetStress().Select(s => Math.Round(s, 12)));
        Assert.Equal([4, 4, 4], atoms.Info["kpoints"].ToIntegers());
        Assert.Empty(atoms.Columns.Keys.Except(["dft_force"]));
    }

    [Fact]
    public void Gpumd()
    {
        Atoms atoms = Assert.Single(Xyz.Read("1\nconfig_type=bulk energy=-4.5 lattice=\"2 0 0 0 3 0 0 0 5\" virial=\"30 0 0 0 30 0 0 0 30\" properties=species:S:1:pos:R:3:force:R:3\nC 0 0 0 1 2 3\n"));
        Assert.Equal([-1, 0, 0, 0, -1, 0, 0, 0, -1], atoms.GetStress().Select(s => s + 0.0));
        Assert.Equal([1, 2, 3], atoms.GetForces());
    }

    [Fact]
    public void Ovito()
    {
        Atoms atoms = Assert.Single(Xyz.Read("""
            1
            Lattice="10.0 0.0 0.0 2.0 10.0 0.0 0.0 0.0 10.0" Origin="-5.0 -5.0 -5.0" Properties=id:I:1:species:S:1:pos:R:3:selection:I:1 Time=0.5 Timestep=100
            17 Cu 1.0 2.0 3.0 0
            """));
        Assert.Equal([1, 2, 3], atoms.Positions);
        Assert.Equal([17], atoms.Columns["id"].Integers);
        Assert.Equal([-5, -5, -5], atoms.Info["Origin"].ToDoubles());
        Assert.Equal(2, atoms.Cell![3]);
    }

    [Fact]
    public void PathIntegrals()
    {
        Atoms atoms = Assert.Single(Xyz.Read("""
            2
            # CELL(abcABC):    10.00000    12.00000    14.00000    90.00000    90.00000    60.00000  Step:           0  Bead:       0 positions{angstrom}  cell{angstrom}
                   O  5.40520e-01 -9.74800e-01 -2.16618e-01
                   H  2.92479e+00 -8.39306e-01  1.52342e-01
            """));
        Assert.Equal((true, true, true), atoms.Periodic);
        Assert.Equal([10, 0, 0, 6, 10.392304845413, 0, 0, 0, 14], atoms.Cell!.Select(x => Math.Round(x, 12)));
    }

    [Theory]
    [InlineData("# CELL(abcABC): 10 10 10 90 90 90 Step: 0 Bead: 0 positions{atomic_unit} cell{atomic_unit}", "does not say positions{angstrom}")]
    [InlineData("# CELL(abcABC): 10 10 10 90 90 90 Step: 0 Bead: 0 positions{angstrom} cell{atomic_unit}", "does not say cell{angstrom}")]
    [InlineData("# CELL(abcABC): 10 10 10 90 90 90 Step: 0 Bead: 0 forces{ev/ang} cell{angstrom}", "does not say positions{angstrom}")]
    [InlineData("# CELL(abcABC): 10 10 x 90 90 90 positions{angstrom} cell{angstrom}", "'x' in the comment of i-PI is no length")]
    [InlineData("# CELL(abcABC): 10 10 10 90 90 positions{angstrom} cell{angstrom}", "is no angle")]
    [InlineData("# CELL(abcABC): 10 10 10 30 30 90 positions{angstrom} cell{angstrom}", "no cell has the angles")]
    [InlineData("# CELL(GENH): 10 0 0 0 10 0 0 0 10 positions{angstrom} cell{angstrom}", "expected CELL(abcABC)")]
    [InlineData("# CELL(", "expected CELL(abcABC)")]
    public void PathIntegralsInOtherUnitsAreRefused(string comment, string because) => Assert.Contains(because, Xyz.Refused($"1\n{comment}\nH 0 0 0\n"));

    [Fact]
    public void Lammps()
    {
        Assert.Equal("Atoms. Timestep: 0", Xyz.OfComment("Atoms. Timestep: 0").Info["comment"].ToString());
        Assert.Contains("line 3: '1' is an atom type of LAMMPS, not an element", Xyz.Refused("1\nAtoms. Timestep: 0\n1 0 0 0\n"));
    }

    [Fact]
    public void Xtb()
    {
        Atoms atoms = Xyz.OfComment(" energy: -5.070544440612 gnorm: 0.000057085613 xtb: 6.6.1 (8d0f1dd)");
        Assert.Null(atoms.FindEnergy());
        Assert.StartsWith("energy: -5.0705", atoms.Info["comment"].ToString());
    }

    [Fact]
    public void Cp2k()
    {
        Atoms atoms = Xyz.OfComment(" i =        3, time =        1.500, E =       -17.1643447508");
        Assert.Equal(-17.1643447508, atoms.GetEnergy());
        Assert.Equal(3, atoms.Info["i"].ToDouble());
        Assert.Equal(1.5, atoms.Info["time"].ToDouble());
    }

    [Fact]
    public void Orca()
    {
        Atoms atoms = Xyz.OfComment("Coordinates from ORCA-job water E -76.323311442183");
        Assert.Equal("Coordinates from ORCA-job water E -76.323311442183", atoms.Info["comment"].ToString());
        Assert.Contains("has no energy under a usual name", Assert.Throws<InvalidDataException>(() => atoms.GetEnergy()).Message);
    }

    [Fact]
    public void Tinker() => Assert.Contains("'648 Water Cubic Box' is no number of atoms", Xyz.Refused("   648 Water Cubic Box\n"));
}
