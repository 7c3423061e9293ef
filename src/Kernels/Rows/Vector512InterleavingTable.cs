using System.Numerics;
using System.Runtime.Intrinsics;

namespace E3Gen.Kernels;

/// <summary>
/// The constants of <see cref="Vector512Interleaving{T}"/> for a number of components d.
/// Copy u of component i is number d u + i of w copies, of which w make a vector.
/// </summary>
internal sealed class Vector512InterleavingTable<T>
    where T : unmanaged, INumber<T>
{
    private static readonly Vector512InterleavingTable<T>?[] Made = new Vector512InterleavingTable<T>[8];

    private Vector512InterleavingTable(int components)
    {
        Components = components;
        int width = Vector512<T>.Count, shift = width % components;
        Masks = [.. Enumerable.Range(0, components).Select(r => Lanes(p => p % components == r ? -1 : 0))];
        ToLanes = [.. Enumerable.Range(0, components).Select(i => Lanes(u => ((u * components) + i) % width))];
        ToRows = [.. Enumerable.Range(0, components)
            .Select(i => Lanes(p => Enumerable.Range(0, width).First(u => ((u * components) + i) % width == p)))];
        Places = new int[components];
        for (int q = 0; q < components; q++)
        {
            Places[q * shift % components] = q * width;
        }
    }

    /// <summary>d, odd.</summary>
    public int Components { get; }

    /// <summary>For each remainder r: all bits of the lanes p with p mod d = r.</summary>
    public Vector512<T>[] Masks { get; }

    /// <summary>For each component: the lane in which each of its copies lies.</summary>
    public Vector512<T>[] ToLanes { get; }

    /// <summary>For each component: the copy that lies in each lane.</summary>
    public Vector512<T>[] ToRows { get; }

    /// <summary>Where the vector begins whose first lane has component i.</summary>
    public int[] Places { get; }

    /// <summary>
    /// The table for some copies of so many components; null where there is none: on other processors, for fewer copies than a vector has
    /// lanes, and for nine components and more, whose loops would not fit the registers; blocks of four by four are as fast then.
    /// </summary>
    public static Vector512InterleavingTable<T>? For(int copies, int components) =>
        Vector512Number<T>.IsSupported && copies >= Vector512Number<T>.Lanes && components is (3 or 5 or 7) ? Made[components] ??= new(components) : null;

    private static Vector512<T> Lanes(Func<int, int> value)
    {
        var values = Enumerable.Range(0, Vector512<T>.Count).Select(value);
        return typeof(T) == typeof(float)
            ? Vector512.Create([.. values]).As<int, T>()
            : Vector512.Create([.. values.Select(v => (long)v)]).As<long, T>();
    }
}
