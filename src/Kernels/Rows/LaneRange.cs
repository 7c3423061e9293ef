using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>Lanes for one kind of loop: most of a component in the widest packs, the rest in narrower ones.</summary>
/// <param name="Kernel">The loops.</param>
/// <param name="From">First lane.</param>
/// <param name="To">End of the lanes.</param>
internal readonly record struct LaneRange<T>(CouplingKernel<T> Kernel, int From, int To)
    where T : unmanaged, INumber<T>
{
    /// <summary>
    /// Whether the processor computes in vectors of 512 bits where <see cref="Vector{T}"/> is 256:
    /// 1.5 times as fast as pairs of those (Zen 5).
    /// </summary>
    public static bool IsWide => Vector512Number<T>.IsSupported && 2 * Vector<T>.Count == Vector512Number<T>.Lanes;

    /// <summary>
    /// Lanes for this many copies: whole vectors, and wide ones for more than a vector. If components did not start at a cache
    /// line, half of the wide loads would touch two, which costs more than the padding.
    /// </summary>
    public static int Stride(int copies)
    {
        int lanes = IsWide && copies > Vector<T>.Count ? Vector512Number<T>.Lanes : Vector<T>.Count;
        return (copies + lanes - 1) / lanes * lanes;
    }

    /// <summary>For z, and for the cotangents of x and w.</summary>
    public static IEnumerable<LaneRange<T>> ForProducts(Coupling coupling, int lanes) => IsWide
        ? Split(lanes, (Vector512PairPack<T>.Count, coupling.Kernel<T, Vector512PairPack<T>>), (Vector512Pack<T>.Count, coupling.Kernel<T, Vector512Pack<T>>),
            (VectorPack<T>.Count, coupling.Kernel<T, VectorPack<T>>))
        : Split(lanes, (VectorPairPack<T>.Count, coupling.Kernel<T, VectorPairPack<T>>), (VectorPack<T>.Count, coupling.Kernel<T, VectorPack<T>>));

    /// <summary>For the cotangent of y, whose loops keep many sums: pairs would exceed the registers.</summary>
    public static IEnumerable<LaneRange<T>> ForGradientY(Coupling coupling, int lanes) => IsWide
        ? Split(lanes, (Vector512Pack<T>.Count, coupling.Kernel<T, Vector512Pack<T>>), (VectorPack<T>.Count, coupling.Kernel<T, VectorPack<T>>))
        : Split(lanes, (VectorPack<T>.Count, coupling.Kernel<T, VectorPack<T>>));

    private static IEnumerable<LaneRange<T>> Split(int lanes, params (nint Count, Func<CouplingKernel<T>> Kernel)[] packs)
    {
        int from = 0;
        foreach (var (count, kernel) in packs)
        {
            int to = from + ((lanes - from) / (int)count * (int)count);
            if (to > from)
            {
                yield return new LaneRange<T>(kernel(), from, to);
            }

            from = to;
        }
    }
}
