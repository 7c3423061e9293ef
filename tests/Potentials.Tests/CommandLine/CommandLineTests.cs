using System.Globalization;
using E3Gen.Potentials.Tests.Support;
using Potential.Commands;

namespace E3Gen.Potentials.Tests.CommandLine;

[Collection("Alone")]   // it writes to the console, which all tests share
public class CommandLineTests
{
    [Fact]
    public async Task AStrangersFilesAreTrainedResumedAndEvaluated()
    {
        using var folder = new TemporaryFolder();
        string train = folder.Of("train.xyz"), test = folder.Of("test.xyz"), model = folder.Of("run"), atoms = folder.Write("atoms.xyz", "1\nenergy=-1\nH 0 0 0\n1\nenergy=-20\nO 0 0 0\n");
        ExtendedXyz.Write(train, [.. Samples.Clusters(12), .. Samples.Crystals(4)]);
        ExtendedXyz.Write(test, Samples.Crystals(3, seed: 8));
        string[] command = ["train", "--train", train, atoms, "--test", test, "--valid-fraction", "0.2", "--cutoff", "4", "--batch-size", "4", "--out", model];
        (int code, string output, string error) = await Run([.. command, "--epochs", "2"]);
        Assert.True(code == 0, error);
        Assert.Contains("13 structures for training, 3 for validation, 3 for testing", output, StringComparison.Ordinal);
        Assert.Contains("E0 of isolated atoms: H -1.000, O -20.000 eV", output, StringComparison.Ordinal);
        (code, _, error) = await Run([.. command, "--epochs", "3", "--resume"]);
        Assert.True(code == 0, error);
        Assert.Equal([1.0, 2, 3], MetricsFile.Read(Path.Combine(model, "metrics.csv"))["epoch"]);
        Assert.All(["checkpoint.safetensors", "model.safetensors", "learning_curve.png", "parity.png", "errors.csv"], f => Assert.True(File.Exists(Path.Combine(model, f)), f));

        (code, output, error) = await Run(["evaluate", "--model", model, "--data", test, "--out", folder.Of("predictions")]);
        Assert.True(code == 0, error);
        Assert.Contains("MAE", output, StringComparison.Ordinal);
        Atoms[] predicted = [.. ExtendedXyz.Read(folder.Of("predictions/predictions.xyz"))];
        Assert.Equal(3, predicted.Length);
        Assert.All(predicted, p => Assert.True(p.Info["predicted_energy"].ToDouble() != 0 && p.Columns["predicted_forces"].Width == 3 && p.Info["predicted_stress"].Count == 9 && p.FindEnergy() is not null));
    }

    /// <summary>Several potentials are a committee; structures without targets and isolated atoms are predicted, too.</summary>
    [Fact]
    public async Task ACommitteeIsEvaluated()
    {
        using var folder = new TemporaryFolder();
        ExtendedXyz.Write(folder.Of("train.xyz"), [.. Samples.Clusters(8), .. Samples.Crystals(2)]);
        foreach (string seed in new[] { "1", "2" })
            Assert.Equal(0, (await Run(["train", "--train", folder.Of("train.xyz"), "--epochs", "2", "--cutoff", "4", "--seed", seed, "--out", folder.Of(seed)])).Code);
        string data = folder.Of("test.xyz"), unlabelled = folder.Write("unlabelled.xyz", "1\nconfig_type=IsolatedAtom\nH 0 0 0\n2\n\nO 0 0 0\nH 0 0 1\n");
        Atoms[] test = [.. Samples.Clusters(3, seed: 8), .. Samples.Crystals(2, seed: 8)];
        ExtendedXyz.Write(data, test);
        (int code, string output, string error) = await Run(["evaluate", "--model", folder.Of("1"), folder.Of("2"), "--data", data, unlabelled, "--out", folder.Of("both")]);
        Assert.True(code == 0, error);
        Assert.Contains("7 structures predicted, 5 compared", output, StringComparison.Ordinal);
        Assert.Contains("rank correlation of spread and error", output, StringComparison.Ordinal);
        Assert.All(["errors.csv", "parity.png", "error_against_spread.png", "error_against_spread.svg"], f => Assert.True(File.Exists(folder.Of($"both/{f}")), f));
        Assert.Equal(0, (await Run(["evaluate", "--model", folder.Of("1"), "--data", data, unlabelled, "--out", folder.Of("first")])).Code);
        Assert.Equal(0, (await Run(["evaluate", "--model", folder.Of("2"), "--data", data, unlabelled, "--out", folder.Of("second")])).Code);

        Atoms[] both = Predicted("both"), first = Predicted("first"), second = Predicted("second");
        Assert.Equal(7, both.Length);
        for (int i = 0; i < 7; i++)
        {
            double a = first[i].Info["predicted_energy"].ToDouble(), b = second[i].Info["predicted_energy"].ToDouble(), n = both[i].Count;
            Assert.Equal((a + b) / 2, both[i].Info["predicted_energy"].ToDouble(), 1e-5);
            Assert.Equal(Math.Abs(a - b) / Math.Sqrt(2) / n, both[i].Info["energy_spread"].ToDouble(), 1e-5);
            Assert.Equal(1, both[i].Columns["force_spread"].Width);
            Assert.Equal(both[i].IsPeriodic, both[i].Info.ContainsKey("predicted_stress"));
            Assert.Equal(first[i].IsPeriodic, first[i].Info.ContainsKey("predicted_stress"));
        }

        string[] rows = File.ReadAllLines(folder.Of("both/spread.csv"));
        Assert.StartsWith("structure,group,atoms,energy_per_atom_error,energy_per_atom_spread,", rows[0], StringComparison.Ordinal);
        Assert.Equal(1 + 6, rows.Length);   // all but the isolated atom
        Assert.Equal(Math.Abs(both[0].Info["predicted_energy"].ToDouble() - test[0].GetEnergy()) / test[0].Count, double.Parse(rows[1].Split(',')[3], CultureInfo.InvariantCulture), 1e-5);
        Assert.Equal(("6", ""), (rows[6].Split(',')[0], rows[6].Split(',')[3]));   // structure 5 is the isolated atom

        (code, _, error) = await Run(["evaluate", "--model", folder.Of("1"), "--data", unlabelled]);
        Assert.Equal(1, code);
        Assert.Contains("for predictions, name a folder with --out", error, StringComparison.Ordinal);
        Assert.Equal(0, (await Run(["evaluate", "--model", folder.Of("1"), "--data", unlabelled, "--out", folder.Of("third")])).Code);
        Assert.Equal(2, Predicted("third").Length);

        // What an earlier evaluation left would be of other predictions.
        Assert.Equal(0, (await Run(["evaluate", "--model", folder.Of("1"), "--data", unlabelled, "--out", folder.Of("both")])).Code);
        Assert.Equal([folder.Of("both/predictions.xyz")], Directory.GetFiles(folder.Of("both")));
        string empty = folder.Write("empty.xyz", "0\nenergy=1\n");
        await Refused("is the folder of a training", "--model", folder.Of("1"), "--data", data, "--out", folder.Of("2"));
        await Refused("is evaluated and would be replaced", "--model", folder.Of("1"), "--data", folder.Of("both/predictions.xyz"), "--out", folder.Of("both"));
        await Refused("twice", "--model", folder.Of("1"), folder.Of("1"), "--data", data);
        await Refused("has no atoms", "--model", folder.Of("1"), folder.Of("2"), "--data", empty);
        await Refused("has no atoms", "--model", folder.Of("1"), "--data", empty);

        async Task Refused(string message, params string[] arguments)
        {
            (int refused, _, string said) = await Run(["evaluate", .. arguments]);
            Assert.Equal(1, refused);
            Assert.Contains(message, said, StringComparison.Ordinal);
        }

        Atoms[] Predicted(string name) => [.. ExtendedXyz.Read(folder.Of($"{name}/predictions.xyz"))];
    }

    /// <summary>A training takes hours: nothing takes its place unless it is said.</summary>
    [Fact]
    public async Task ATrainingIsNotOverwrittenUnasked()
    {
        using var folder = new TemporaryFolder();
        ExtendedXyz.Write(folder.Of("train.xyz"), Samples.Clusters(6));
        string[] command = ["train", "--train", folder.Of("train.xyz"), "--epochs", "1", "--out", folder.Of("run")];
        Assert.Equal(0, (await Run(command)).Code);
        byte[] checkpoint = File.ReadAllBytes(folder.Of("run/checkpoint.safetensors"));
        foreach (string[] other in new[] { command, ["water", "--epochs", "1", "--out", folder.Of("run")] })
        {
            (int code, _, string error) = await Run(other);
            Assert.Equal(1, code);
            Assert.Contains("--overwrite", error, StringComparison.Ordinal);
        }

        Assert.Equal(checkpoint, File.ReadAllBytes(folder.Of("run/checkpoint.safetensors")));
        Assert.Equal(1, (await Run([.. command, "--resume", "--overwrite"])).Code);
        File.WriteAllText(folder.Of("run/errors.csv"), "of the training before");
        Assert.Equal(0, (await Run([.. command, "--overwrite", "--seed", "2"])).Code);
        Assert.NotEqual(checkpoint, File.ReadAllBytes(folder.Of("run/checkpoint.safetensors")));
        Assert.False(File.Exists(folder.Of("run/errors.csv")));
        (_, string output, _) = await Run([.. command, "--overwrite", "--stage-two-epoch", "7"]);
        Assert.Contains("The second stage never began", output, StringComparison.Ordinal);
    }

    /// <summary>A rate at which weights explode: what was best before is saved, though the state at hand is lost.</summary>
    [Fact]
    public async Task WhatWasBestBeforeAnExplosionIsKept()
    {
        using var folder = new TemporaryFolder();
        ExtendedXyz.Write(folder.Of("train.xyz"), Samples.Clusters(12));
        string[] explosive = ["--lr", "1", "--warmup-steps", "0", "--clip-grad", "0", "--ema-decay", "0", "--scheduler", "constant"];
        (int code, string output, string error) = await Run(["train", "--train", folder.Of("train.xyz"), "--epochs", "2000", "--batch-size", "12", .. explosive, "--out", folder.Of("run")]);
        Assert.Equal(1, code);
        Assert.Contains("try a smaller learning rate", error, StringComparison.Ordinal);
        Assert.Contains("The best potential before is saved", output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.Of("run/model.safetensors")));
    }

    /// <summary>Boxes around molecules, which many programs write, have no stress.</summary>
    [Fact]
    public async Task StressesOfBoxesAreSaidToBeUnused()
    {
        using var folder = new TemporaryFolder();
        Atoms[] boxes = [.. Samples.Crystals(3).Select(a => Boxed(a))];
        ExtendedXyz.Write(folder.Of("train.xyz"), [.. Samples.Clusters(6), .. boxes]);
        (int code, string output, string error) = await Run(["train", "--train", folder.Of("train.xyz"), "--epochs", "1", "--out", folder.Of("run")]);
        Assert.True(code == 0, error);
        Assert.Contains("3 structures have a stress but no periodic direction (pbc), or a cell without a volume", output, StringComparison.Ordinal);

        static Atoms Boxed(Atoms crystal)
        {
            var box = new Atoms(crystal.AtomicNumbers, crystal.Positions, crystal.Cell, (false, false, false));
            foreach ((string key, InfoValue value) in crystal.Info) box.Info.Add(key, value);
            return box;
        }
    }

    [Fact]
    public void TablesQuoteGroups()
    {
        using var folder = new TemporaryFolder();
        LabelledStructure[] structures = [.. Samples.Clusters(2).Select((a, i) => Named(a, i == 0 ? "bulk, \"hot\"" : "plain"))];
        Potential.Report.ErrorTable.Save(folder.Of("e.csv"), [.. structures.Select(s => (s, new Prediction(0, new double[3 * s.Atoms.Count], null)))]);
        string[] lines = File.ReadAllLines(folder.Of("e.csv"));
        Assert.StartsWith("\"bulk, \"\"hot\"\"\",1,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("plain,1,", lines[2], StringComparison.Ordinal);

        static LabelledStructure Named(Atoms atoms, string group)
        {
            atoms.Info.Add("config_type", new InfoValue(group));
            return new LabelledStructure(atoms);
        }
    }

    [Fact]
    public async Task WhatIsWrongIsSaidInALine()
    {
        using var folder = new TemporaryFolder();
        string train = folder.Of("train.xyz"), helium = folder.Write("helium.xyz", "2\nenergy=-1\nHe 0 0 0\nH 0 0 1\n");
        ExtendedXyz.Write(train, Samples.Clusters(3));
        await Says("of which the training structures have none", "train", "--train", train, "--test", helium, "--out", folder.Of("a"));
        await Says("There is no file", "train", "--train", folder.Of("none.xyz"), "--out", folder.Of("a"));
        await Says("There is no model 'none'", "train", "--train", train, "--model", "none", "--out", folder.Of("a"));
        foreach (string[] command in new[] { ["train", "--train", train], new[] { "water" } })
            await Says($"There is no {folder.Of("typo/checkpoint.safetensors")} to go on from", [.. command, "--epochs", "1", "--resume", "--out", folder.Of("typo")]);
        Assert.False(Directory.Exists(folder.Of("typo")));
        await Says("no potential", "evaluate", "--model", folder.Of("none"), "--data", train);
        await Says("is not a reference energy", "train", "--train", train, "--e0", "H", "--out", folder.Of("a"));
        await Says("no training structure has this config_type", "train", "--train", train, "--config-type-weights", "surface=2", "--out", folder.Of("a"));
        await Says("--stage-two-lr is given, but no second stage begins", "train", "--train", train, "--stage-two-lr", "1e-4", "--out", folder.Of("a"));
        await Says("give one of them", "train", "--train", train, "--valid", train, "--valid-fraction", "0.2", "--out", folder.Of("a"));
        await Says("--epochs is '0'", "train", "--train", train, "--epochs", "0", "--out", folder.Of("a"));

        async Task Says(string message, params string[] arguments)
        {
            (int code, string output, string error) = await Run(arguments);
            Assert.Equal(1, code);
            Assert.Contains(message, error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task OtherFormatsAreConverted()
    {
        using var folder = new TemporaryFolder();
        string data = folder.Write("one.json", """
            [{"structure": {"lattice": {"matrix": [[3, 0, 0], [0, 3, 0], [0, 0, 3]]}, "sites": [{"species": [{"element": "Po", "occu": 1}], "xyz": [0, 0, 0]}]},
              "outputs": {"energy": -3, "forces": [[0, 0, 0]], "virial_stress": [-1, -1, -1, 0, 0, 0]}}]
            """);
        (int code, string output, string error) = await Run(["convert", "--from", "mlearn", data, "--out", folder.Of("one.xyz")]);
        Assert.True(code == 0, error);
        Assert.StartsWith("1 structures, 1 atoms, 1 stresses", output, StringComparison.Ordinal);
        Assert.Equal(-3, Assert.Single(ExtendedXyz.Read(folder.Of("one.xyz"))).GetEnergy());

        (code, _, error) = await Run(["convert", "--from", "mlearn", folder.Of("none.json"), "--out", folder.Of("none.xyz")]);
        Assert.Equal(1, code);
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Of("none.xyz")));
    }

    /// <summary>So that a stranger can try every command, and repeat the dynamics of the docs, which begin with structures 67 and 81 of the test set.</summary>
    [Fact]
    public async Task WaterClustersAreWrittenForOtherCommands()
    {
        using var folder = new TemporaryFolder();
        var counts = new Dictionary<string, int>();
        foreach (string split in new[] { "train", "validation", "test" })
        {
            (int code, _, string error) = await Run(["convert", "--from", "water", "--split", split, "--out", folder.Of(split)]);
            Assert.True(code == 0, error);
            counts[split] = ExtendedXyz.Read(folder.Of(split)).Count(a => a.Info["split"].ToString() == split);
        }

        Assert.Equal(new Dictionary<string, int> { ["train"] = 575, ["validation"] = 45, ["test"] = 125 }, counts);
        Assert.Equal(0, (await Run(["convert", "--from", "water", "--out", folder.Of("all.xyz")])).Code);
        Assert.Equal(745, ExtendedXyz.Read(folder.Of("all.xyz")).Count());

        Potential.Water.WaterClusters water = Potential.Water.WaterClusters.Load();
        StructureSet train = StructureSet.Read([folder.Of("train")]), test = StructureSet.Read([folder.Of("test")]);
        Assert.Equal(water.AtomEnergies, train.IsolatedAtoms);
        Assert.Equal(water.Training.Select(s => s.Energy), train.Structures.Select(s => s.Energy));
        Assert.Equal(water.Test.SelectMany(s => s.Forces!), test.Structures.SelectMany(s => s.Forces!));
        Assert.Equal(water.Test.Select(s => s.Group), test.Structures.Select(s => s.Group));
        Assert.All([67, 81], i => Assert.Equal("4 waters", test.Structures[i].Group));
        Assert.Equal([-1.28212660, 0.94526986, 2.06250612], test.Structures[67].Atoms.Positions.Take(3));

        string[] wrong = ["--from water --split 1", "--from water --split none", "--from water x.json", "--from water --stress-order vasp", "--from mlearn", "--from mlearn x.json --split test", "--from other x"];
        foreach (string arguments in wrong) Assert.Equal(1, (await Run(["convert", .. arguments.Split(' '), "--out", folder.Of("wrong.xyz")])).Code);
        Assert.False(File.Exists(folder.Of("wrong.xyz")));
    }

    [Fact]
    public void ListsAreParsed()
    {
        Assert.Equal(new Dictionary<string, double> { ["H"] = -13.6, ["O"] = -2e3 }, NumberList.Parse("H=-13.6, O=-2e3", "", ""));
        Assert.All(["", "H", "H=x", "H=1,H=2", "H=inf"], text => Assert.Throws<FormatException>(() => NumberList.Parse(text, "", "")));
    }

    private static async Task<(int Code, string Output, string Error)> Run(string[] arguments)
    {
        (TextWriter output, TextWriter error) = (Console.Out, Console.Error);
        using StringWriter capturedOutput = new(), capturedError = new();
        try
        {
            Console.SetOut(capturedOutput);
            Console.SetError(capturedError);
            Spectre.Console.AnsiConsole.Console = Spectre.Console.AnsiConsole.Create(new Spectre.Console.AnsiConsoleSettings { Out = new Spectre.Console.AnsiConsoleOutput(capturedOutput) });
            int code = await Application.RunAsync(arguments);
            return (code, capturedOutput.ToString(), capturedError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
