using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>What an ordinary tensor operation does to irreps. "Rows" are all axes but the last, which carries the irreps.</summary>
internal enum Effect
{
    /// <summary>Keeps every row as it is.</summary>
    Keep,

    /// <summary>Takes whole rows by a mask or writes invariants to them: keeps irreps, if the mask is one of rows.</summary>
    MaskRows,

    /// <summary>A pointwise odd function, f(−x) = −f(x): fine on scalars of either parity.</summary>
    Odd,

    /// <summary>A pointwise even function, f(−x) = f(x): fine on scalars, makes odd ones even.</summary>
    Even,

    /// <summary>A pointwise function that is neither: fine on even scalars only.</summary>
    Neither,

    /// <summary>A power: even, odd or neither, as the exponent is.</summary>
    Power,

    /// <summary>Cuts values off: odd between opposite bounds, else neither.</summary>
    Clamp,

    /// <summary>Multiplies single components by random factors: fine on scalars of either parity.</summary>
    Dropout,

    /// <summary>A sum or mean along axes: keeps irreps along rows.</summary>
    Sum,

    /// <summary>Moves or accumulates along an axis, linearly: keeps irreps along rows.</summary>
    Shift,

    /// <summary>Takes entries of an axis by index: keeps irreps along rows.</summary>
    Pick,

    /// <summary>Adds or copies rows of 'source' to those with the given indices.</summary>
    Scatter,

    /// <summary>A function of all entries along an axis that is not linear, such as max or softmax: fine on even scalars only.</summary>
    Extreme,

    /// <summary>The euclidean length along an axis: over a whole row it is invariant.</summary>
    Length,

    /// <summary>Divides by the euclidean length along an axis: over a whole row it keeps irreps.</summary>
    Direction,

    /// <summary>Mixes the columns by weights or statistics: fine on even scalars only.</summary>
    Mix,

    /// <summary>Adds its arguments.</summary>
    Add,

    /// <summary>Multiplies its arguments, column by column.</summary>
    Multiply,

    /// <summary>Divides by its second argument, column by column.</summary>
    Divide,

    /// <summary>Compares its arguments or takes the larger or smaller, column by column.</summary>
    Compare,

    /// <summary>The inner product of two tensors over whole rows, or what is made of it: invariant.</summary>
    Dot,

    /// <summary>The vector product of three columns.</summary>
    Cross,

    /// <summary>The matrix product.</summary>
    MatrixProduct,

    /// <summary>Takes the second argument where a mask is set, else the third.</summary>
    Where,

    /// <summary>Puts tensors side by side along 'dim'.</summary>
    Concatenate,

    /// <summary>Puts tensors side by side along the last axis of matrices.</summary>
    ConcatenateColumns,

    /// <summary>Puts tensors one after the other along a row axis.</summary>
    ConcatenateRows,

    /// <summary>Cuts into several tensors along 'dim'.</summary>
    Split,

    /// <summary>Takes columns: narrow(dim, start, length).</summary>
    Narrow,

    /// <summary>Takes columns: slice(dim, start, finish, step).</summary>
    Slice,

    /// <summary>Takes columns or rows as an indexer does.</summary>
    Index,

    /// <summary>Gives the axes other extents.</summary>
    View,

    /// <summary>Adds an axis of extent 1.</summary>
    Unsqueeze,

    /// <summary>Drops axes of extent 1.</summary>
    Squeeze,

    /// <summary>Joins neighbouring axes.</summary>
    Flatten,

    /// <summary>Swaps two axes.</summary>
    Transpose,

    /// <summary>Reorders axes.</summary>
    Permute,

    /// <summary>Repeats axes of extent 1.</summary>
    Expand,

    /// <summary>Repeats axes.</summary>
    Repeat,

    /// <summary>Overwrites with the argument.</summary>
    Copy,

    /// <summary>Zeros: carry whatever irreps are wanted.</summary>
    Zeros,

    /// <summary>A tensor that does not depend on its arguments' values: constant numbers.</summary>
    Constant,

    /// <summary>Random numbers, and answers about a tensor that are not features: nothing is known of them, and nothing is wrong.</summary>
    Other,
}

/// <summary>
/// The table of tensor operations: methods of Tensor, of torch and its parts, of nn.functional, and modules of TorchSharp. Names are written in lower case and without
/// underscores, so that one line is a function, its in-place twin and its module. To teach E3Gen an operation, add a line.
/// </summary>
internal static partial class TensorOperations
{
    public static Effect? Of(string name) => Table.TryGetValue(name.Replace("_", "").ToLowerInvariant(), out var effect) ? effect : null;

    /// <summary>Whether a method overwrites the tensor that it is called on.</summary>
    public static bool IsInPlace(IMethodSymbol method) => method.Name.EndsWith("_", StringComparison.Ordinal) && FlowTypes.IsTorch(method);
}
