using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>
/// A symmetric contraction of one range of copies, several rows of an element at a time, which share its coefficients: four vectors, or two of dual numbers, which is what registers
/// hold. The gradient goes back through the same list: from the sums to their products and coefficients, then from products to those of fewer factors.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TNumber">The copies of a row, with derivatives in a direction where they have any.</typeparam>
internal unsafe partial struct ContractionBlockKernel<T, TNumber>
    where T : unmanaged, INumber<T>
    where TNumber : struct, ILaneNumber<TNumber, T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining, Optimize = MethodImplOptions.AggressiveOptimization;

    private readonly ContractionProgram _program;
    private readonly ContractionOrder _order;
    private readonly RowsByElement _rows;
    private readonly int _stride, _copy, _row;
    private readonly nint _derivatives;
    private readonly T* _products, _cotangents, _z, _g, _a, _ga;

    /// <param name="program">The contraction.</param>
    /// <param name="order">Its order.</param>
    /// <param name="rows">The rows of each element.</param>
    /// <param name="stride">Lanes of a component.</param>
    /// <param name="copy">First copy of the range.</param>
    public ContractionBlockKernel(ContractionProgram program, ContractionOrder order, RowsByElement rows, int stride, int copy)
    {
        (_program, _order, _rows, _stride, _copy, _row) = (program, order, rows, stride, copy, Vectors * TNumber.Lanes);
        int products = order.Places * _row, results = program.Results * _row, entries = Math.Max(1, order.Entries.Length) * TNumber.Copies;
        int size = (2 * products) + (2 * results) + (2 * entries);
        _products = Workspace.Get<T>(2L * size);
        _derivatives = size; // the derivative of each number lies that far behind it
        _cotangents = _products + products;
        _z = _cotangents + products;
        _g = _z + results;
        _a = _g + results;
        _ga = _a + entries;
        for (int i = 0; i < _row; i += TNumber.Lanes)
        {
            TNumber.Constant(T.One).Store(_products + i, _derivatives);
        }
    }

    /// <summary>Vectors at a time: what registers hold.</summary>
    private static int Vectors
    {
        [MethodImpl(Inline)]
        get => TNumber.HasDerivative ? 2 : 4;
    }

    /// <summary>Rows at a time.</summary>
    private static int Group => Vectors * TNumber.Lanes / TNumber.Copies;

    /// <summary>The components of the argument among the products.</summary>
    private readonly T* X => _products + _row;

    /// <summary>Their cotangents.</summary>
    private readonly T* Gx => _cotangents + _row;

    private static int Parts => TNumber.HasDerivative ? 2 : 1;

    /// <summary>z, or its derivative in the direction.</summary>
    public void Forward(Matrix2D<T> x, Matrix2D<T> ax, Matrix2D<T> coefficients, Matrix2D<T> aa, Matrix2D<T> z)
    {
        for (int element = 0; element < _rows.Starts.Length - 1; element++)
        {
            int end = _rows.Starts[element + 1];
            if (end > _rows.Starts[element])
            {
                Take(element, coefficients, aa);
            }

            for (int row = _rows.Starts[element]; row < end; row += Group)
            {
                Gather(x, ax, X, _program.Components, row, end);
                Clear(_z, _program.Results * _row);
                Multiply();
                Sum();
                Scatter(_z, z, _program.Results, row, end);
            }
        }
    }

    /// <summary>The cotangents of x and the coefficients, or their derivatives in the direction; ga may be missing.</summary>
    public void Gradient(
        Matrix2D<T> x, Matrix2D<T> ax, Matrix2D<T> coefficients, Matrix2D<T> aa, Matrix2D<T> g, Matrix2D<T> gx, Matrix2D<T> ga)
    {
        for (int element = 0; element < _rows.Starts.Length - 1; element++)
        {
            int end = _rows.Starts[element + 1];
            Take(element, coefficients, aa);
            Clear(_ga, _order.Entries.Length * TNumber.Copies);
            Clear(_cotangents, _order.Places * _row);
            for (int row = _rows.Starts[element]; row < end; row += Group)
            {
                Gather(x, ax, X, _program.Components, row, end);
                Gather(g, default, _g, _program.Results, row, end);
                Clear(_cotangents, (1 + _program.Components) * _row);
                Multiply();
                Reverse(!ga.IsNull);
                Distribute();
                Scatter(Gx, gx, _program.Components, row, end);
            }

            if (!ga.IsNull)
            {
                Give(element, ga);
            }
        }
    }

    /// <summary>The products of two factors and more.</summary>
    [MethodImpl(Optimize)]
    private readonly void Multiply()
    {
        T* products = _products, components = X, target = X + (_program.Components * _row);
        int lanes = TNumber.Lanes, row = _row;
        foreach (ref readonly var product in _order.Products.AsSpan())
        {
            T* parent = products + (product.Parent * row), x = components + (product.Component * row);
            (Load(parent) * Load(x)).Store(target, _derivatives);
            (Load(parent + lanes) * Load(x + lanes)).Store(target + lanes, _derivatives);
            if (Vectors == 4)
            {
                (Load(parent + (2 * lanes)) * Load(x + (2 * lanes))).Store(target + (2 * lanes), _derivatives);
                (Load(parent + (3 * lanes)) * Load(x + (3 * lanes))).Store(target + (3 * lanes), _derivatives);
            }

            target += row;
        }
    }

    private readonly void Sum()
    {
        if (TNumber.HasDerivative)
        {
            SumTwo();
        }
        else
        {
            SumFour();
        }
    }

    private readonly void Reverse(bool coefficients)
    {
        if (!TNumber.HasDerivative)
        {
            ReverseFour();
            return;
        }

        ReverseTwo();
        if (coefficients)
        {
            ReverseCoefficientsOfTwo();
        }
    }

    /// <summary>The cotangents of products to those of their factors, the longest first; they are zero after that.</summary>
    [MethodImpl(Optimize)]
    private readonly void Distribute()
    {
        var products = _order.Products;
        T* values = _products, cotangents = _cotangents, components = X, results = Gx;
        int lanes = TNumber.Lanes, row = _row;
        T* cotangent = results + ((_program.Components + products.Length) * row);
        for (int p = products.Length - 1; p >= 0;)
        {
            int parent = products[p].Parent;
            T* before = values + (parent * row), shared = cotangents + (parent * row);
            TNumber b0 = Load(before), b1 = Load(before + lanes), s0 = default, s1 = default;
            TNumber b2 = default, b3 = default, s2 = default, s3 = default;
            if (Vectors == 4)
            {
                b2 = Load(before + (2 * lanes));
                b3 = Load(before + (3 * lanes));
            }

            for (; p >= 0 && products[p].Parent == parent; p--)
            {
                cotangent -= row;
                int component = products[p].Component * row;
                T* x = components + component, gx = results + component;
                s0 = Distribute(cotangent, b0, s0, x, gx);
                s1 = Distribute(cotangent + lanes, b1, s1, x + lanes, gx + lanes);
                if (Vectors == 4)
                {
                    s2 = Distribute(cotangent + (2 * lanes), b2, s2, x + (2 * lanes), gx + (2 * lanes));
                    s3 = Distribute(cotangent + (3 * lanes), b3, s3, x + (3 * lanes), gx + (3 * lanes));
                }
            }

            Add(s0, shared);
            Add(s1, shared + lanes);
            if (Vectors == 4)
            {
                Add(s2, shared + (2 * lanes));
                Add(s3, shared + (3 * lanes));
            }
        }
    }

    /// <summary>The cotangent of a product of two factors to both.</summary>
    [MethodImpl(Inline)]
    private readonly TNumber Distribute(T* cotangent, TNumber before, TNumber shared, T* x, T* gx)
    {
        var c = Load(cotangent);
        default(TNumber).Store(cotangent, _derivatives);
        AddProduct(c, before, gx);
        return MultiplyAdd(c, x, shared);
    }

    [MethodImpl(Inline)]
    private readonly void Add(TNumber number, T* target) => (Load(target) + number).Store(target, _derivatives);

    /// <summary>target += left · right.</summary>
    [MethodImpl(Inline)]
    private readonly void AddProduct(TNumber left, T* right, T* target) => AddProduct(left, Load(right), target);

    [MethodImpl(Inline)]
    private readonly void AddProduct(TNumber left, TNumber right, T* target) => TNumber.MultiplyAdd(left, right, Load(target)).Store(target, _derivatives);

    [MethodImpl(Inline)]
    private readonly TNumber MultiplyAdd(TNumber left, T* right, TNumber addend) => TNumber.MultiplyAdd(left, Load(right), addend);

    [MethodImpl(Inline)]
    private readonly TNumber Load(T* source) => TNumber.Load(source, _derivatives);

    /// <summary>The coefficients of an element and a range of copies, side by side; zeros beyond the last copy.</summary>
    private readonly void Take(int element, Matrix2D<T> coefficients, Matrix2D<T> aa)
    {
        int count = Math.Min(TNumber.Copies, _program.Copies - _copy);
        for (int part = 0; part < Parts; part++)
        {
            T* source = (part == 0 ? coefficients : aa).Row(element) + _copy, target = _a + (part * _derivatives);
            foreach (int index in _order.Order)
            {
                Copy(source + ((long)index * _program.Copies), target, count);
                new Span<T>(target + count, TNumber.Copies - count).Clear();
                target += TNumber.Copies;
            }
        }
    }

    private readonly void Give(int element, Matrix2D<T> ga)
    {
        int count = Math.Min(TNumber.Copies, _program.Copies - _copy);
        T* source = _ga + ((Parts - 1) * _derivatives), target = ga.Row(element) + _copy;
        foreach (int index in _order.Order)
        {
            Copy(source, target + ((long)index * _program.Copies), count);
            source += TNumber.Copies;
        }
    }

    /// <summary>Several rows, component after component; rows beyond the last are zero, and so are derivatives that are missing.</summary>
    private readonly void Gather(Matrix2D<T> rows, Matrix2D<T> tangents, T* target, int components, int row, int end)
    {
        for (int part = 0; part < Parts; part++, target += _derivatives)
        {
            var source = part == 0 ? rows : tangents;
            for (int r = 0; r < Group; r++)
            {
                T* to = target + (r * TNumber.Copies);
                if (row + r < end && !source.IsNull)
                {
                    Copy(source.Row(row + r) + _copy, _stride, to, _row, components);
                    continue;
                }

                for (int i = 0; i < components; i++, to += _row)
                {
                    Lanes.Clear(to, TNumber.Copies);
                }
            }
        }
    }

    /// <summary>The results of several rows, or their derivatives.</summary>
    private readonly void Scatter(T* source, Matrix2D<T> rows, int components, int row, int end)
    {
        source += (Parts - 1) * _derivatives;
        for (int r = 0; r < Group && row + r < end; r++)
        {
            Copy(source + (r * TNumber.Copies), _row, rows.Row(row + r) + _copy, _stride, components);
        }
    }

    /// <summary>A range of copies of each component.</summary>
    [MethodImpl(Optimize)]
    private static void Copy(T* from, nint fromPitch, T* to, nint toPitch, int components)
    {
        for (int i = 0; i < components; i++, from += fromPitch, to += toPitch)
        {
            Copy(from, to);
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
    private static void Copy(T* from, T* to, int count)
    {
        if (count == TNumber.Copies)
        {
            Copy(from, to);
        }
        else
        {
            new Span<T>(from, count).CopyTo(new Span<T>(to, count));
        }
    }

    [MethodImpl(Inline)]
    private static void Copy(T* from, T* to)
    {
        for (int i = 0; i < TNumber.Copies; i += Vector<T>.Count)
        {
            Vector.Load(from + i).Store(to + i);
        }
    }
}
