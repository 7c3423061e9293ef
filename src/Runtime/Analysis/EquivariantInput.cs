using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// An argument of a function whose equivariance is measured: its value, or how to draw one, and how rotations, inversion and translations
/// act on it.
/// </summary>
public sealed class EquivariantInput
{
    private readonly Func<Generator, Tensor> _value;
    private readonly Func<Tensor, Transformation, Tensor> _transform;

    private EquivariantInput(Func<Generator, Tensor> value, Func<Tensor, Transformation, Tensor> transform, bool isPoints = false)
    {
        _value = value;
        _transform = transform;
        IsPoints = isPoints;
    }

    /// <summary>Whether translations act on it.</summary>
    internal bool IsPoints { get; }

    /// <summary>Features drawn from a standard normal.</summary>
    /// <param name="irreps">Irreps of the last axis.</param>
    /// <param name="rows">Length of the first axis; functions of several arguments need the same for all.</param>
    /// <param name="dtype">Floating-point type; null means float64, which best separates errors from rounding.</param>
    /// <param name="device">Their device; the CPU if null.</param>
    /// <returns>An input [rows, irreps].</returns>
    public static EquivariantInput Random(Irreps irreps, long rows = 6, ScalarType? dtype = null, Device? device = null) =>
        new(
            generator => Normal([rows, irreps.Dim], generator).to(dtype ?? ScalarType.Float64, device ?? CPU),
            (value, t) => t.Act(irreps, value));

    /// <summary>Features drawn from a standard normal, in the type and on the device of a module's parameters.</summary>
    /// <param name="irreps">Irreps of the last axis.</param>
    /// <param name="module">The module that takes them.</param>
    /// <param name="rows">Length of the first axis; functions of several arguments need the same for all.</param>
    /// <returns>An input [rows, irreps]; in float64 on the CPU for a module without parameters.</returns>
    public static EquivariantInput Random(Irreps irreps, nn.Module module, long rows = 6)
    {
        ArgumentNullException.ThrowIfNull(module);
        Tensor? parameter = module.parameters().FirstOrDefault();
        return Random(irreps, rows, parameter?.dtype, parameter?.device);
    }

    /// <summary>Given features.</summary>
    /// <param name="value">[..., irreps].</param>
    /// <param name="irreps">What the last axis carries.</param>
    /// <exception cref="ArgumentException">The last axis has not the dimension of the irreps.</exception>
    public static EquivariantInput Features(Tensor value, Irreps irreps)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(irreps);
        RequireColumns(value, irreps.Dim, irreps.ToString(), nameof(value));
        return new(_ => value.detach(), (x, t) => t.Act(irreps, x));
    }

    /// <summary>Positions, which rotate, invert and move.</summary>
    /// <param name="value">[..., 3].</param>
    /// <exception cref="ArgumentException">The last axis is not x, y, z.</exception>
    public static EquivariantInput Points(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        RequireColumns(value, 3, "x, y, z", nameof(value));
        return new(_ => value.detach(), (x, t) => t.Move(x), isPoints: true);
    }

    /// <summary>An argument that transformations leave unchanged: indices, weights, scalars.</summary>
    /// <param name="value">Any tensor.</param>
    public static EquivariantInput Invariant(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(_ => value.detach(), (x, _) => x.alias());
    }

    internal Tensor Draw(Generator generator) => _value(generator);

    internal Tensor Transform(Tensor value, Transformation transformation) => _transform(value, transformation);

    /// <summary>Drawn on the CPU in one type, so a seed gives the same numbers everywhere.</summary>
    internal static Tensor Normal(long[] shape, Generator generator) => randn(shape, dtype: ScalarType.Float64, generator: generator);

    internal static void RequireColumns(Tensor value, long columns, string what, string name)
    {
        if (value.dim() == 0 || value.size(-1) != columns)
            throw new ArgumentException(
                $"The last axis must have {columns} entries ({what}), but the shape is [{string.Join(", ", value.shape)}].", name);
    }
}
