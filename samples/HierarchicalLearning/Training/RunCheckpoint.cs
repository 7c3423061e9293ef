using System.Globalization;
using System.Text.Json;
using E3Gen;
using HierarchicalLearning.Runs;
using WaterDensity.Learning;
using static TorchSharp.torch;

namespace HierarchicalLearning.Training;

/// <summary>The state of a run at work: weights, moments and means of the optimiser, and what was measured so far. Replaced only once the new one is complete.</summary>
internal static class RunCheckpoint
{
    public static void Save(string path, RunSpec spec, AveragedAdam adam, double seconds, IReadOnlyList<Measurement> measurements)
    {
        var metadata = new Dictionary<string, string>
        {
            ["run"] = spec.Key(),
            ["step"] = adam.Step.ToString(CultureInfo.InvariantCulture),
            ["seconds"] = seconds.ToString("R", CultureInfo.InvariantCulture),
            ["measurements"] = JsonSerializer.Serialize(measurements),
        };
        using var scope = NewDisposeScope();
        Safetensors.Save(path, adam.State(), metadata);
    }

    /// <summary>Puts a run back to where it was, if there is a checkpoint of it.</summary>
    public static (double Seconds, IReadOnlyList<Measurement> Measurements) Resume(string path, RunSpec spec, AveragedAdam adam)
    {
        if (!File.Exists(path))
            return (0, []);
        using SafetensorsFile file = Safetensors.Read(path);
        if (file.Metadata.GetValueOrDefault("run") != spec.Key())
            throw new InvalidDataException($"{path} is a checkpoint of the run '{file.Metadata.GetValueOrDefault("run")}', not of '{spec.Key()}'. Delete it.");
        adam.Restore(long.Parse(file.Metadata["step"], CultureInfo.InvariantCulture), name => file[name]);
        return (double.Parse(file.Metadata["seconds"], CultureInfo.InvariantCulture),
            JsonSerializer.Deserialize<List<Measurement>>(file.Metadata["measurements"]) ?? []);
    }
}
