using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace E3Gen.Kernels.Cpu;

/// <summary>
/// <see cref="Interleaving"/> in vectors of 512 bits. With as many copies as a vector has lanes, d components fill d vectors either way round, and each of the new vectors takes its lanes from
/// all of the old ones: d − 1 permutations of two vectors, whose tables stay in registers for all copies.
/// </summary>
internal static unsafe class WideInterleaving<T>
    where T : unmanaged, INumber<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private const int MostComponents = 13;
    private static readonly Vector512<T>[]?[] ToRowsTables = new Vector512<T>[MostComponents + 1][], ToLanesTables = new Vector512<T>[MostComponents + 1][];

    private static int Width => Vector512<T>.Count;

    /// <summary>ir_mul → mul_ir for as many copies as fill vectors.</summary>
    /// <param name="lanes">[components, stride].</param>
    /// <param name="stride">Numbers from one component to the next.</param>
    /// <param name="rows">[copies, components].</param>
    /// <param name="copies">Copies.</param>
    /// <param name="components">Components.</param>
    /// <param name="streams">Whether to write past the caches, where the alignment of the rows allows it.</param>
    /// <returns>Copies that are done.</returns>
    public static int ToRows(T* lanes, int stride, T* rows, int copies, int components, bool streams)
    {
        if (!Takes(copies, components))
        {
            return 0;
        }

        var table = ToRowsTables[components] ??= ToRowsTable(components);
        bool aligned = streams && (nuint)rows % (nuint)sizeof(Vector512<T>) == 0;
        return Permute(lanes, stride, Width, rows, Width, components * Width, copies / Width, components, table, aligned);
    }

    /// <summary>mul_ir → ir_mul for as many copies as fill vectors.</summary>
    /// <param name="rows">[copies, components].</param>
    /// <param name="lanes">[components, stride].</param>
    /// <param name="stride">Numbers from one component to the next.</param>
    /// <param name="copies">Copies.</param>
    /// <param name="components">Components.</param>
    /// <returns>Copies that are done.</returns>
    public static int ToLanes(T* rows, T* lanes, int stride, int copies, int components)
    {
        if (!Takes(copies, components))
        {
            return 0;
        }

        var table = ToLanesTables[components] ??= ToLanesTable(components);
        return Permute(rows, Width, components * Width, lanes, stride, Width, copies / Width, components, table, streams: false);
    }

    private static bool Takes(int copies, int components) => Avx512F.IsSupported && copies >= Width && components <= MostComponents;

    private static Vector512<T>[] ToRowsTable(int components) =>
        Table(components, (made, lane) => (((Width * made) + lane) % components, ((Width * made) + lane) / components));

    private static Vector512<T>[] ToLanesTable(int components) =>
        Table(components, (made, lane) => (((lane * components) + made) / Width, ((lane * components) + made) % Width));

    /// <summary>For each new vector and each old one but the first, which lanes to take: this old one's, or those of the ones before, which are together in one by then.</summary>
    /// <param name="components">Number of vectors.</param>
    /// <param name="origin">(new vector, lane) → (old vector, lane).</param>
    private static Vector512<T>[] Table(int components, Func<int, int, (int Vector, int Lane)> origin)
    {
        int Chosen(int made, int old, int lane)
        {
            var (vector, place) = origin(made, lane);
            return vector == old ? Width + place : old == 1 && vector == 0 ? place : lane;
        }

        return
        [
            .. Enumerable.Range(0, components).SelectMany(made => Enumerable.Range(1, components - 1).Select(old =>
                Indices([.. Enumerable.Range(0, Width).Select(lane => Chosen(made, old, lane))]))),
        ];
    }

    private static Vector512<T> Indices(int[] lanes) => typeof(T) == typeof(float)
        ? Vector512.Create(lanes).As<int, T>()
        : Vector512.Create([.. lanes.Select(l => (long)l)]).As<long, T>();

    private static int Permute(
        T* source, nint sourceStride, nint sourceStep, T* target, nint targetStride, nint targetStep, int blocks, int components, Vector512<T>[] table, bool streams)
    {
        switch (components)
        {
            case 3:
                Permute3(source, sourceStride, sourceStep, target, targetStride, targetStep, blocks, ref table[0], streams);
                break;
            case 5:
                Permute5(source, sourceStride, sourceStep, target, targetStride, targetStep, blocks, ref table[0], streams);
                break;
            default:
                PermuteAny(source, sourceStride, sourceStep, target, targetStride, targetStep, blocks, components, ref table[0], streams);
                break;
        }

        return blocks * Width;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Permute3(T* source, nint sourceStride, nint sourceStep, T* target, nint targetStride, nint targetStep, int blocks, ref Vector512<T> table, bool streams)
    {
        var (a1, a2) = (table, Unsafe.Add(ref table, 1));
        var (b1, b2) = (Unsafe.Add(ref table, 2), Unsafe.Add(ref table, 3));
        var (c1, c2) = (Unsafe.Add(ref table, 4), Unsafe.Add(ref table, 5));
        for (; blocks > 0; blocks--, source += sourceStep, target += targetStep)
        {
            var (v0, v1, v2) = (Vector512.Load(source), Vector512.Load(source + sourceStride), Vector512.Load(source + (2 * sourceStride)));
            Put(Choose(Choose(v0, a1, v1), a2, v2), target, streams);
            Put(Choose(Choose(v0, b1, v1), b2, v2), target + targetStride, streams);
            Put(Choose(Choose(v0, c1, v1), c2, v2), target + (2 * targetStride), streams);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Permute5(T* source, nint sourceStride, nint sourceStep, T* target, nint targetStride, nint targetStep, int blocks, ref Vector512<T> table, bool streams)
    {
        var (a1, a2, a3, a4) = (At(ref table, 0), At(ref table, 1), At(ref table, 2), At(ref table, 3));
        var (b1, b2, b3, b4) = (At(ref table, 4), At(ref table, 5), At(ref table, 6), At(ref table, 7));
        var (c1, c2, c3, c4) = (At(ref table, 8), At(ref table, 9), At(ref table, 10), At(ref table, 11));
        var (d1, d2, d3, d4) = (At(ref table, 12), At(ref table, 13), At(ref table, 14), At(ref table, 15));
        var (e1, e2, e3, e4) = (At(ref table, 16), At(ref table, 17), At(ref table, 18), At(ref table, 19));
        for (; blocks > 0; blocks--, source += sourceStep, target += targetStep)
        {
            var (v0, v1, v2) = (Vector512.Load(source), Vector512.Load(source + sourceStride), Vector512.Load(source + (2 * sourceStride)));
            var (v3, v4) = (Vector512.Load(source + (3 * sourceStride)), Vector512.Load(source + (4 * sourceStride)));
            Put(Choose(Choose(Choose(Choose(v0, a1, v1), a2, v2), a3, v3), a4, v4), target, streams);
            Put(Choose(Choose(Choose(Choose(v0, b1, v1), b2, v2), b3, v3), b4, v4), target + targetStride, streams);
            Put(Choose(Choose(Choose(Choose(v0, c1, v1), c2, v2), c3, v3), c4, v4), target + (2 * targetStride), streams);
            Put(Choose(Choose(Choose(Choose(v0, d1, v1), d2, v2), d3, v3), d4, v4), target + (3 * targetStride), streams);
            Put(Choose(Choose(Choose(Choose(v0, e1, v1), e2, v2), e3, v3), e4, v4), target + (4 * targetStride), streams);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PermuteAny(
        T* source, nint sourceStride, nint sourceStep, T* target, nint targetStride, nint targetStep, int blocks, int components, ref Vector512<T> table, bool streams)
    {
        for (; blocks > 0; blocks--, source += sourceStep, target += targetStep)
        {
            ref var chosen = ref table;
            for (int made = 0; made < components; made++)
            {
                var v = Vector512.Load(source);
                for (int old = 1; old < components; old++)
                {
                    v = Choose(v, chosen, Vector512.Load(source + (old * sourceStride)));
                    chosen = ref Unsafe.Add(ref chosen, 1);
                }

                Put(v, target + (made * targetStride), streams);
            }
        }
    }

    [MethodImpl(Inline)]
    private static Vector512<T> At(ref Vector512<T> table, int index) => Unsafe.Add(ref table, index);

    [MethodImpl(Inline)]
    private static Vector512<T> Choose(Vector512<T> lower, Vector512<T> table, Vector512<T> upper) => typeof(T) == typeof(float)
        ? Avx512F.PermuteVar16x32x2(lower.AsSingle(), table.AsInt32(), upper.AsSingle()).As<float, T>()
        : Avx512F.PermuteVar8x64x2(lower.AsDouble(), table.AsInt64(), upper.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    private static void Put(Vector512<T> vector, T* target, bool streams)
    {
        if (streams)
        {
            vector.StoreAlignedNonTemporal(target);
        }
        else
        {
            vector.Store(target);
        }
    }
}
