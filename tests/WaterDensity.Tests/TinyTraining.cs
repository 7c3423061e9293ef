using E3Gen;
using TorchSharp;
using WaterDensity.Systems;
using static TorchSharp.torch;

namespace WaterDensity.Tests;

/// <summary>A training of seconds, from a data file of a few monomers, and what it comes to when nothing interrupts it.</summary>
public sealed class TinyTraining : IAsyncLifetime
{
    private const int TrainingSystems = 12;

    private readonly string _folder = Directory.CreateTempSubdirectory("tiny").FullName;

    /// <summary>How often a training is killed: once, unless the environment asks for more.</summary>
    public static int Kills { get; } = int.TryParse(Environment.GetEnvironmentVariable("E3GEN_KILLS"), out int kills) ? kills : 1;

    public string Result => Path.Combine(_folder, "whole");

    /// <param name="output">Folder for results.</param>
    /// <param name="steps">Not given, enough to be interrupted <see cref="Kills"/> times and twice more.</param>
    public string[] Arguments(string output, int? steps = null) =>
        ["train", "--steps", $"{steps ?? 160 + 60 * Kills}", "--batch-size", "4", "--spacing", "0.8", "--data", Path.Combine(_folder, "tiny.safetensors"), "--out", output];

    public async Task InitializeAsync()
    {
        WriteData(Path.Combine(_folder, "tiny.safetensors"));
        (int exitCode, _, string errors) = await Programs.RunAsync(Arguments(Result));
        Assert.True(exitCode == 0, errors);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Every file says the same as that of the uninterrupted training, but for the time that it took; and there is no other file.</summary>
    internal void AssertSameResult(string output)
    {
        using SafetensorsFile expected = Safetensors.Read(Path.Combine(Result, "checkpoint.safetensors")), actual = Safetensors.Read(Path.Combine(output, "checkpoint.safetensors"));
        Assert.Equal(expected.Names.Order(), actual.Names.Order());
        foreach (string name in expected.Names)
        {
            using Tensor e = expected[name], a = actual[name];
            Assert.True(e.equal(a).all().item<bool>(), name);
        }
        Assert.Equal(WithoutSeconds(Result), WithoutSeconds(output));
        Assert.Equal(File.ReadAllText(Path.Combine(Result, "metrics.json")), File.ReadAllText(Path.Combine(output, "metrics.json")));
        Assert.Equal(Directory.GetFiles(Result).Select(Path.GetFileName).Order(), Directory.GetFiles(output).Select(Path.GetFileName).Order());
    }

    private static string[] WithoutSeconds(string output)
        => [.. File.ReadLines(Path.Combine(output, "learning_curve.csv")).Select(line => string.Join(',', line.Split(',').Where((_, column) => column != 1)))];

    /// <summary>The first monomers: to train with, then one each to validate and test with.</summary>
    private static void WriteData(string path)
    {
        using SafetensorsFile all = Safetensors.Read(Path.Combine(AppContext.BaseDirectory, WaterDataset.DefaultFile));
        const int Systems = TrainingSystems + 2;
        using var scope = NewDisposeScope();
        (string, Tensor)[] tensors =
        [
            .. new[] { "exponents", "norms", "iso_coefficients" }.Select(name => (name, all[name])),
            .. new[] { "atomic_numbers", "positions", "coefficients" }.Select(name => (name, all[name].narrow(0, 0, 3 * Systems))),
            .. new[] { "n_waters", "dipoles_fit" }.Select(name => (name, all[name].narrow(0, 0, Systems))),
            ("mol_offsets", all["mol_offsets"].narrow(0, 0, Systems + 1)),
            ("split", tensor([.. Enumerable.Repeat(0, TrainingSystems), 1, 2])),
        ];
        Safetensors.Save(path, tensors.Select(t => (t.Item1, t.Item2.contiguous())), all.Metadata);
    }
}
