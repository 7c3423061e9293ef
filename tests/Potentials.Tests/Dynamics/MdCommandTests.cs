using System.CommandLine;
using E3Gen.Potentials.Tests.Models;
using Potential.Commands;

namespace E3Gen.Potentials.Tests.Dynamics;

[Collection("Alone")]   // it reads the console, which all tests share
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
        Assert.Equal(0, Run("--resume", "--structure", Of("a.xyz") + "@1", "--steps", "40", "--step-fs", "1", "--ensemble", "langevin", "--temperature", "200", "--out", Of("md")));
        Assert.Equal([0, 10, 20, 30, 40], Steps());
        double[] resumed = [.. ExtendedXyz.Read(Of("md/trajectory.xyz")).Last().Positions];

        Assert.Equal(0, Run("--structure", Of("a.xyz") + "@-1", "--time-ps", "0.04", "--step-fs", "1", "--ensemble", "langevin", "--temperature", "200", "--overwrite", "--out", Of("md")));
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
        Assert.Equal(0, Run("--resume", "--out", Of("md")));
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

        ExtendedXyz.Write(Of("a.xyz"), [atoms]);
        Assert.Equal(0, Run("--structure", Of("a.xyz"), "--steps", "1", "--out", Of("md")));
        Atoms[] frames = [.. ExtendedXyz.Read(Of("md/trajectory.xyz"))];
        frames[1].Info.Remove("velocities_unit");
        ExtendedXyz.Write(Of("md/trajectory.xyz"), frames);
        byte[] energies = File.ReadAllBytes(Of("md/energies.csv"));
        Assert.Contains("velocities_unit", Assert.Throws<InvalidDataException>(() => Run("--resume", "--steps", "2", "--out", Of("md"))).Message, StringComparison.Ordinal);
        Assert.Equal(energies, File.ReadAllBytes(Of("md/energies.csv")));
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
        ExtendedXyz.Write(Of("a.xyz"), [Structures.Cluster(3, 1)]);
        Refuses("--steps or --time-ps", "--structure", Of("a.xyz"), "--steps", "5", "--time-ps", "1");
        Refuses("Say where to begin");
        Refuses("--overwrite begins anew", "--resume", "--overwrite");
        Refuses("--friction", "--structure", Of("a.xyz"), "--friction", "0.1");
        Refuses("half a step", "--structure", Of("a.xyz"), "--time-ps", "1e-5");
        Refuses("--every", "--structure", Of("a.xyz"), "--steps", "5", "--every", "6");
        Refuses("no frame 1", "--structure", Of("a.xyz") + "@1");
    }

    [Theory]
    [InlineData("--steps", "-5")]
    [InlineData("--steps", "0")]
    [InlineData("--time-ps", "0")]
    [InlineData("--time-ps", "NaN")]
    [InlineData("--step-fs", "0")]
    [InlineData("--step-fs", "-0.5")]
    [InlineData("--temperature", "-1")]
    [InlineData("--temperature", "nan")]
    [InlineData("--friction", "-0.1")]
    [InlineData("--friction", "inf")]
    [InlineData("--every", "0")]
    [InlineData("--seed", "-1")]
    [InlineData("--ensemble", "7")]
    [InlineData("--ensemble", "npt")]
    [InlineData("--dtype", "1")]
    public void Values_that_are_none_are_refused(string option, string value)
    {
        ExtendedXyz.Write(Of("a.xyz"), [Structures.Cluster(3, 1)]);
        Assert.Equal(1, Run("--structure", Of("a.xyz"), "--out", Of("md"), option, value));
        Assert.False(Directory.Exists(Of("md")));
    }

    /// <summary>What took hours is not written over unasked, nor by two at once.</summary>
    [Fact]
    public void A_run_is_not_overwritten_unasked()
    {
        ExtendedXyz.Write(Of("a.xyz"), [Structures.Cluster(4, 1)]);
        string[] command = ["--structure", Of("a.xyz"), "--steps", "20", "--out", Of("md")];
        Assert.Equal(0, Run(command));
        byte[] first = File.ReadAllBytes(Of("md/trajectory.xyz"));
        string message = Assert.Throws<ArgumentException>(() => Run([.. command, "--seed", "3"])).Message;
        Assert.All([Of("md/trajectory.xyz"), "--resume", "--overwrite", "--out"], part => Assert.Contains(part, message, StringComparison.Ordinal));
        File.Move(Of("md/trajectory.xyz"), Of("elsewhere.xyz"));
        Assert.Contains(Of("md/energies.csv"), Assert.Throws<ArgumentException>(() => Run(command)).Message, StringComparison.Ordinal);
        File.Move(Of("elsewhere.xyz"), Of("md/trajectory.xyz"));
        using (Shared.Execution.FolderLock.Take(Of("md"), ""))
        {
            foreach (string how in new[] { "--resume", "--overwrite" })
                Assert.Contains("in use", Assert.Throws<IOException>(() => Run([.. command, how])).Message, StringComparison.Ordinal);
        }

        Assert.Equal(first, File.ReadAllBytes(Of("md/trajectory.xyz")));
        // A run that cannot begin takes nothing away.
        Assert.Throws<ArgumentException>(() => Run("--structure", Of("a.xyz") + "@5", "--overwrite", "--out", Of("md")));
        Assert.Equal(first, File.ReadAllBytes(Of("md/trajectory.xyz")));
        Assert.Equal(0, Run([.. command, "--overwrite", "--seed", "3"]));
        Assert.NotEqual(first, File.ReadAllBytes(Of("md/trajectory.xyz")));
        Assert.Equal([0, 10, 20], Steps());
    }

    /// <summary>The same command completes what was asked for; what differs is named.</summary>
    [Fact]
    public void A_run_goes_on_as_it_began()
    {
        ExtendedXyz.Write(Of("a.xyz"), [Structures.Cluster(4, 1)]);
        string[] command = ["--structure", Of("a.xyz"), "--ensemble", "langevin", "--temperature", "150", "--friction", "0.02", "--step-fs", "0.25", "--seed", "3", "--every", "5", "--out", Of("md")];
        Assert.Equal(0, Run([.. command, "--steps", "20"]));
        foreach ((string option, string value) in new[]
            {
                ("--structure", "b.xyz"), ("--ensemble", "nve"), ("--temperature", "300"), ("--friction", "0.01"), ("--step-fs", "0.5"), ("--seed", "0"), ("--every", "10"), ("--dtype", "float32"),
            })
        {
            string message = Assert.Throws<ArgumentException>(() => Run("--resume", "--out", Of("md"), option, value)).Message;
            Assert.StartsWith($"{option} is {value}, but", message, StringComparison.Ordinal);
        }

        Assert.Equal(0, Run("--resume", "--steps", "30", "--out", Of("md")));
        Assert.Equal([0, 5, 10, 15, 20, 25, 30], Steps());
        Assert.Equal(0, Run([.. command, "--steps", "40", "--resume"]));
        byte[] resumed = File.ReadAllBytes(Of("md/trajectory.xyz"));
        Assert.Equal(0, Run([.. command, "--steps", "40", "--resume"]));   // nothing is left to do
        Assert.Equal(resumed, File.ReadAllBytes(Of("md/trajectory.xyz")));
        Assert.Equal(0, Run([.. command, "--steps", "40", "--overwrite"]));
        Assert.Equal(resumed, File.ReadAllBytes(Of("md/trajectory.xyz")));
    }

    [Fact]
    public void What_cannot_go_on_is_refused()
    {
        ExtendedXyz.Write(Of("a.xyz"), [Structures.Cluster(4, 1)]);
        Refuses("Begin with --structure", "--resume");
        string[] command = ["--structure", Of("a.xyz"), "--steps", "20", "--out", Of("md")];
        Assert.Equal(0, Run(command));
        Assert.Contains("not the potential of the run", Assert.Throws<ArgumentException>(() => RunWith(new Tethers(1), ["--resume", "--steps", "30", "--out", Of("md")])).Message, StringComparison.Ordinal);

        string energies = File.ReadAllText(Of("md/energies.csv"));
        File.WriteAllLines(Of("md/energies.csv"), energies.Split('\n').Where((_, i) => i != 1).Where(l => l.Length > 0));
        Assert.Contains("from step 0", Assert.Throws<InvalidDataException>(() => Run([.. command, "--resume"])).Message, StringComparison.Ordinal);
        File.WriteAllText(Of("md/energies.csv"), energies.Replace("10,5,", "10,x,", StringComparison.Ordinal));
        Assert.Contains("line 3: 'x'", Assert.Throws<InvalidDataException>(() => Run([.. command, "--resume"])).Message, StringComparison.Ordinal);
        File.WriteAllText(Of("md/energies.csv"), energies);
        File.WriteAllText(Of("md/settings.json"), "{}");
        Assert.Contains("settings.json", Assert.Throws<InvalidDataException>(() => Run([.. command, "--resume"])).Message, StringComparison.Ordinal);
        File.Delete(Of("md/settings.json"));
        Refuses("settings.json", "--resume");
    }

    /// <summary>What is said of a run is about all of it: resumed at the end of its relaxation, it is still warned of.</summary>
    [Fact]
    public async Task A_resumed_run_is_judged_from_its_start()
    {
        double quarter = Math.PI / 2 / Math.Sqrt(MolecularUnits.Acceleration / AtomicWeights.Of(8));
        ExtendedXyz.Write(Of("a.xyz"), [new Atoms([8, 8, 8, 8], [0.3, 0, 0, 0, 0.2, 0.1, 0.1, 0, 0.2, -0.1, 0.3, 0])]);
        string[] command = ["--structure", Of("a.xyz"), "--step-fs", "1", "--every", "1", "--temperature", "0", "--out", Of("md")];
        (string first, string second) = ($"{(int)(0.8 * quarter)}", $"{(int)quarter}");
        await Says([.. command, "--steps", first]);
        string resumed = await Says([.. command, "--steps", second, "--resume"]);
        string whole = await Says([.. command, "--steps", second, "--overwrite"]);
        Assert.Contains("hotter by itself", resumed, StringComparison.Ordinal);
        Assert.Equal(Summary(whole), Summary(resumed));
        // The last line of progress: the change of the energy since step 0.
        double[] totals = TrajectoryWriter.ReadEnergies(Of("md"))["total_eV_per_atom"];
        string last = resumed.Split('\n').Last(l => l.Contains("elapsed", StringComparison.Ordinal));
        Assert.Contains(FormattableString.Invariant($" {1000 * (totals[^1] - totals[0]):F4} "), last, StringComparison.Ordinal);
        Assert.NotEqual(0, totals[^1] - totals[0], 1e-7);

        static string Summary(string output) => string.Join('\n', output.Split('\n').SkipWhile(l => !l.StartsWith("mean temperature", StringComparison.Ordinal)));

        async Task<string> Says(string[] arguments)
        {
            TextWriter console = Console.Out;
            using var captured = new StringWriter();
            try
            {
                Console.SetOut(captured);
                Assert.Equal(0, await Task.Run(() => RunWith(new Tethers(1), arguments)));
                return captured.ToString();
            }
            finally
            {
                Console.SetOut(console);
            }
        }
    }

    /// <summary>Other programs write infos of these names, too; and a run that begins with a frame of another one is a run of its own.</summary>
    [Fact]
    public void A_structure_begins_at_step_0()
    {
        Atoms foreign = Structures.Cluster(4, 1);
        foreign.Info.Add("step", new InfoValue(-7L));
        foreign.Info.Add("time", new InfoValue(double.NaN));
        using (var simulation = new Simulation(PairPotential.Smooth(), foreign, new VelocityVerlet(1))) Assert.Equal((0, 0.0), (simulation.Step, simulation.Time));
        ExtendedXyz.Write(Of("a.xyz"), [foreign]);
        Assert.Equal(0, Run("--structure", Of("a.xyz"), "--steps", "20", "--out", Of("md")));
        Assert.Equal([0, 10, 20], Steps());

        Assert.Equal(0, Run("--structure", Of("md/trajectory.xyz") + "@-1", "--steps", "20", "--out", Of("next")));
        Atoms[] next = [.. ExtendedXyz.Read(Of("next/trajectory.xyz"))];
        Assert.Equal([0, 10, 20], next.Select(f => f.Info["step"].ToIntegers()[0]));
        Assert.Equal(0, next[0].Info["time"].ToDouble());
        Assert.Equal(ExtendedXyz.Read(Of("md/trajectory.xyz")).Last().Columns["velocities"].Reals, next[0].Columns["velocities"].Reals);

        foreign.Info.Add("velocities_unit", new InfoValue("angstrom/fs"));
        Assert.Contains("'step' is '-7'", Assert.Throws<ArgumentException>(() => new Simulation(PairPotential.Smooth(), foreign, new VelocityVerlet(1))).Message, StringComparison.Ordinal);
        foreign.Info["step"] = new InfoValue(7L);
        Assert.Contains("'time' is 'nan'", Assert.Throws<ArgumentException>(() => new Simulation(PairPotential.Smooth(), foreign, new VelocityVerlet(1))).Message, StringComparison.OrdinalIgnoreCase);
    }

    private string Of(string name) => Path.Combine(folder, name);

    private long[] Steps() => [.. ExtendedXyz.Read(Of("md/trajectory.xyz")).Select(f => f.Info["step"].ToIntegers()[0])];

    private void Refuses(string expected, params string[] arguments) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => Run([.. arguments, "--out", Of("md")])).Message, StringComparison.Ordinal);

    private static int Run(params string[] arguments) => RunWith(PairPotential.Smooth(), arguments);

    private static int RunWith(IPotential potential, string[] arguments) =>
        new MdCommand((_, _) => potential).Create().Parse(["--model", "any", .. arguments]).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = TextWriter.Null, Error = TextWriter.Null });
}
