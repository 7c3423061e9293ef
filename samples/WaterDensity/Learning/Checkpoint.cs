using System.Globalization;
using E3Gen;
using WaterDensity.Density;
using static TorchSharp.torch;

namespace WaterDensity.Learning;

/// <summary>
/// A training's state in one safetensors file: <c>average.*</c> (the weights to use), <c>weight.*</c>, <c>first.*</c> and <c>second.*</c>
/// (to go on from), <c>scaling.*</c>, and in the metadata the learning curve up to its step. It is replaced only once the new one is complete, so there is a whole one at any time, and
/// nothing in it can be of another step than the rest.
/// </summary>
internal static class Checkpoint
{
    private const string Format = "water-density-checkpoint-1";

    public static void Save(string path, DensityModel model, AveragedAdam adam, double seconds, TrainingOptions options, LearningCurve curve, LossMean recent)
    {
        var metadata = new Dictionary<string, string>
        {
            ["format"] = Format,
            ["step"] = adam.Step.ToString(CultureInfo.InvariantCulture),
            ["seconds"] = seconds.ToString("R", CultureInfo.InvariantCulture),
            ["batch_size"] = options.BatchSize.ToString(CultureInfo.InvariantCulture),
            ["learning_curve"] = curve.ToCsv(),
            ["losses_since"] = recent.ToText(),
            ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
        };
        using var scope = NewDisposeScope();
        Safetensors.Save(path, adam.State().Concat(model.Scaling.State().Select(t => ($"scaling.{t.Name}", t.Tensor))), metadata);
    }

    /// <summary>The model with the averaged weights.</summary>
    public static DensityModel Load(string path, AuxiliaryBasis basis, TorchSharp.torch.Device? device = null)
    {
        using SafetensorsFile file = Open(path);
        var model = new DensityModel(TargetScaling.Restore(basis, name => file[$"scaling.{name}"]), device);
        const string Average = "average.";
        Safetensors.LoadModule(model.Network, path, name => name.StartsWith(Average, StringComparison.Ordinal) ? name[Average.Length..] : null);
        return model;
    }

    /// <summary>Puts a training back to where it was.</summary>
    /// <returns>Seconds that it had taken; its learning curve, and the losses since the last row of it.</returns>
    /// <exception cref="InvalidDataException">The checkpoint belongs to a training with other options.</exception>
    public static (double Seconds, LearningCurve Curve, LossMean Recent) Resume(string path, AveragedAdam adam, TrainingOptions options)
    {
        using SafetensorsFile file = Open(path);
        foreach ((string key, int value) in new[] { ("seed", options.Seed), ("batch_size", options.BatchSize) })
        {
            if (file.Metadata[key] != value.ToString(CultureInfo.InvariantCulture))
                throw new InvalidDataException($"{path} was trained with {key} {file.Metadata[key]}, not {value}; resume with the same.");
        }
        adam.Restore(long.Parse(file.Metadata["step"], CultureInfo.InvariantCulture), name => file[name]);
        // Checkpoints of version 0.1 have no learning curve.
        return (double.Parse(file.Metadata["seconds"], CultureInfo.InvariantCulture), LearningCurve.FromCsv(file.Metadata.GetValueOrDefault("learning_curve", "")),
            file.Metadata.TryGetValue("losses_since", out string? losses) ? LossMean.FromText(losses) : new LossMean());
    }

    /// <summary>The scaling that a training was begun with.</summary>
    public static TargetScaling Scaling(string path, AuxiliaryBasis basis)
    {
        using SafetensorsFile file = Open(path);
        return TargetScaling.Restore(basis, name => file[$"scaling.{name}"]);
    }

    private static SafetensorsFile Open(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no checkpoint {path}; train first, or name another with --checkpoint.", path);
        SafetensorsFile file = Safetensors.Read(path);
        if (file.Metadata.GetValueOrDefault("format") is var format && format != Format)
        {
            file.Dispose();
            throw new InvalidDataException($"{path} is not a checkpoint of this program: its format is '{format}', expected '{Format}'.");
        }
        return file;
    }
}
