using System.Numerics;
using System.Runtime.Intrinsics;

namespace E3Gen.Kernels.Cpu;

/// <summary>What <see cref="WideInterleaving{T}"/> needs to know of a number of components d. Copy u of component i is number d u + i of w copies, of which w make a vector.</summary>
internal sealed class WideInterleavingTable<T>
    where T : unmanaged, INumber<T>
{
    /// <param name="components">d, odd.</param>
    public WideInterleavingTable(int components)
    {
        int width = Vector512<T>.Count, shift = width % components;
        Masks = [.. Enumerable.Range(0, components).Select(r => Lanes(p => p % components == r ? -1 : 0))];
        ToLanes = [.. Enumerable.Range(0, components).Select(i => Lanes(u => ((u * components) + i) % width))];
        ToRows = [.. Enumerable.Range(0, components).Select(i => Lanes(p => Enumerable.Range(0, width).First(u => ((u * components) + i) % width == p)))];
        Places = new int[components];
        for (int q = 0; q < components; q++)
        {
            Places[q * shift % components] = q * width;
        }
    }

    /// <summary>For each remainder r: all bits of the lanes p with p mod d = r.</summary>
    public Vector512<T>[] Masks { get; }

    /// <summary>For each component: the lane in which each of its copies lies.</summary>
    public Vector512<T>[] ToLanes { get; }

    /// <summary>For each component: the copy that lies in each lane.</summary>
    public Vector512<T>[] ToRows { get; }

    /// <summary>Where the vector begins whose first lane has component i.</summary>
    public int[] Places { get; }

    private static Vector512<T> Lanes(Func<int, int> value)
    {
        var values = Enumerable.Range(0, Vector512<T>.Count).Select(value);
        return typeof(T) == typeof(float) ? Vector512.Create([.. values]).As<int, T>() : Vector512.Create([.. values.Select(v => (long)v)]).As<long, T>();
    }
}
