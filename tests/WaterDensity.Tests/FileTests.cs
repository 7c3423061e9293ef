using WaterDensity.Density;
using WaterDensity.Files;
using WaterDensity.Systems;

namespace WaterDensity.Tests;

/// <summary>Files for people and other programs: xyz in, cube out, both in the laboratory frame.</summary>
public sealed class FileTests : IDisposable
{
    private static readonly string[] Water = ["3", "comment", "O 0.0 0.1 -0.2", "h 0.0 0.8 0.4  0.1 0.2 0.3", "1 0.0 -0.7 0.4", ""];

    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void XyzIsReadIntoTheFrameOfTheData()
    {
        (Molecule molecule, bool wasPeriodic) = Read(Water);
        Assert.False(wasPeriodic);
        Assert.Equal([1, 0, 0], molecule.Species);
        Assert.Equal([0.1, -0.2, 0.0, 0.8, 0.4, 0.0, -0.7, 0.4, 0.0], molecule.Positions);
        Assert.Equal(10, molecule.Electrons);
    }

    [Fact]
    public void CutMoleculesAreMadeWholeAndCrystalsRefused()
    {
        (Molecule molecule, bool wasPeriodic) = Read(["3", "Lattice=\"9 0 0 0 9 0 0 0 9\"", "O 0 0 8.9", "H 0 0.76 0.49", "H 27 8.24 0.49"]);
        Assert.True(wasPeriodic);
        double[] expected = [0, 0, 8.9, 0, 0.76, 9.49, 0, -0.76, 9.49], positions = Frame.ToLaboratory(molecule.Positions);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], positions[i], 1e-9);
        Assert.Contains("through the periodic cell", Refused(["3", "Lattice=\"1.9 0 0 0 9 0 0 0 9\"", "O 0 0 0", "H 0.95 0 0", "H 0 0 0.95"]));
    }

    [Theory]
    [InlineData(0, "three", "line 1", "'three'")]
    [InlineData(0, "-3", "line 1", "'-3'")]
    [InlineData(0, "2147483646", "line 1", "2147483646")]
    [InlineData(0, "4", "line 5", "after 3 of the 4 atoms")]
    [InlineData(0, "2", "line 5", "is no number of atoms")]
    [InlineData(2, "Xx 0 0 0", "line 3", "'Xx'")]
    [InlineData(2, "C 0 0 0", "line 1", "atom 0 (from 0) is C")]
    [InlineData(3, "H 0 0", "line 4", "'H 0 0'")]
    [InlineData(3, "H 0 1,5 0", "line 4", "'1,5'")]
    [InlineData(4, "H NaN 0 0", "line 5", "'NaN'")]
    [InlineData(4, "H 1 Infinity 0", "line 5", "'Infinity'")]
    [InlineData(4, "H 0.0 0.8 0.5", "line 1", "atoms 1 and 2 (from 0) are 0.100 Å apart")]
    [InlineData(5, "3\n\nO 0 0 0\nH 1 0 0\nH 0 1 0", "several structures")]
    public void BrokenXyzIsRefused(int line, string text, params string[] expected)
    {
        string[] lines = [.. Water];
        lines[line] = text;
        string message = Refused(lines);
        Assert.All(expected.Prepend(path), part => Assert.Contains(part, message));
    }

    [Fact]
    public void EmptyXyzIsRefused()
    {
        Assert.Contains("has no atoms", Refused([]));
        Assert.Contains("has no atoms", Refused(["0", "nothing"]));
    }

    [Fact]
    public void FramesAreInverse()
    {
        double[] laboratory = [1, 2, 3, 4, 5, 6];
        Assert.Equal([2, 3, 1, 5, 6, 4], Frame.FromLaboratory(laboratory));
        Assert.Equal(laboratory, Frame.ToLaboratory(Frame.FromLaboratory(laboratory)));
    }

    /// <summary>
    /// The file is written as if read by another program: laboratory frame, bohr, z fastest; and the electrons are all there.
    /// </summary>
    [Fact]
    public void CubeHoldsTheDensity()
    {
        WaterSystem system = Shared.Dataset.Of(Split.Test).First(s => s.Waters == 1);
        var field = new DensityField(Shared.Basis, system.Species, system.PositionsInBohr(), system.Coefficients);
        CubeFile.Sample(field, system, UniformGrid.Around(system.PositionsInBohr(), 0.15, 5), "water").Write(path);

        CubeFile cube = CubeFile.Read(path);
        Assert.Equal("water", cube.Comment);
        Assert.Equal(system.Species.Select(Molecule.AtomicNumber), cube.AtomicNumbers);
        double[] laboratory = Frame.ToLaboratory(system.PositionsInBohr());
        for (int i = 0; i < laboratory.Length; i++)
            Assert.Equal(laboratory[i], cube.Positions[i], 1e-6);
        Assert.Equal(10, cube.Integral, 0.05);

        foreach ((int x, int y, int z) in new[] { (36, 40, 44), (28, 50, 39), (46, 34, 38) })
        {
            double[] point = [cube.Origin[0] + x * cube.Spacing, cube.Origin[1] + y * cube.Spacing, cube.Origin[2] + z * cube.Spacing];
            double expected = field.Evaluate(Shared.Points(Frame.FromLaboratory(point)))[0];
            Assert.True(expected > 1e-4, "the test should look where there is density");
            Assert.Equal(expected, cube.Values[(x * cube.Counts[1] + y) * cube.Counts[2] + z], 2e-5 * expected);
        }
        Assert.All(File.ReadLines(path).Skip(9), line => Assert.InRange(line.Length, 1, 78));
    }

    [Fact]
    public void NumbersOfACubeThatFillTheirColumnsStayApart()
    {
        double[] far = [-1000, 10_000, -12_345.678901], values = [0.5, -1.23456E-169, -1.23456E-98, -1.5E+100];
        new CubeFile("wide", [8, 1], [.. far, .. far], far, [1, 1, 4], 0.1, values).Write(path);
        CubeFile cube = CubeFile.Read(path);
        Assert.Equal(far, cube.Origin);
        Assert.Equal([.. far, .. far], cube.Positions);
        Assert.Equal([0.5, 0, -1.23456E-98, -1.5E+100], cube.Values);
    }

    [Fact]
    public void BrokenCubeIsRefused()
    {
        File.WriteAllLines(path, ["a", "b", "1 0 0 0", "2 0.1 0 0", "2 0 0.1 0", "2 0 0 0.1", "8 8 0 0 0", "1 2 3"]);
        Assert.Contains("too early", Assert.Throws<InvalidDataException>(() => CubeFile.Read(path)).Message);
        File.WriteAllLines(path, ["a", "b", "1 0 0 0", "2 0.1 0.1 0"]);
        Assert.Contains("along x, y, z", Assert.Throws<InvalidDataException>(() => CubeFile.Read(path)).Message);
    }

    private (Molecule Molecule, bool WasPeriodic) Read(string[] lines)
    {
        File.WriteAllText(path, string.Join('\n', lines).TrimEnd());
        return WaterFile.Read(path);
    }

    private string Refused(string[] lines) => Assert.Throws<InvalidDataException>(() => Read(lines)).Message;
}
