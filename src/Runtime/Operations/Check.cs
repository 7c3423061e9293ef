using System.ComponentModel;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>
/// Checks of arguments at the entrance of generated operations: a wrong tensor is named there, not deep inside of a kernel.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Check
{
    /// <summary>The last axis must carry the irreps.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="columns">Its required last axis.</param>
    /// <param name="what">What the last axis carries, for the message.</param>
    /// <param name="name">Operation and argument, for the message.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <exception cref="ObjectDisposedException"><paramref name="x"/> was disposed.</exception>
    /// <exception cref="ArgumentException">The shape or the dtype is wrong.</exception>
    public static void Features(Tensor x, int columns, string what, string name)
    {
        ArgumentNullException.ThrowIfNull(x, name);
        if (x.IsInvalid)
        {
            throw new ObjectDisposedException(
                name,
                $"{name}: the tensor was disposed, perhaps with the dispose scope in which it was made; MoveToOuterDisposeScope() or DetachFromDisposeScope() keep it.");
        }

        long last = x.dim() == 0 ? -1 : x.size(-1);
        if (last != columns)
        {
            throw new ArgumentException($"{name}: the last axis must have {columns} entries ({what}), but the shape is {Shape(x)}.");
        }

        if (!x.is_floating_point())
        {
            throw new ArgumentException($"{name}: must be a floating-point tensor, but is {x.dtype}; convert it with .to(torch.float32).");
        }
    }

    /// <summary>Both must have one dtype and one device.</summary>
    /// <param name="x">First argument.</param>
    /// <param name="y">Second argument.</param>
    /// <param name="name">Operation, for the message.</param>
    /// <param name="names">Both arguments, for the message.</param>
    /// <exception cref="ArgumentException">They differ.</exception>
    public static void Alike(Tensor x, Tensor y, string name, string names)
    {
        if (x.dtype != y.dtype)
        {
            throw new ArgumentException(
                $"{name}: {names} must have one dtype, but are {x.dtype} and {y.dtype}; convert one, or the module, with .to(…).");
        }

        if (x.device_type != y.device_type || x.device_index != y.device_index)
        {
            throw new ArgumentException(
                $"{name}: {names} must be on one device, but are on {x.device} and {y.device}; move one with .to(…).");
        }
    }

    /// <summary>The argument must have one row for each node or edge.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="rows">Number of nodes or edges.</param>
    /// <param name="what">"nodes" or "edges", for the message.</param>
    /// <param name="name">Operation and argument, for the message.</param>
    /// <exception cref="ArgumentException">The shape is wrong.</exception>
    public static void RowsOf(Tensor x, long rows, string what, string name)
    {
        if (x.dim() != 2 || x.size(0) != rows)
        {
            throw new ArgumentException(
                $"{name}: must have two axes and one row for each of the graph's {rows} {what}, but the shape is {Shape(x)}.");
        }
    }

    /// <summary>The weights must have one row for each edge, or one for each pair of opposite edges.</summary>
    /// <param name="weights">The argument.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Operation and argument, for the message.</param>
    /// <exception cref="ArgumentException">The shape is wrong.</exception>
    public static void EdgeRows(Tensor weights, Graph graph, string name)
    {
        if (weights.dim() != 2 || (weights.size(0) != graph.EdgeCount && weights.size(0) != graph.PairCount))
        {
            throw new ArgumentException(
                $"{name}: must have two axes and one row for each of the graph's {graph.EdgeCount} edges (or of its {graph.PairCount} pairs of opposite edges), but the shape is {Shape(weights)}.");
        }
    }

    /// <summary>The argument must hold one number for each edge.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Operation and argument, for the message.</param>
    /// <exception cref="ArgumentException">The shape or the dtype is wrong.</exception>
    public static void EdgeNumbers(Tensor x, Graph graph, string name)
    {
        Features(x, (int)graph.EdgeCount, "one number for each of the graph's edges", name);
        if (x.dim() != 1)
        {
            throw new ArgumentException($"{name}: must have one axis (one number for each edge), but the shape is {Shape(x)}.");
        }
    }

    /// <summary>The argument must be a vector: weights that every row shares.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="name">Operation and argument, for the message.</param>
    /// <exception cref="ArgumentException">It has more than one axis.</exception>
    public static void Vector(Tensor x, string name)
    {
        if (x.dim() != 1)
        {
            throw new ArgumentException(
                $"{name}: must have one axis (the same weights for every row), but the shape is {Shape(x)}; use WeightKind.PerSample for weights of each row.");
        }
    }

    /// <summary>The argument must have an axis of channels before the last.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="channels">Their number.</param>
    /// <param name="name">Operation and argument, for the message.</param>
    /// <exception cref="ArgumentException">It has none, or one of another length.</exception>
    public static void Channels(Tensor x, int channels, string name)
    {
        if (x.dim() < 2 || x.size(-2) != channels)
        {
            throw new ArgumentException($"{name}: must have {channels} channels, the axis before the last, but the shape is {Shape(x)}.");
        }
    }

    /// <summary>Weights or biases of channels as one axis: [..., channels, columns] → [..., channels · columns].</summary>
    /// <param name="x">The argument.</param>
    /// <param name="channels">The lengths of the axes before the last.</param>
    /// <param name="name">Operation and argument, for the message.</param>
    /// <exception cref="ArgumentException">Its axes are others.</exception>
    public static Tensor FlatChannels(Tensor x, long[] channels, string name)
    {
        int axes = channels.Length + 1;
        return x.dim() >= axes && x.shape.AsSpan(^axes..^1).SequenceEqual(channels)
            ? x.flatten(-axes, -1)
            : throw new ArgumentException($"{name}: must be [..., {string.Join(", ", channels)}, {x.shape[^1]}], with axes of channels before the last, but the shape is {Shape(x)}.");
    }

    /// <summary>The argument must hold a whole number for each row of another.</summary>
    /// <param name="species">The argument.</param>
    /// <param name="x">The other.</param>
    /// <param name="name">Operation and argument, for the message.</param>
    /// <exception cref="ArgumentNullException"><paramref name="species"/> is null.</exception>
    /// <exception cref="ArgumentException">The shape or the dtype is wrong.</exception>
    public static void Species(Tensor species, Tensor x, string name)
    {
        ArgumentNullException.ThrowIfNull(species, name);
        if (!species.shape.AsSpan().SequenceEqual(x.shape.AsSpan(0, (int)x.dim() - 1)))
        {
            throw new ArgumentException(
                $"{name}: must have one number for each row of features of shape {Shape(x)}, but the shape is {Shape(species)}.");
        }

        Whole(species, name, "the element of each row");
    }

    /// <summary>The argument must hold whole numbers.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="name">Operation and argument, for the message.</param>
    /// <param name="what">What they are, for the message.</param>
    /// <exception cref="ArgumentException">The dtype is another.</exception>
    internal static void Whole(Tensor x, string name, string what)
    {
        if (x.dtype is not (ScalarType.Int64 or ScalarType.Int32 or ScalarType.Int16 or ScalarType.Int8 or ScalarType.Byte))
        {
            throw new ArgumentException($"{name}: must hold whole numbers, {what}, but is {x.dtype}.");
        }
    }

    private static string Shape(Tensor x) => $"[{string.Join(", ", x.shape)}]";
}
