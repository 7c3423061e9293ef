using System.ComponentModel;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>
/// Numbers that no optimizer trains, under their names in the state dict: energies of isolated atoms, a scale. They stay float64 whatever the module's type, since energies of isolated atoms have more
/// digits than float32. Called by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NamedBuffers : ParameterModule
{
    private readonly Dictionary<string, double> _neutral = [];

    /// <summary>Makes the buffers in float64 on the CPU.</summary>
    /// <param name="buffers">Their names, shapes and the number that they are filled with.</param>
    public NamedBuffers(params (string Name, long[] Shape, double Value)[] buffers)
        : base(nameof(NamedBuffers))
    {
        foreach (var (name, shape, value) in buffers)
        {
            _neutral[name] = value;
            AddBuffer(name, full(shape, value, dtype: float64));
        }
    }

    /// <summary>What a buffer was filled with at first: the value that changes nothing.</summary>
    /// <param name="name">Its name.</param>
    internal double Neutral(string name) => _neutral[name];

    /// <summary>A buffer.</summary>
    /// <param name="name">Its name.</param>
    public Tensor this[string name] => get_buffer(name)!;

    /// <summary>Overwrites a buffer of one number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The number.</param>
    public void Set(string name, double value) => Set(name, [value]);

    /// <summary>Overwrites a buffer.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">As many numbers as it has.</param>
    public void Set(string name, IReadOnlyList<double> values)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor buffer = this[name];
        buffer.copy_(tensor([.. values], float64, CPU).view(buffer.shape));
    }

    /// <summary>Moves the buffers and leaves their type as it is.</summary>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        base._toEpilog(null, device, non_blocking);
        foreach (var (_, part) in named_children())
        {
            if (dtype is { } type) part.to(type, non_blocking: non_blocking);
        }
    }
}
