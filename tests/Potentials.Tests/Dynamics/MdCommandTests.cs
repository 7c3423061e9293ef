using System.CommandLine;
using E3Gen.Potentials.Tests.Models;
using Potential.Commands;

namespace E3Gen.Potentials.Tests.Dynamics;

public sealed class MdCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_crystal_runs_and_goes_on()
    {
        ExtendedXyz.Write(Of("a.xyz"), [Structures.Cluster(4, 1), Structures.Crystal(2)]);
        Assert.Equal(0, Run("--structure", Of("a.xyz") + "@1", "--steps", "25", "--step-fs", "1", "--ensemble", "langevin", "--temperature", "200", "--out", Of("md")));
        Assert.Equal([0, 10, 20], Steps());
        Assert.Equal(0, Run("--resume", "--steps", "20", "--step-fs", "1", "--ensemble", "langevin", "--temperature", "200", "--out", Of("md")));
        Assert.Equal([0, 10, 20, 30, 40], Steps());
        double[] resumed = [.. ExtendedXyz.Read(Of("md/trajectory.xyz")).Last().Positions];

        Assert.Equal(0, Run("--structure", Of("a.xyz") + "@-1", "--time-ps", "0.04", "--step-fs", "1", "--ensemble", "langevin", "--temperature", "200", "--out", Of("md")));
        Assert.Equal(resumed, ExtendedXyz.Read(Of("md/trajectory.xyz")).Last().Positions);
        foreach (string name in new[] { "energies.csv", "rdf.csv", "dynamics.png", "dynamics.svg" }) Assert.True(new FileInfo(Of("md/" + name)).Length > 0, name);
        Assert.StartsWith("r_A,H-H,H-O,O-O", File.ReadLines(Of("md/rdf.csv")).First(), StringComparison.Ordinal);
    }

    /// <summary>Killed while it wrote: the last frame ends anywhere, and the energies may be ahead of it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(500)]
    public void A_run_goes_on_from_its_last_whole_frame(int missing)
    {
        ExtendedXyz.Write(Of("a.xyz"), [Structures.Cluster(4, 1)]);
        Assert.Equal(0, Run("--structure", Of("a.xyz"), "--steps", "30", "--out", Of("md")));
        byte[] whole = File.ReadAllBytes(Of("md/trajectory.xyz"));
        string energies = File.ReadAllText(Of("md/energies.csv"));
        File.WriteAllBytes(Of("md/trajectory.xyz"), whole[..^missing]);
        File.AppendAllText(Of("md/energies.csv"), "40,2");
        Assert.Equal(0, Run("--resume", "--steps", "10", "--out", Of("md")));
        Assert.Equal([0, 10, 20, 30], Steps());
        Assert.Equal(whole, File.ReadAllBytes(Of("md/trajectory.xyz")));
        Assert.Equal(energies, File.ReadAllText(Of("md/energies.csv")));
    }

    [Fact]
    public void Velocities_of_a_strangers_unit_are_not_taken()
    {
        Atoms atoms = Structures.Cluster(4, 1);
        atoms.Columns.Add("velocities", new AtomColumn(Enumerable.Repeat(5.0, 12).ToArray(), 3));
        using (var simulation = new Simulation(PairPotential.Smooth(), atoms, new VelocityVerlet(1)))
        {
            Assert.True(simulation.HasUnknownVelocities);
            Assert.All(simulation.Velocities, v => Assert.Equal(0, v));
        }

        Directory.CreateDirectory(Of("md"));
        ExtendedXyz.Write(Of("md/trajectory.xyz"), [atoms]);
        Assert.Contains("velocities_unit", Assert.Throws<InvalidDataException>(() => Run("--resume", "--steps", "1", "--out", Of("md"))).Message, StringComparison.Ordinal);
        atoms.Info.Add("velocities_unit", new InfoValue("angstrom/fs"));
        using var known = new Simulation(PairPotential.Smooth(), atoms, new VelocityVerlet(1));
        Assert.Equal((false, 5.0), (known.HasUnknownVelocities, known.Velocities[0]));
    }

    [Fact]
    public void A_molecule_keeps_its_energy()
    {
        ExtendedXyz.Write(Of("a.xyz"), [Structures.Cluster(5, 1)]);
        Assert.Equal(0, Run("--structure", Of("a.xyz"), "--steps", "40", "--out", Of("md"), "--every", "20"));
        double[] total = [.. File.ReadLines(Of("md/energies.csv")).Skip(1).Select(l => double.Parse(l.Split(',')[5], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(3, total.Length);
        Assert.Equal(total[0], total[2], 2e-3);
    }

    [Fact]
    public void An_explosion_ends_with_1_and_leaves_what_was_good()
    {
        ExtendedXyz.Write(Of("a.xyz"), [Structures.Cluster(8, 1)]);
        Assert.Equal(1, Run("--structure", Of("a.xyz"), "--steps", "400", "--step-fs", "30", "--temperature", "5000", "--every", "1", "--out", Of("md")));
        Assert.NotEmpty(ExtendedXyz.Read(Of("md/trajectory.xyz")));
    }

    [Fact]
    public void A_structure_that_becomes_hot_by_itself_is_warned_of()
    {
        // A quarter of a vibration from rest: all energy becomes heat.
        double quarter = Math.PI / 2 / Math.Sqrt(MolecularUnits.Acceleration / AtomicWeights.Of(8));
        var atoms = new Atoms([8, 8, 8, 8], [0.3, 0, 0, 0, 0.2, 0.1, 0.1, 0, 0.2, -0.1, 0.3, 0]);
        Assert.Contains("hotter by itself", Run(quarter), StringComparison.Ordinal);
        Assert.DoesNotContain("hotter by itself", Run(80 * quarter), StringComparison.Ordinal);

        string Run(double time)
        {
            using var simulation = new Simulation(new Tethers(1), atoms, new VelocityVerlet(1));
            var history = new global::Potential.Display.DynamicsHistory();
            simulation.Run((long)time, 1, history.Add);
            return history.Summary(isConserved: true);
        }
    }

    [Theory]
    [InlineData("@7", "no frame 7")]
    [InlineData("@-3", "no frame -3")]
    public void Frames_that_are_not_there_are_refused(string frame, string expected)
    {
        ExtendedXyz.Write(Of("a.xyz"), [Structures.Cluster(3, 1), Structures.Cluster(3, 2)]);
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => Run("--structure", Of("a.xyz") + frame, "--out", Of("md"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_exclude_each_other_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Run("--resume", "--structure", "a.xyz"));
        Assert.Throws<ArgumentException>(() => Run("--structure", "a.xyz", "--steps", "5", "--time-ps", "1"));
        Assert.Throws<ArgumentException>(() => Run());
        Assert.Equal(1, Run("--structure", "a.xyz", "--steps", "-5"));
    }

    private string Of(string name) => Path.Combine(folder, name);

    private long[] Steps() => [.. ExtendedXyz.Read(Of("md/trajectory.xyz")).Select(f => f.Info["step"].ToIntegers()[0])];

    private static int Run(params string[] arguments) =>
        new MdCommand((_, _) => PairPotential.Smooth()).Create().Parse(["--model", "any", .. arguments]).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = TextWriter.Null, Error = TextWriter.Null });
}
