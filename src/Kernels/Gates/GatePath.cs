using System.ComponentModel;

namespace E3Gen.Kernels;

/// <summary>
/// Scalars that are activated, <c>z[u] = f(x[u])</c>, or that gate a segment, <c>z[i,u] = f(x[u]) x'[i,u]</c>.
/// </summary>
/// <param name="Function">f, with the constant that gives it unit second moment.</param>
/// <param name="Column">First column of the scalars.</param>
/// <param name="Copies">Copies u.</param>
/// <param name="Result">First column of the result.</param>
/// <param name="Segment">First column of the segment; −1 for none.</param>
/// <param name="L">The segment's degree.</param>
/// <param name="Pitch">In ir_mul, columns from one of the segment's components to the next; 0 for as many as there are copies.</param>
/// <param name="IsScaled">Whether the constant stands in front of f; e3nn's <c>Activation</c> leaves it out where it has no function.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct GatePath(
    ActivationFunction Function, int Column, int Copies, int Result, int Segment = -1, int L = 0, int Pitch = 0, bool IsScaled = true);
