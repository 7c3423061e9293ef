using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <content>Four vectors at a time.</content>
internal unsafe partial struct ContractionBlockKernel<T, TNumber>
{
    /// <summary>z += x[last] Σ A · product. Two terms are summed apart, so that no sum waits for the one before.</summary>
    [MethodImpl(Optimize)]
    private readonly void SumFour()
    {
        int lanes = TNumber.Lanes, copies = TNumber.Copies, row = _row;
        T* a = _a, products = _products;
        fixed (int* entries = _order.Entries)
        {
            int* entry = entries;
            foreach (ref readonly var group in _order.Groups.AsSpan())
            {
                TNumber s0 = default, s1 = default, s2 = default, s3 = default, t0 = default, t1 = default, t2 = default, t3 = default;
                int left = group.Count;
                for (; left >= 2; left -= 2, entry += 2, a += 2 * copies)
                {
                    T* p = products + (entry[0] * row), q = products + (entry[1] * row);
                    TNumber first = TNumber.LoadShared(a, _derivatives), second = TNumber.LoadShared(a + copies, _derivatives);
                    s0 = MultiplyAdd(first, p, s0);
                    s1 = MultiplyAdd(first, p + lanes, s1);
                    s2 = MultiplyAdd(first, p + (2 * lanes), s2);
                    s3 = MultiplyAdd(first, p + (3 * lanes), s3);
                    t0 = MultiplyAdd(second, q, t0);
                    t1 = MultiplyAdd(second, q + lanes, t1);
                    t2 = MultiplyAdd(second, q + (2 * lanes), t2);
                    t3 = MultiplyAdd(second, q + (3 * lanes), t3);
                }

                if (left > 0)
                {
                    T* p = products + (*entry++ * row);
                    var first = TNumber.LoadShared(a, _derivatives);
                    a += copies;
                    s0 = MultiplyAdd(first, p, s0);
                    s1 = MultiplyAdd(first, p + lanes, s1);
                    s2 = MultiplyAdd(first, p + (2 * lanes), s2);
                    s3 = MultiplyAdd(first, p + (3 * lanes), s3);
                }

                T* x = X + (group.Component * _row), z = _z + (group.Row * _row);
                AddProduct(s0 + t0, x, z);
                AddProduct(s1 + t1, x + lanes, z + lanes);
                AddProduct(s2 + t2, x + (2 * lanes), z + (2 * lanes));
                AddProduct(s3 + t3, x + (3 * lanes), z + (3 * lanes));
            }
        }
    }

    /// <summary>The cotangents that g gives the components and the coefficients.</summary>
    [MethodImpl(Optimize)]
    private readonly void ReverseFour()
    {
        int lanes = TNumber.Lanes, copies = TNumber.Copies, row = _row;
        nint cotangents = (nint)(_cotangents - _products);
        T* a = _a, ga = _ga, products = _products;
        fixed (int* entries = _order.Entries)
        {
            int* entry = entries;
            foreach (ref readonly var group in _order.Groups.AsSpan())
            {
                T* x = X + (group.Component * _row), gx = Gx + (group.Component * _row), g = _g + (group.Row * _row);
                TNumber c0 = Load(g) * Load(x), c1 = Load(g + lanes) * Load(x + lanes);
                TNumber c2 = Load(g + (2 * lanes)) * Load(x + (2 * lanes)), c3 = Load(g + (3 * lanes)) * Load(x + (3 * lanes));
                TNumber t0 = default, t1 = default, t2 = default, t3 = default;
                for (int left = group.Count; left > 0; left--, entry++, a += copies, ga += copies)
                {
                    T* product = products + (*entry * row), cotangent = product + cotangents;
                    TNumber first = TNumber.LoadShared(a, _derivatives), p0 = Load(product), p1 = Load(product + lanes), p2 = Load(product + (2 * lanes)), p3 = Load(product + (3 * lanes));
                    t0 = TNumber.MultiplyAdd(first, p0, t0);
                    t1 = TNumber.MultiplyAdd(first, p1, t1);
                    t2 = TNumber.MultiplyAdd(first, p2, t2);
                    t3 = TNumber.MultiplyAdd(first, p3, t3);
                    TNumber.MultiplyAdd(first, c0, Load(cotangent)).Store(cotangent, _derivatives);
                    TNumber.MultiplyAdd(first, c1, Load(cotangent + lanes)).Store(cotangent + lanes, _derivatives);
                    TNumber.MultiplyAdd(first, c2, Load(cotangent + (2 * lanes))).Store(cotangent + (2 * lanes), _derivatives);
                    TNumber.MultiplyAdd(first, c3, Load(cotangent + (3 * lanes))).Store(cotangent + (3 * lanes), _derivatives);
                    (TNumber.MultiplyAdd(c0, p0, c1 * p1) + TNumber.MultiplyAdd(c2, p2, c3 * p3)).AddShared(ga, _derivatives);
                }

                AddProduct(t0, g, gx);
                AddProduct(t1, g + lanes, gx + lanes);
                AddProduct(t2, g + (2 * lanes), gx + (2 * lanes));
                AddProduct(t3, g + (3 * lanes), gx + (3 * lanes));
            }
        }
    }
}
