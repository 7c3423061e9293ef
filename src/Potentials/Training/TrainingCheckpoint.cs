using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>
/// A training's state in one safetensors file: <c>weights.*</c>, <c>first.*</c>, <c>second.*</c> and with AMSGrad <c>largest.*</c> (to go on from), <c>average.*</c> (the moving average),
/// <c>best.*</c> (the weights to use), <c>buffer.*</c>, <c>random</c> (the state of torch's random numbers), and in the metadata all numbers of
/// <see cref="TrainerState"/>. It is replaced only once the new one is complete: there is a whole one at any
/// time.
/// </summary>
internal static class TrainingCheckpoint
{
    private const string Format = "e3gen-potential-checkpoint-1", StateKey = "state";

    public static void Write(string path, TrainerState state, IReadOnlyDictionary<string, string> fingerprint, IEnumerable<(string Name, Tensor Tensor)> tensors)
    {
        using var scope = NewDisposeScope();
        var metadata = new Dictionary<string, string>(fingerprint) { ["format"] = Format, [StateKey] = JsonSerializer.Serialize(state) };
        Safetensors.Save(path, tensors, metadata);
    }

    /// <summary>Fills the tensors from a file, once <paramref name="check"/> has seen the state and not thrown.</summary>
    public static TrainerState Read(string path, IReadOnlyDictionary<string, string> fingerprint, IEnumerable<(string Name, Tensor Tensor)> tensors, Action<TrainerState> check)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no checkpoint {path} to go on from; train without --resume first.", path);
        using SafetensorsFile file = Safetensors.Read(path);
        if (file.Metadata.GetValueOrDefault("format") != Format)
            throw new InvalidDataException($"{path} is no checkpoint of a potential: its format is '{file.Metadata.GetValueOrDefault("format")}', expected '{Format}'.");
        foreach ((string key, string value) in fingerprint)
        {
            string saved = file.Metadata.GetValueOrDefault(key)
                ?? throw new InvalidDataException($"{path} does not say its {key}: an older version wrote it, or another class of potential; train anew.");
            if (saved != value) throw new InvalidDataException($"{path} was trained with {key} {saved}, not {value}; go on with the same, or begin a new training.");
        }

        TrainerState state = JsonSerializer.Deserialize<TrainerState>(file.Metadata[StateKey])!;
        check(state);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        foreach ((string name, Tensor tensor) in tensors)
        {
            if (!file.Entries.TryGetValue(name, out SafetensorsEntry? entry) || !entry.Shape.SequenceEqual(tensor.shape) || entry.DType != tensor.dtype)
            {
                string wanted = $"{name} of type {tensor.dtype} and shape [{string.Join(", ", tensor.shape)}]";
                throw new InvalidDataException($"{path} has no {wanted}; it belongs to another potential or other options of the optimizer.");
            }

            tensor.copy_(file[name]);
        }

        return state;
    }
}
