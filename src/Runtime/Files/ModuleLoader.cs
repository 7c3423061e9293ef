using System.Globalization;
using System.Text.RegularExpressions;
using E3Gen.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>Copies the tensors of a file into a module; nothing is written until everything has been compared and read.</summary>
internal static partial class ModuleLoader
{
    public static LoadReport Load(nn.Module module, string path, IReadOnlyList<WeightEntry> entries, LoadOptions options)
    {
        Dictionary<string, Tensor> state = module.state_dict();
        IReadOnlyDictionary<string, double[]> constants = (module as IStateConstants)?.StateConstants ?? new Dictionary<string, double[]>();
        var fixedHere = new HashSet<string>();
        var sources = new Dictionary<string, WeightEntry>();
        List<string> skipped = [], unexpected = [], missing = [], mismatched = [], problems = [];

        foreach (WeightEntry entry in entries)
        {
            string key = entry.Name;
            string? name = options.Rename is null ? key : options.Rename(key);
            if (name is not null && constants.TryGetValue(name, out double[]? numbers))
            {
                skipped.Add(key);
                fixedHere.Add(name);
                if (WhyOther(entry, numbers) is { } why) problems.Add($"made for another module: {Named(key, name)} {why}");
            }
            else if (name is null || (!state.ContainsKey(name) && IsConstant(name, entry))) skipped.Add(key);
            else if (!state.TryGetValue(name, out Tensor? target))
            {
                unexpected.Add(key);
                if (options.Strict) problems.Add($"unexpected in the file: {Named(key, name)} {entry}");
            }
            else if (!sources.TryAdd(name, entry)) problems.Add($"given twice: '{name}', by '{sources[name].Name}' and '{key}'");
            else if (WhyNot(entry, target, BuffersOf(module, name)) is { } reason)
            {
                mismatched.Add(name);
                if (!options.SkipMismatched) problems.Add($"does not fit: {Named(key, name)} {reason}");
            }
        }
        foreach ((string name, Tensor target) in state)
        {
            if (sources.ContainsKey(name) || target.numel() == 0) continue;
            missing.Add(name);
            if (options.Strict) problems.Add($"missing from the file: '{name}' {Describe(target)}");
        }
        foreach (string name in constants.Keys.Where(n => options.Strict && !n.StartsWith(IStateConstants.OwnNames, StringComparison.Ordinal) && !fixedHere.Contains(n)))
            problems.Add($"missing from the file: '{name}', which the class declares to be {Numbers(constants[name])}");
        foreach (string name in mismatched) sources.Remove(name);
        if (problems.Count == 0 && sources.Count == 0 && missing.Count + mismatched.Count > 0)
            problems.Add($"no key of the file fits one of the module. The file has {Excerpt.Of([.. entries.Select(e => e.Name)])}; the module {Excerpt.Of(state.Keys)}");
        if (problems.Count > 0)
        {
            throw new InvalidDataException(
                $"'{path}' does not fit the module {module.GetType().Name}; nothing was loaded."
                + string.Concat(problems.Select(p => $"\n  {p}")) + Hint(unexpected, state));
        }

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor Values(string name, WeightEntry entry, Tensor target) => entry.Shape.Contains(0) && target.numel() > 0
            ? full_like(target, BuffersOf(module, name)!.Neutral(name[(name.LastIndexOf('.') + 1)..]))
            : entry.Read().view(target.shape);
        (Tensor Target, Tensor Value)[] copies = [.. sources.Select(s => (state[s.Key], Values(s.Key, s.Value, state[s.Key])))];
        foreach ((Tensor target, Tensor value) in copies) target.copy_(value);
        return new LoadReport
        {
            Loaded = sources.ToDictionary(s => s.Key, s => s.Value.Name),
            Skipped = skipped,
            Unexpected = unexpected,
            Missing = missing,
            Mismatched = mismatched,
        };
    }

    /// <summary>The numbers of a data set that an entry is one of; null if it is none.</summary>
    private static NamedBuffers? BuffersOf(nn.Module module, string name) => Components.Find(module, name[..Math.Max(0, name.LastIndexOf('.'))]) as NamedBuffers;

    /// <summary>
    /// Redundant entries of e3nn checkpoints: Clebsch-Gordan tensors, masks of reachable outputs, coupling matrices of MACE, grids of the sphere and of rotations, and empty weights.
    /// </summary>
    private static bool IsConstant(string name, WeightEntry entry) => entry.Shape.Contains(0) || name.Contains("_w3j_") || ConstantName().IsMatch(name);

    [GeneratedRegex(@"(^|\.)(output_mask|U_matrix_(max|real|\d+)|(to|from)_s2\.(alphas|betas|sha|shb)|grid_(in|out)\.(D|qw|alpha|beta|gamma))$")]
    private static partial Regex ConstantName();

    /// <summary>Why a tensor of the file cannot be copied to one of the module; null if it can.</summary>
    /// <param name="entry">The tensor of the file.</param>
    /// <param name="target">That of the module.</param>
    /// <param name="buffers">Where it is a number of a data set: these may have axes of one head in front, or no entries, which stand for their neutral value.</param>
    private static string? WhyNot(WeightEntry entry, Tensor target, NamedBuffers? buffers)
    {
        if (entry.Type is not { } type) return $"is {entry} in the file, a type that cannot be read here, and {Describe(target)} in the module";
        bool hasShape = entry.Shape.SequenceEqual(target.shape)
            || (buffers is not null && (entry.Shape.Contains(0) || entry.Shape.SkipWhile(n => n == 1).SequenceEqual(target.shape.SkipWhile(n => n == 1))));
        return hasShape && Fits(type, target.dtype) ? null : $"is {entry} in the file and {Describe(target)} in the module";
    }

    /// <summary>Why the numbers of a file are not those that the module's class fixes; null if they are, to the precision of float32.</summary>
    private static string? WhyOther(WeightEntry entry, double[] numbers)
    {
        if (entry.Type is null) return $"is {entry} in the file, a type that cannot be read here";
        using var scope = NewDisposeScope();
        double[] given = entry.Read().to(ScalarType.Float64).flatten().data<double>().ToArray();
        bool agrees = given.Length == numbers.Length && given.Zip(numbers).All(p => Math.Abs(p.First - p.Second) <= 1e-6 * Math.Abs(p.Second));
        return agrees ? null : $"is {Numbers(given)} in the file and {Numbers(numbers)} in the declaration of the class";

    }

    private static string Numbers(double[] all) => string.Join(", ", all.Take(8).Select(n => n.ToString("R", CultureInfo.InvariantCulture))) + (all.Length > 8 ? ", …" : "");

    /// <summary>Between floating-point types values are rounded; integers, bools and complex numbers must keep their type.</summary>
    private static bool Fits(ScalarType source, ScalarType target) =>
        source == target || (is_floating_point(source) && is_floating_point(target));

    /// <summary>Wrappers such as DataParallel, and checkpoints of whole trainings, put one prefix before every key.</summary>
    private static string Hint(List<string> unexpected, Dictionary<string, Tensor> state)
    {
        string[] prefixes = [.. unexpected.Select(key => key[..(key.IndexOf('.') + 1)]).Distinct()];
        if (prefixes is not [{ Length: > 0 } prefix] || !unexpected.Any(key => state.ContainsKey(key[prefix.Length..]))) return "";
        return $"\nKeys that begin with '{prefix}' fit without it: Rename = new KeyRules {{ {{ \"{prefix}*\", \"*\" }} }}.Rename.";
    }

    private static string Named(string key, string name) => key == name ? $"'{key}'" : $"'{key}' (renamed to '{name}')";

    private static string Describe(Tensor tensor) => $"{SafetensorsTypes.Describe(tensor.dtype)} [{string.Join(", ", tensor.shape)}]";
}
