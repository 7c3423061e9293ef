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
        Assert.Equal([0, 10, 20, 25], Steps());
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
        string[] command = ["--structure", Of("a.xyz"), "--steps", "400", "--step-fs", "30", "--temperature", "5000", "--every", "1", "--out", Of("md")];
        string message = Assert.Throws<SimulationException>(() => Run(command)).Message;
        Assert.All(["smaller step", $"before is in {Of("md")}"], part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.NotEmpty(ExtendedXyz.Read(Of("md/trajectory.xyz")));
    }

    /// <summary>By the whole program, which says it in a line.</summary>
    [Fact]
    public async Task A_potential_without_numbers_is_said_to_have_none()
    {
        ExtendedXyz.Write(Of("a.xyz"), [new Atoms([8, 1, 1], [0, 0, 0, 0.96, 0, 0, -0.24, 0.93, 0])]);
        var description = new PotentialDescription { Model = "mace-small", Species = ["H", "O"], Cutoff = 3, DType = TorchSharp.torch.float64 };
        IPotential potential = PotentialFile.Create(description, global::Potential.Models.ModelList.Create);
        using (TorchSharp.torch.no_grad())
        {
            foreach (TorchSharp.Modules.Parameter weight in ((TorchSharp.torch.nn.Module)potential).parameters()) weight.fill_(double.NaN);
        }

        PotentialFile.Save(Of("nan.safetensors"), potential, description);
        TextWriter console = Console.Error;
        using var errors = new StringWriter();
        try
        {
            Console.SetError(errors);
            Assert.Equal(1, await Application.RunAsync(["md", "--model", Of("nan.safetensors"), "--structure", Of("a.xyz"), "--out", Of("md")]));
        }
        finally
        {
            Console.SetError(console);
        }

        string line = Assert.Single(errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("error: The simulation cannot begin: ", line, StringComparison.Ordinal);
        Assert.Null(new DynamicsFolder(Of("md")).ExistingFile);
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
            using (var trajectory = new TrajectoryWriter(folder)) simulation.Run((long)time, 1, trajectory.Write);
            return global::Potential.Display.DynamicsHistory.Read(folder).Summary(isConserved: true);
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

    /// <summary>Of two good trainings the energies are as near as those of one on two machines: they are told apart by their files.</summary>
    [Fact]
    public void Another_potential_is_refused()
    {
        ExtendedXyz.Write(Of("a.xyz"), [Structures.Cluster(4, 1)]);
        string[] resume = ["--resume", "--steps", "30", "--out", Of("md")];
        Assert.Equal(0, RunWith(PairPotential.Smooth(), ["--structure", Of("a.xyz"), "--steps", "20", "--out", Of("md")], "first"));
        byte[] settings = File.ReadAllBytes(Of("md/settings.json"));
        IPotential near = PairPotential.Smooth(depth: PairPotential.Depth * (1 + 1e-7));
        string message = Assert.Throws<ArgumentException>(() => RunWith(near, resume, "second")).Message;
        Assert.All([Of("first.safetensors"), Of("second.safetensors"), Digest("first"), Digest("second"), "Give that one", "--out"], part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.Equal(settings, File.ReadAllBytes(Of("md/settings.json")));
        Assert.Equal([0, 10, 20], Steps());

        // Where the file is does not matter; that there is one does.
        Directory.CreateDirectory(Of("moved"));
        File.Move(Of("first.safetensors"), Of("moved/model.safetensors"));
        Assert.Equal(0, Run(["--model", Of("moved")]));
        Assert.Contains("There is no potential", Assert.Throws<FileNotFoundException>(() => Run(["--model", Of("none")])).Message, StringComparison.Ordinal);

        int Run(string[] model) => new MdCommand((_, _) => PairPotential.Smooth()).Create().Parse([.. model, .. resume]).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });

        static string Digest(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))[..12];
    }

    /// <summary>A name that a run uses may be somebody else's file.</summary>
    [Theory]
    [InlineData("trajectory.xyz")]
    [InlineData("energies.csv")]
    [InlineData("settings.json")]
    [InlineData("rdf.csv")]
    [InlineData("dynamics.png")]
    [InlineData("dynamics.svg")]
    public void Files_of_others_are_not_replaced_unasked(string name)
    {
        ExtendedXyz.Write(Of("a.xyz"), [Structures.Cluster(4, 1)]);
        Directory.CreateDirectory(Of("md"));
        File.WriteAllText(Of("md/" + name), "theirs");
        string[] command = ["--structure", Of("a.xyz"), "--steps", "5", "--out", Of("md")];
        string message = Assert.Throws<ArgumentException>(() => Run(command)).Message;
        Assert.All([$"{Of("md/" + name)} is there already", "--overwrite", "--out"], part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.Equal("theirs", File.ReadAllText(Of("md/" + name)));
        Assert.Equal(0, Run([.. command, "--overwrite"]));
        Assert.Equal([0, 5], Steps());
    }

    /// <summary>No advice leads back to itself.</summary>
    [Fact]
    public void Folders_that_lack_a_file_are_given_a_way_out()
    {
        ExtendedXyz.Write(Of("a.xyz"), [Structures.Cluster(4, 1)]);
        string[] command = ["--structure", Of("a.xyz"), "--steps", "20", "--out", Of("md")];
        Assert.Equal(0, Run(command));
        File.Move(Of("md/energies.csv"), Of("energies.csv"));
        string message = Assert.Throws<InvalidDataException>(() => Run([.. command, "--resume"])).Message;
        Assert.All([Of("md/energies.csv"), $"{Of("md/trajectory.xyz")}@-1", "--overwrite"], part => Assert.Contains(part, message, StringComparison.Ordinal));
        File.Move(Of("energies.csv"), Of("md/energies.csv"));
        File.Move(Of("md/trajectory.xyz"), Of("trajectory.xyz"));
        foreach (string[] how in new[] { command, [.. command, "--resume"] })
        {
            message = Assert.Throws<ArgumentException>(() => Run(how)).Message;
            Assert.All([$"There is no {Of("md/trajectory.xyz")} to go on from", "--overwrite", "--out"], part => Assert.Contains(part, message, StringComparison.Ordinal));
            Assert.DoesNotContain("--resume", message, StringComparison.Ordinal);
        }

        File.WriteAllText(Of("md/trajectory.xyz"), "4\nhalf");
        Assert.Contains("--overwrite", Assert.Throws<InvalidDataException>(() => Run([.. command, "--resume"])).Message, StringComparison.Ordinal);
        Assert.Equal(0, Run([.. command, "--overwrite"]));
    }

    [Fact]
    public void A_misspelt_folder_is_not_made()
    {
        Refuses($"There is no {Of("md/trajectory.xyz")} to go on from. Name the folder with --out", "--resume");
        Assert.False(Directory.Exists(Of("md")));
    }

    [Theory]
    [InlineData("step_fs", "-0.5")]
    [InlineData("step_fs", "0")]
    [InlineData("temperature_k", "-1")]
    [InlineData("friction", "-0.01")]
    [InlineData("seed", "-1")]
    [InlineData("every", "0")]
    [InlineData("steps", "0")]
    [InlineData("rdf_range", "1e9")]
    [InlineData("ensemble", "7")]
    [InlineData("precision", "0")]
    [InlineData("sha256", "\"abc\"")]
    [InlineData("model", null)]
    public void Settings_that_make_no_run_are_refused(string field, string? value)
    {
        ExtendedXyz.Write(Of("a.xyz"), [Structures.Cluster(4, 1)]);
        Assert.Equal(0, Run("--structure", Of("a.xyz"), "--steps", "5", "--out", Of("md")));
        System.Text.Json.Nodes.JsonObject settings = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Of("md/settings.json")))!.AsObject();
        System.Text.Json.Nodes.JsonObject owner = settings.ContainsKey(field) ? settings : settings["model"]!.AsObject();
        Assert.True(owner.Remove(field));   // an older version's has none
        if (value is not null) owner[field] = System.Text.Json.Nodes.JsonNode.Parse(value);
        File.WriteAllText(Of("md/settings.json"), settings.ToJsonString());
        byte[] trajectory = File.ReadAllBytes(Of("md/trajectory.xyz"));
        string message = Assert.Throws<InvalidDataException>(() => Run("--resume", "--steps", "10", "--out", Of("md"))).Message;
        Assert.All([Of("md/settings.json"), field, "--overwrite"], part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.Equal(trajectory, File.ReadAllBytes(Of("md/trajectory.xyz")));
    }

    /// <summary>Where a run ends between two frames, its end has one, so that nothing is made twice; of a longer run it is none.</summary>
    [Theory]
    [InlineData("nve")]
    [InlineData("langevin")]
    public void A_run_goes_on_exactly_from_between_two_frames(string ensemble)
    {
        ExtendedXyz.Write(Of("a.xyz"), [Structures.Cluster(4, 1)]);
        string[] command = ["--structure", Of("a.xyz"), "--ensemble", ensemble, "--out", Of("md")];
        Assert.Equal(0, Run([.. command, "--steps", "7"]));
        Assert.Equal([0, 7], Steps());
        Assert.Equal(0, Run([.. command, "--steps", "23", "--resume"]));
        Assert.Equal([0, 10, 20, 23], Steps());
        byte[] shorter = File.ReadAllBytes(Of("md/trajectory.xyz"));
        var none = new CountedPotential(PairPotential.Smooth());
        Assert.Equal(0, RunWith(none, [.. command, "--steps", "23", "--resume"]));
        Assert.Equal(1, none.Evaluations);   // that of its start
        Assert.Equal(shorter, File.ReadAllBytes(Of("md/trajectory.xyz")));
        Assert.Equal(0, Run([.. command, "--steps", "36", "--resume"]));
        string[] files = ["trajectory.xyz", "energies.csv", "rdf.csv", "settings.json"];
        byte[][] resumed = [.. files.Select(f => File.ReadAllBytes(Of("md/" + f)))];
        Assert.Equal(0, Run([.. command, "--steps", "36", "--overwrite"]));
        Assert.All(files.Zip(resumed), f => Assert.Equal(f.Second, File.ReadAllBytes(Of("md/" + f.First))));
        Assert.Equal([0, 10, 20, 30, 36], Steps());
    }

    [Fact]
    public void A_run_becomes_no_shorter()
    {
        ExtendedXyz.Write(Of("a.xyz"), [Structures.Cluster(4, 1)]);
        Assert.Equal(0, Run("--structure", Of("a.xyz"), "--steps", "20", "--out", Of("md")));
        byte[] settings = File.ReadAllBytes(Of("md/settings.json"));
        Refuses("--steps makes 10 steps, but the run to go on with is one of 20", "--resume", "--steps", "10");
        Refuses("--time-ps makes 10 steps, but", "--resume", "--time-ps", "0.005");
        Assert.Equal(settings, File.ReadAllBytes(Of("md/settings.json")));
    }

    /// <summary>It is the report's alone: kept, but it may be another one.</summary>
    [Fact]
    public void The_range_of_distances_is_kept()
    {
        ExtendedXyz.Write(Of("a.xyz"), [Structures.Cluster(4, 1)]);
        Assert.Equal(0, Run("--structure", Of("a.xyz"), "--steps", "10", "--rdf-range", "3", "--out", Of("md")));
        Assert.InRange(Farthest(), 2.9, 3);
        Assert.Equal(0, Run("--resume", "--steps", "20", "--out", Of("md")));
        Assert.InRange(Farthest(), 2.9, 3);
        Assert.Equal(0, Run("--resume", "--rdf-range", "9", "--out", Of("md")));
        Assert.Equal(0, Run("--resume", "--out", Of("md")));
        Assert.InRange(Farthest(), 8.9, 9);

        double Farthest() => double.Parse(File.ReadLines(Of("md/rdf.csv")).Last().Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);
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

    private int Run(params string[] arguments) => RunWith(PairPotential.Smooth(), arguments);

    /// <param name="potential">The potential.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="file">What the file of the potential has in it, of which the command knows that it is the same one.</param>
    private int RunWith(IPotential potential, string[] arguments, string file = "potential")
    {
        string model = Of(file + ".safetensors");
        File.WriteAllText(model, file);
        return new MdCommand((_, _) => potential).Create().Parse(["--model", model, .. arguments])
            .Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = TextWriter.Null, Error = TextWriter.Null });
    }

    /// <summary>Counts how often it is asked.</summary>
    private sealed class CountedPotential(IPotential inner) : IPotential
    {
        public int Evaluations { get; private set; }

        public IReadOnlyList<string> Species => inner.Species;

        public double Cutoff => inner.Cutoff;

        public TorchSharp.torch.Tensor forward(TorchSharp.torch.Tensor positions, TorchSharp.torch.Tensor species, Graph graph)
        {
            Evaluations++;
            return inner.forward(positions, species, graph);
        }
    }
}
