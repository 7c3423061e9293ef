using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>Copies the tensors of a file into a module; nothing is written until everything has been compared and read.</summary>
internal static class ModuleLoader
{
    public static IReadOnlyList<string> Load(nn.Module module, SafetensorsFile file, Func<string, string?>? rename)
    {
        Dictionary<string, Tensor> state = module.state_dict();
        var sources = new Dictionary<string, SafetensorsEntry>();
        var passedOver = new List<string>();
        var problems = new List<string>();

        foreach (string key in file.Names)
        {
            SafetensorsEntry entry = file.Entries[key];
            string? name = rename is null ? key : rename(key);
            if (name is null || (!state.ContainsKey(name) && IsConstant(name, entry))) passedOver.Add(key);
            else if (!state.TryGetValue(name, out Tensor? target))
                problems.Add($"unexpected in the file: {Named(key, name)} {Describe(entry)}");
            else if (!sources.TryAdd(name, entry)) problems.Add($"given twice: '{name}', by '{sources[name].Name}' and '{key}'");
            else if (!entry.Shape.SequenceEqual(target.shape) || !Fits(entry.DType, target.dtype))
                problems.Add($"does not fit: {Named(key, name)} is {Describe(entry)} in the file and {Describe(target)} in the module");
        }
        foreach ((string name, Tensor target) in state)
        {
            if (!sources.ContainsKey(name) && target.numel() > 0) problems.Add($"missing from the file: '{name}' {Describe(target)}");
        }
        if (problems.Count > 0)
        {
            throw new InvalidDataException(
                $"'{file.Path}' does not fit the module {module.GetType().Name}; nothing was loaded."
                + string.Concat(problems.Select(p => $"\n  {p}")));
        }

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        (Tensor Target, Tensor Value)[] copies = [.. sources.Select(s => (state[s.Key], file.Get(s.Value.Name)))];
        foreach ((Tensor target, Tensor value) in copies) target.copy_(value);
        return passedOver;
    }

    /// <summary>
    /// Redundant entries of e3nn checkpoints: Clebsch-Gordan tensors, masks of reachable outputs and empty weights.
    /// </summary>
    private static bool IsConstant(string name, SafetensorsEntry entry) =>
        entry.Length == 0 || name.Contains("_w3j_") || name == "output_mask" || name.EndsWith(".output_mask", StringComparison.Ordinal);

    /// <summary>Between floating-point types values are rounded; integers and bools must keep their type's kind.</summary>
    private static bool Fits(ScalarType source, ScalarType target) =>
        source == target || (is_floating_point(source) && is_floating_point(target));

    private static string Named(string key, string name) => key == name ? $"'{key}'" : $"'{key}' (renamed to '{name}')";

    private static string Describe(SafetensorsEntry entry) => $"{SafetensorsTypes.Name(entry.DType)} [{string.Join(", ", entry.Shape)}]";

    private static string Describe(Tensor tensor)
    {
        string type = SafetensorsTypes.Contains(tensor.dtype) ? SafetensorsTypes.Name(tensor.dtype) : tensor.dtype.ToString();
        return $"{type} [{string.Join(", ", tensor.shape)}]";
    }
}
