using System.Globalization;
using E3Gen.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Analysis;

/// <summary>A path of an operation that has weights.</summary>
/// <param name="Index">Position among the weighted paths, whose order is that of the weights.</param>
/// <param name="Path">The path, such as "16x0e × 1x1o → 16x1o".</param>
/// <param name="Offset">Its first weight.</param>
/// <param name="Count">Number of its weights.</param>
/// <param name="Output">What it yields.</param>
public sealed record WeightedPath(int Index, string Path, int Offset, int Count, MulIrrep Output)
{
    /// <summary>Extents of its block of weights, slowest first: copies of the first input, of the second, of the result, as far as its connection mode has them.</summary>
    public IReadOnlyList<long> Shape { get; init; } = [Count];

    /// <summary>Its block of an operation's weights, as a view: e3nn's <c>weight_view_for_instruction</c>. Writing to it writes to the weights.</summary>
    /// <param name="weights">[..., weights] of the whole operation: a module's own (<see cref="RecordableOperation.Weights"/>), or those that it is passed.</param>
    /// <returns>[..., <see cref="Shape"/>].</returns>
    /// <exception cref="ArgumentException">The last axis ends before the block.</exception>
    public Tensor View(Tensor weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.dim() == 0 || weights.size(-1) < Offset + Count)
        {
            throw new ArgumentException(
                $"The weights have shape [{string.Join(", ", weights.shape)}], but those of {Path} are {Offset} to {Offset + Count - 1} of the last axis.", nameof(weights));
        }

        using var scope = NewDisposeScope();
        return weights.narrow(-1, Offset, Count).view([.. weights.shape[..^1], .. Shape]).MoveToOuterDisposeScope();
    }
}

/// <summary>An operation of a generated class within a module, as a <see cref="Recorder"/> sees it.</summary>
public sealed class RecordableOperation
{
    private readonly OperationWeights? _weights;

    private RecordableOperation(string path, nn.Module module, GeneratedOperationAttribute description)
    {
        (Module, Label, Kind, Layout) = (module, description.Name, description.Kind, description.Layout);
        string method = Label[(Label.LastIndexOf('.') + 1)..];
        Name = path.Length == 0 ? method : $"{path}.{method}";
        string[] sides = description.Irreps.Split(" → ");
        Input = sides[0].Split(" ⊗ ")[0];
        Output = sides[^1];
        var paths = new WeightedPath[description.Paths.Length];
        int offset = 0;
        for (int i = 0; i < paths.Length; i++)
        {
            string text = description.Paths[i];
            long[] shape = [.. description.Shapes[i].Split(',').Select(s => long.Parse(s, CultureInfo.InvariantCulture))];
            int count = checked((int)shape.Aggregate(1L, (product, extent) => product * extent));
            paths[i] = new WeightedPath(i, text, offset, count, Irreps.Parse(text.Split(" → ")[^1])[0]) { Shape = shape };
            offset += paths[i].Count;
        }

        Paths = paths;
        _weights = description.Component is { } component
            ? Components.Find(module, component) as OperationWeights
            : null;
    }

    /// <summary>
    /// Path of its module and its method: "layers.0.first.Convolve", or "Mix" for the module itself.
    /// </summary>
    public string Name { get; }

    /// <summary>The attribute that declares it, such as "Convolution".</summary>
    public string Kind { get; }

    /// <summary>Irreps of its first argument.</summary>
    public Irreps Input { get; }

    /// <summary>Irreps of its result.</summary>
    public Irreps Output { get; }

    /// <summary>Order of the columns of its first argument and of its result.</summary>
    public Layout Layout { get; }

    /// <summary>Its paths that have weights.</summary>
    public IReadOnlyList<WeightedPath> Paths { get; }

    /// <summary>Its weights, if the module holds them; null if they are passed as an argument or there are none.</summary>
    public Tensor? Weights => Paths.Count > 0 ? _weights?.Weight : null;

    internal nn.Module Module { get; }

    /// <summary>Its name in messages.</summary>
    internal string Label { get; }

    /// <summary>
    /// The operations of all generated classes in a module, itself included, in the order of the components; a module that occurs
    /// more than once counts at its first occurrence.
    /// </summary>
    /// <param name="module">Any module.</param>
    public static IReadOnlyList<RecordableOperation> Of(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        var operations = new List<RecordableOperation>();
        Collect(module, "", operations, new HashSet<nn.Module>(ReferenceEqualityComparer.Instance));
        return operations;
    }

    /// <summary>One operation of a module.</summary>
    /// <param name="module">Any module.</param>
    /// <param name="name">Its <see cref="Name"/>: "Mix", or "layers.0.first.Convolve" inside of another module.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static RecordableOperation Find(nn.Module module, string name)
    {
        var all = Of(module);
        return all.FirstOrDefault(o => o.Name == name)
            ?? throw new ArgumentException($"{module.GetName()} has no operation '{name}'; it has {(all.Count == 0 ? "none" : string.Join(", ", all.Select(o => o.Name)))}.", nameof(name));
    }

    /// <summary>Name, kind and irreps.</summary>
    public override string ToString() => $"{Name}: {Kind} {Input} → {Output}";

    private static void Collect(nn.Module module, string path, List<RecordableOperation> operations, HashSet<nn.Module> seen)
    {
        if (!seen.Add(module))
        {
            return;
        }

        operations.AddRange(BackendChoice.Described(module.GetType()).Where(d => d.Kind.Length > 0)
            .Select(d => new RecordableOperation(path, module, d)));
        foreach (var (name, child) in module.named_children())
        {
            Collect(child, path.Length == 0 ? name : $"{path}.{name}", operations, seen);
        }
    }
}
