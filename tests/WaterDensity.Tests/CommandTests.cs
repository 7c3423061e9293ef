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
    public async Task PredictWritesCoefficientsCubeAndPicture()
    {
        var trainer = new Trainer(Shared.SmallDataset.Where(s => s.Waters != 2), new TrainingOptions(Steps: 1));
        trainer.Run(new Quiet(), t => t.Save(Path.Combine(folder, "checkpoint.safetensors")));
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
    }

    [Theory]
    [InlineData("predict", "no-such-file.xyz")]
    [InlineData("evaluate", "--checkpoint", "no-such-checkpoint")]
    [InlineData("train", "--minutes", "0")]
    [InlineData("--steps", "-5")]
    [InlineData("--no-such-option")]
    public async Task MistakesAreErrors(params string[] arguments)
        => Assert.Equal(1, await Application.RunAsync([.. arguments, "--out", folder]));

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
