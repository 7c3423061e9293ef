using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>
/// Non-temporal stores, which bypass the caches: for results larger than these, where an ordinary write would first read the memory that it replaces.
/// </summary>
internal static unsafe class NonTemporal
{
    private const long Large = 8 << 20;

    /// <summary>Whether a result is too large for the caches.</summary>
    public static bool IsWorth<T>(long numbers)
        where T : unmanaged => numbers * sizeof(T) >= Large;

    /// <summary>Copies a row.</summary>
    public static void Copy<T>(T* source, T* target, int count)
        where T : unmanaged, INumber<T>
    {
        int misaligned = (int)((nuint)target % (nuint)(Vector<T>.Count * sizeof(T))) / sizeof(T);
        int i = misaligned == 0 ? 0 : Math.Min(count, Vector<T>.Count - misaligned);
        new Span<T>(source, i).CopyTo(new Span<T>(target, i));
        for (; i <= count - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector.Load(source + i).StoreAlignedNonTemporal(target + i);
        }

        new Span<T>(source + i, count - i).CopyTo(new Span<T>(target + i, count - i));
    }
}
