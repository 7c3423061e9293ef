using E3Gen;
using WaterDensity.Commands;
using WaterDensity.Files;
using WaterDensity.Learning;
using WaterDensity.Systems;

namespace WaterDensity.Tests;

/// <summary>The command line, from checkpoint to pictures.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task PredictWritesCoefficientsCubePictureAndPage()
    {
        Train();
        string xyz = Path.Combine(folder, "water.xyz");
        WaterSystem system = Shared.Dataset.Systems[0];
        ExtendedXyz.Write(xyz, Shared.AtomsOf(system));

        Assert.Equal(0, await Application.RunAsync(["predict", xyz, "--out", folder, "--spacing", "0.3"]));
        Assert.Equal(system.Species.Select(Molecule.AtomicNumber), CubeFile.Read(Path.Combine(folder, "water.cube")).AtomicNumbers);
        using E3Gen.SafetensorsFile file = E3Gen.Safetensors.Read(Path.Combine(folder, "water.safetensors"));
        Assert.Equal([3, 70], file["coefficients"].shape);
        byte[] png = File.ReadAllBytes(Path.Combine(folder, "water.png"));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.StartsWith("<?xml", File.ReadAllText(Path.Combine(folder, "water.svg")));
        Assert.Contains("Predicted electron density of water.xyz</h1>", File.ReadAllText(Path.Combine(folder, "water.html")));
    }

    [Fact]
    public async Task PredictedSystemsHaveAReference()
    {
        Train();
        Assert.Equal(0, await Application.RunAsync(["predict", "--system", "0", "--out", folder, "--spacing", "0.3"]));
        Assert.Equal(["cube", "html", "png", "safetensors", "svg"],
            Directory.GetFiles(folder, "system_0.*").Select(path => Path.GetExtension(path)[1..]).Order());
        string page = File.ReadAllText(Path.Combine(folder, "system_0.html"));
        Assert.Contains("Predicted electron density of system 0 of the data set</h1>", page);
        Assert.DoesNotContain("unknown, no reference", page);
    }

    [Theory]
    [InlineData("predict", "no-such-file.xyz")]
    [InlineData("predict")]
    [InlineData("predict", "water.xyz", "--system", "0")]
    [InlineData("predict", "--system", "743")]
    [InlineData("predict", "--system", "-1")]
    [InlineData("evaluate", "--checkpoint", "no-such-checkpoint")]
    [InlineData("train", "--minutes", "0")]
    [InlineData("--steps", "-5")]
    [InlineData("--no-such-option")]
    public async Task MistakesAreErrors(params string[] arguments)
        => Assert.Equal(1, await Application.RunAsync([.. arguments, "--out", folder]));

    [Theory]
    [InlineData("--spacing", "1e-9")]
    [InlineData("--spacing", "Infinity")]
    [InlineData("--spacing", "NaN")]
    [InlineData("--spacing", "0,5")]
    [InlineData("--spacing", "0")]
    [InlineData("--spacing", "-1")]
    [InlineData("--spacing", "1e999")]
    [InlineData("--spacing", "0x1")]
    [InlineData("--threads", "100000")]
    [InlineData("--threads", "0")]
    [InlineData("--threads", "2.0")]
    [InlineData("--threads", "99999999999999999999")]
    [InlineData("--seed", "1,000")]
    [InlineData("--seed", "2147483648")]
    [InlineData("--minutes", "0")]
    [InlineData("--minutes", "2,5")]
    [InlineData("--minutes", "1e300")]
    [InlineData("--steps", "1.5")]
    [InlineData("--steps", "0")]
    [InlineData("--batch-size", "0")]
    [InlineData("--batch-size", "1e3")]
    [InlineData("--learning-rate", "NaN")]
    [InlineData("--learning-rate", "0,01")]
    [InlineData("--system", "1.0", "predict")]
    [InlineData("--system", "99999999999", "predict")]
    public async Task NumbersAreStrictInEveryCountry(string option, string value, string command = "train")
    {
        foreach (string separator in new[] { ".", "," })
        {
            (int code, string errors) = await Shared.InCountry(separator, () => Shared.Errors([command, option, value, "--out", folder]));
            Assert.Equal(1, code);
            Assert.Contains($"{option} is '{value}'; expected", errors);
        }
    }

    [Fact]
    public async Task DistantAtomsAreAnErrorThatSaysWhatToDo()
    {
        Train();
        string xyz = Path.Combine(folder, "far.xyz");
        File.WriteAllText(xyz, "6\n\nO 0 0 0\nH 0 0.76 0.59\nH 0 -0.76 0.59\nO 1000 1000 1000\nH 1000 1000.76 1000.59\nH 1000 999.24 1000.59\n");
        (int code, string errors) = await Shared.Errors(["predict", xyz, "--out", folder, "--spacing", "0.2"]);
        Assert.Equal(1, code);
        Assert.Contains("points and takes", errors);
        Assert.Contains("Give a larger --spacing", errors);
        // Left alone, the grid becomes coarser.
        Assert.Equal(0, await Application.RunAsync(["predict", xyz, "--out", folder, "--spacing", "30"]));
    }

    [Fact]
    public async Task PeriodicFramesAreMadeWhole()
    {
        Train();
        WaterSystem system = Shared.TestTetramers[0];
        Atoms whole = Shared.AtomsOf(system);
        double[] cell = [30, 0, 0, 0, 30, 0, 0, 0, 30];
        string open = Path.Combine(folder, "open.xyz"), cut = Path.Combine(folder, "cut.xyz");
        ExtendedXyz.Write(open, whole);
        // Atoms are scattered over images: one by one, not molecule by molecule.
        double[] scattered = [.. whole.Positions.Select((x, i) => x + 15 + 30 * (i / 3 % 3 - 1))];
        ExtendedXyz.Write(cut, new Atoms(whole.AtomicNumbers, scattered, cell));
        foreach (string xyz in new[] { open, cut })
            Assert.Equal(0, await Application.RunAsync(["predict", xyz, "--out", folder, "--spacing", "1"]));
        double[] Coefficients(string name)
        {
            using SafetensorsFile file = Safetensors.Read(Path.Combine(folder, name));
            return [.. file["coefficients"].data<double>()];
        }
        double[] expected = Coefficients("open.safetensors"), actual = Coefficients("cut.safetensors");
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-3);
    }

    private void Train()
    {
        var trainer = new Trainer(Shared.SmallDataset.Where(s => s.Waters != 2), new TrainingOptions(Steps: 1));
        trainer.Run(new Quiet(), t => t.Save(Path.Combine(folder, "checkpoint.safetensors")));
    }

    private sealed class Quiet : ITrainingMonitor
    {
        public void Advance(double progress, long step, double loss)
        {
        }

        public void Report(LearningCurvePoint point)
        {
        }
    }
}
