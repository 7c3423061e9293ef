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
        XyzFile.Write(xyz, system, "");

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
