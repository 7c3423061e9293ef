using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels.Cpu;

/// <summary>
/// A symmetric contraction of one range of copies, four rows of an element at a time. Products of components are built one factor after the other on a
/// stack; the gradient goes the same way and, as it leaves a product, hands its cotangent to the product before and to the last factor.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TNumber">The copies of a row, with derivatives in a direction where they have any.</typeparam>
internal unsafe struct ContractionBlockKernel<T, TNumber>
    where T : unmanaged, INumber<T>
    where TNumber : struct, ILaneNumber<TNumber, T>
{
    private const int Group = 4, Deepest = 5;
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining, Optimize = MethodImplOptions.AggressiveOptimization;

    private readonly ContractionPaths _paths;
    private readonly ContractionProgram _program;
    private readonly RowsByElement _rows;
    private readonly int _stride, _copy, _row;
    private readonly nint _derivatives;
    private readonly T* _x, _z, _g, _gx, _product, _cotangent, _a, _ga;

    /// <param name="paths">The contraction.</param>
    /// <param name="program">Its order.</param>
    /// <param name="rows">The rows of each element.</param>
    /// <param name="stride">Lanes of a component.</param>
    /// <param name="copy">First copy of the range.</param>
    public ContractionBlockKernel(ContractionPaths paths, ContractionProgram program, RowsByElement rows, int stride, int copy)
    {
        (_paths, _program, _rows, _stride, _copy, _row) = (paths, program, rows, stride, copy, Group * TNumber.Lanes);
        int components = paths.Components * _row, results = paths.Results * _row, stack = Deepest * _row, entries = Math.Max(1, program.Entries) * TNumber.Lanes;
        int size = (2 * components) + (2 * results) + (2 * stack) + (2 * entries);
        T* memory = Workspace.Get<T>(2L * size);
        _derivatives = size; // the derivative of each number lies that far behind it
        _x = memory;
        _gx = _x + components;
        _z = _gx + components;
        _g = _z + results;
        _product = _g + results;
        _cotangent = _product + stack;
        _a = _cotangent + stack;
        _ga = _a + entries;
    }

    private static int Parts => TNumber.HasDerivative ? 2 : 1;

    /// <summary>z, or its derivative in the direction.</summary>
    public void Forward(Matrix2D<T> x, Matrix2D<T> ax, Matrix2D<T> coefficients, Matrix2D<T> aa, Matrix2D<T> z)
    {
        for (int element = 0; element < _paths.Elements; element++)
        {
            int end = _rows.Starts[element + 1];
            if (end > _rows.Starts[element])
            {
                Take(element, coefficients, aa);
            }

            for (int row = _rows.Starts[element]; row < end; row += Group)
            {
                Gather(x, ax, _x, _paths.Components, row, end);
                Clear(_z, _paths.Results * _row);
                Evaluate();
                Scatter(_z, z, _paths.Results, row, end);
            }
        }
    }

    /// <summary>The cotangents of x and the coefficients, or their derivatives in the direction; ga may be missing.</summary>
    public void Gradient(
        Matrix2D<T> x, Matrix2D<T> ax, Matrix2D<T> coefficients, Matrix2D<T> aa, Matrix2D<T> g, Matrix2D<T> gx, Matrix2D<T> ga)
    {
        for (int element = 0; element < _paths.Elements; element++)
        {
            int end = _rows.Starts[element + 1];
            Take(element, coefficients, aa);
            Clear(_ga, _program.Entries * TNumber.Lanes);
            for (int row = _rows.Starts[element]; row < end; row += Group)
            {
                Gather(x, ax, _x, _paths.Components, row, end);
                Gather(g, default, _g, _paths.Results, row, end);
                Clear(_gx, _paths.Components * _row);
                Reverse();
                Scatter(_gx, gx, _paths.Components, row, end);
            }

            if (!ga.IsNull)
            {
                Give(element, ga);
            }
        }
    }

    /// <summary>z += Σ A · x[i1] … x[iν].</summary>
    [MethodImpl(Optimize)]
    private void Evaluate()
    {
        int lanes = TNumber.Lanes;
        fixed (ContractionProgram.Entry* entries = _program.ProductEntries)
        {
            foreach (ref readonly var product in _program.Products.AsSpan())
            {
                Multiply(product, out TNumber p0, out TNumber p1, out TNumber p2, out TNumber p3);
                var last = entries + product.First + product.Count;
                for (var entry = entries + product.First; entry < last; entry++)
                {
                    var a = Load(_a + (entry->Index * lanes));
                    T* z = _z + (entry->Row * _row);
                    TNumber.MultiplyAdd(a, p0, Load(z)).Store(z, _derivatives);
                    TNumber.MultiplyAdd(a, p1, Load(z + lanes)).Store(z + lanes, _derivatives);
                    TNumber.MultiplyAdd(a, p2, Load(z + (2 * lanes))).Store(z + (2 * lanes), _derivatives);
                    TNumber.MultiplyAdd(a, p3, Load(z + (3 * lanes))).Store(z + (3 * lanes), _derivatives);
                }
            }
        }
    }

    /// <summary>The cotangents that g gives the components and the coefficients.</summary>
    [MethodImpl(Optimize)]
    private void Reverse()
    {
        int lanes = TNumber.Lanes, depth = 0;
        int* path = stackalloc int[Deepest];
        fixed (ContractionProgram.Entry* entries = _program.ProductEntries)
        {
            foreach (ref readonly var product in _program.Products.AsSpan())
            {
                for (; depth >= product.Depth; depth--)
                {
                    Leave(depth, path[depth]);
                }

                Multiply(product, out TNumber p0, out TNumber p1, out TNumber p2, out TNumber p3);
                TNumber c0 = default, c1 = default, c2 = default, c3 = default;
                var last = entries + product.First + product.Count;
                for (var entry = entries + product.First; entry < last; entry++)
                {
                    T* at = _a + (entry->Index * lanes), gat = _ga + (entry->Index * lanes), g = _g + (entry->Row * _row);
                    TNumber a = Load(at), g0 = Load(g), g1 = Load(g + lanes), g2 = Load(g + (2 * lanes)), g3 = Load(g + (3 * lanes));
                    c0 = TNumber.MultiplyAdd(a, g0, c0);
                    c1 = TNumber.MultiplyAdd(a, g1, c1);
                    c2 = TNumber.MultiplyAdd(a, g2, c2);
                    c3 = TNumber.MultiplyAdd(a, g3, c3);
                    var sum = TNumber.MultiplyAdd(g0, p0, TNumber.MultiplyAdd(g1, p1, Load(gat)));
                    (sum + TNumber.MultiplyAdd(g2, p2, g3 * p3)).Store(gat, _derivatives);
                }

                T* cotangent = _cotangent + (product.Depth * _row);
                c0.Store(cotangent, _derivatives);
                c1.Store(cotangent + lanes, _derivatives);
                c2.Store(cotangent + (2 * lanes), _derivatives);
                c3.Store(cotangent + (3 * lanes), _derivatives);
                depth = product.Depth;
                path[depth] = product.Component;
            }

            for (; depth >= 1; depth--)
            {
                Leave(depth, path[depth]);
            }
        }
    }

    /// <summary>A product of one factor more, for four rows; it is left on the stack.</summary>
    [MethodImpl(Inline)]
    private readonly void Multiply(in ContractionProgram.Product product, out TNumber p0, out TNumber p1, out TNumber p2, out TNumber p3)
    {
        int lanes = TNumber.Lanes;
        T* x = _x + (product.Component * _row), target = _product + (product.Depth * _row), before = target - _row;
        (p0, p1, p2, p3) = (Load(x), Load(x + lanes), Load(x + (2 * lanes)), Load(x + (3 * lanes)));
        if (product.Depth > 1)
        {
            p0 *= Load(before);
            p1 *= Load(before + lanes);
            p2 *= Load(before + (2 * lanes));
            p3 *= Load(before + (3 * lanes));
        }

        p0.Store(target, _derivatives);
        p1.Store(target + lanes, _derivatives);
        p2.Store(target + (2 * lanes), _derivatives);
        p3.Store(target + (3 * lanes), _derivatives);
    }

    /// <summary>All that continues a product is done: its cotangent goes to the product before it and to its last factor.</summary>
    [MethodImpl(Inline)]
    private readonly void Leave(int depth, int component)
    {
        int lanes = TNumber.Lanes;
        T* cotangent = _cotangent + (depth * _row), before = _product + ((depth - 1) * _row), x = _x + (component * _row), gx = _gx + (component * _row);
        for (int i = 0; i < _row; i += lanes)
        {
            var c = Load(cotangent + i);
            if (depth == 1)
            {
                (Load(gx + i) + c).Store(gx + i, _derivatives);
                continue;
            }

            TNumber.MultiplyAdd(c, Load(before + i), Load(gx + i)).Store(gx + i, _derivatives);
            T* shared = cotangent - _row + i;
            TNumber.MultiplyAdd(c, Load(x + i), Load(shared)).Store(shared, _derivatives);
        }
    }

    [MethodImpl(Inline)]
    private readonly TNumber Load(T* source) => TNumber.Load(source, _derivatives);

    /// <summary>The coefficients of an element and a range of copies, side by side; zeros beyond the last copy.</summary>
    private readonly void Take(int element, Matrix2D<T> coefficients, Matrix2D<T> aa)
    {
        int count = Math.Min(TNumber.Lanes, _paths.Copies - _copy);
        for (int part = 0; part < Parts; part++)
        {
            T* source = (part == 0 ? coefficients : aa).Row(element) + _copy, target = _a + (part * _derivatives);
            for (int entry = 0; entry < _program.Entries; entry++, source += _paths.Copies, target += TNumber.Lanes)
            {
                new Span<T>(source, count).CopyTo(new Span<T>(target, count));
                new Span<T>(target + count, TNumber.Lanes - count).Clear();
            }
        }
    }

    private readonly void Give(int element, Matrix2D<T> ga)
    {
        int count = Math.Min(TNumber.Lanes, _paths.Copies - _copy);
        T* source = _ga + ((Parts - 1) * _derivatives), target = ga.Row(element) + _copy;
        for (int entry = 0; entry < _program.Entries; entry++, source += TNumber.Lanes, target += _paths.Copies)
        {
            new Span<T>(source, count).CopyTo(new Span<T>(target, count));
        }
    }

    /// <summary>Four rows, component after component; rows beyond the last are zero, and so are derivatives that are missing.</summary>
    private readonly void Gather(Matrix2D<T> rows, Matrix2D<T> tangents, T* target, int components, int row, int end)
    {
        int lanes = TNumber.Lanes;
        for (int part = 0; part < Parts; part++, target += _derivatives)
        {
            var source = part == 0 ? rows : tangents;
            for (int r = 0; r < Group; r++)
            {
                if (row + r >= end || source.IsNull)
                {
                    for (int i = 0; i < components; i++)
                    {
                        Lanes.Clear(target + (i * _row) + (r * lanes), lanes);
                    }

                    continue;
                }

                T* from = source.Row(row + r) + _copy;
                for (int i = 0; i < components; i++)
                {
                    Copy(from + (i * _stride), target + (i * _row) + (r * lanes));
                }
            }
        }
    }

    /// <summary>The results of four rows, or their derivatives.</summary>
    private readonly void Scatter(T* source, Matrix2D<T> rows, int components, int row, int end)
    {
        int lanes = TNumber.Lanes;
        source += (Parts - 1) * _derivatives;
        for (int r = 0; r < Group && row + r < end; r++)
        {
            T* to = rows.Row(row + r) + _copy;
            for (int i = 0; i < components; i++)
            {
                Copy(source + (i * _row) + (r * lanes), to + (i * _stride));
            }
        }
    }

    private readonly void Clear(T* numbers, int count)
    {
        for (int part = 0; part < Parts; part++)
        {
            new Span<T>(numbers + (part * _derivatives), count).Clear();
        }
    }

    [MethodImpl(Inline)]
    private static void Copy(T* from, T* to)
    {
        for (int i = 0; i < TNumber.Lanes; i += Vector<T>.Count)
        {
            Vector.Load(from + i).Store(to + i);
        }
    }
}
