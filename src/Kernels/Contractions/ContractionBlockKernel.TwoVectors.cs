using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <content>Two vectors at a time, of dual numbers: with four, their sums do not fit into registers (measured: one and a half times as long).</content>
internal unsafe partial struct ContractionBlockKernel<T, TNumber>
{
    /// <summary>z += x[last] Σ A · product. Two terms are summed apart, so that no sum waits for the one before.</summary>
    [MethodImpl(Optimize)]
    private readonly void SumTwo()
    {
        int lanes = TNumber.Lanes, copies = TNumber.Copies, row = _row;
        T* a = _a, products = _products;
        fixed (int* entries = _order.Entries)
        {
            int* entry = entries;
            foreach (ref readonly var group in _order.Groups.AsSpan())
            {
                TNumber s0 = default, s1 = default, t0 = default, t1 = default;
                int left = group.Count;
                for (; left >= 2; left -= 2, entry += 2, a += 2 * copies)
                {
                    T* p = products + (entry[0] * row), q = products + (entry[1] * row);
                    TNumber first = TNumber.LoadShared(a, _derivatives), second = TNumber.LoadShared(a + copies, _derivatives);
                    s0 = MultiplyAdd(first, p, s0);
                    s1 = MultiplyAdd(first, p + lanes, s1);
                    t0 = MultiplyAdd(second, q, t0);
                    t1 = MultiplyAdd(second, q + lanes, t1);
                }

                if (left > 0)
                {
                    T* p = products + (*entry++ * row);
                    var first = TNumber.LoadShared(a, _derivatives);
                    a += copies;
                    s0 = MultiplyAdd(first, p, s0);
                    s1 = MultiplyAdd(first, p + lanes, s1);
                }

                T* x = X + (group.Component * _row), z = _z + (group.Row * _row);
                AddProduct(s0 + t0, x, z);
                AddProduct(s1 + t1, x + lanes, z + lanes);
            }
        }
    }

    /// <summary>The cotangents that g gives the products and, as last factors, the components.</summary>
    [MethodImpl(Optimize)]
    private readonly void ReverseTwo()
    {
        int lanes = TNumber.Lanes, copies = TNumber.Copies, row = _row;
        nint cotangents = (nint)(_cotangents - _products);
        T* a = _a, products = _products;
        fixed (int* entries = _order.Entries)
        {
            int* entry = entries;
            foreach (ref readonly var group in _order.Groups.AsSpan())
            {
                T* x = X + (group.Component * _row), gx = Gx + (group.Component * _row), g = _g + (group.Row * _row);
                TNumber c0 = Load(g) * Load(x), c1 = Load(g + lanes) * Load(x + lanes), t0 = default, t1 = default;
                for (int left = group.Count; left > 0; left--, entry++, a += copies)
                {
                    T* product = products + (*entry * row), cotangent = product + cotangents;
                    var first = TNumber.LoadShared(a, _derivatives);
                    t0 = MultiplyAdd(first, product, t0);
                    t1 = MultiplyAdd(first, product + lanes, t1);
                    AddProduct(c0, first, cotangent);
                    AddProduct(c1, first, cotangent + lanes);
                }

                AddProduct(t0, g, gx);
                AddProduct(t1, g + lanes, gx + lanes);
            }
        }
    }

    /// <summary>Adds the cotangents that g gives the coefficients.</summary>
    [MethodImpl(Optimize)]
    private readonly void ReverseCoefficientsOfTwo()
    {
        int lanes = TNumber.Lanes, copies = TNumber.Copies, row = _row;
        T* ga = _ga, products = _products;
        fixed (int* entries = _order.Entries)
        {
            int* entry = entries;
            foreach (ref readonly var group in _order.Groups.AsSpan())
            {
                T* x = X + (group.Component * _row), g = _g + (group.Row * _row);
                TNumber c0 = Load(g) * Load(x), c1 = Load(g + lanes) * Load(x + lanes);
                for (int left = group.Count; left > 0; left--, entry++, ga += copies)
                {
                    T* product = products + (*entry * row);
                    MultiplyAdd(c0, product, c1 * Load(product + lanes)).AddShared(ga, _derivatives);
                }
            }
        }
    }
}
