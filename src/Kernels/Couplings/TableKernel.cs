using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>
/// The loops of a coupling over its table of coefficients: for degrees where unrolled code would be too large to gain,
/// and as a reference for unrolled code.
/// </summary>
internal sealed class TableKernel<T, TPack> : CouplingKernel<T>
    where T : unmanaged, INumber<T>
    where TPack : struct, IPack<TPack, T>
{
    private readonly (int J, T Value)[][] _entries;
    private readonly (int I, int K)[] _places;
    private readonly (int I, int Entry)[][] _byOutput;
    private readonly (int K, int Entry)[][] _byInput;

    public TableKernel(Coupling coupling)
    {
        var entries = coupling.Terms.GroupBy(t => (t.I, t.K)).OrderBy(g => (g.Key.K, g.Key.I)).ToList();
        _entries = [.. entries.Select(e => e.Select(t => (t.J, T.CreateChecked(t.Value))).ToArray())];
        _places = [.. entries.Select(e => e.Key)];
        _byOutput = [.. Enumerable.Range(0, 2 * coupling.L3 + 1)
            .Select(k => Places().Where(p => p.K == k).Select(p => (p.I, p.Entry)).ToArray())];
        _byInput = [.. Enumerable.Range(0, 2 * coupling.L1 + 1)
            .Select(i => Places().Where(p => p.I == i).Select(p => (p.K, p.Entry)).ToArray())];

        IEnumerable<(int I, int K, int Entry)> Places() => _places.Select((p, entry) => (p.I, p.K, entry));
    }

    public override int Entries => _entries.Length;

    public override void Matrix(ref T y, ref T m, T scale)
    {
        for (int entry = 0; entry < _entries.Length; entry++)
        {
            var sum = Vector<T>.Zero;
            foreach (var (j, value) in _entries[entry])
            {
                sum += VectorMath.At(ref y, j) * value;
            }

            VectorMath.Put(ref m, entry, sum * scale);
        }
    }

    public override void Forward(ref T x, ref T m, ref T w, ref T z, nint stride, nint from, nint to)
    {
        for (nint u = from; u < to; u += TPack.Count)
        {
            TPack weight = TPack.Load(ref w, u);
            for (int k = 0; k < _byOutput.Length; k++)
            {
                TPack sum = default;
                foreach (var (i, entry) in _byOutput[k])
                {
                    sum = sum.Add(TPack.Coefficient(ref m, entry), TPack.Load(ref x, (i * stride) + u));
                }

                TPack.Load(ref z, (k * stride) + u).Add(weight, sum).Store(ref z, (k * stride) + u);
            }
        }
    }

    public override void Gradient(ref T x, ref T m, ref T w, ref T g, ref T gx, ref T gw, nint stride, nint from, nint to)
    {
        for (nint u = from; u < to; u += TPack.Count)
        {
            TPack weight = TPack.Load(ref w, u), sum = default;
            for (int i = 0; i < _byInput.Length; i++)
            {
                TPack t = default;
                foreach (var (k, entry) in _byInput[i])
                {
                    t = t.Add(TPack.Coefficient(ref m, entry), TPack.Load(ref g, (k * stride) + u));
                }

                sum = sum.Add(TPack.Load(ref x, (i * stride) + u), t);
                TPack.Load(ref gx, (i * stride) + u).Add(weight, t).Store(ref gx, (i * stride) + u);
            }

            sum.Store(ref gw, u);
        }
    }

    public override void GradientY(ref T x, ref T w, ref T g, ref T gy, T scale, nint stride, nint from, nint to)
    {
        for (int entry = 0; entry < _entries.Length; entry++)
        {
            var (i, k) = _places[entry];
            TPack sum = default;
            for (nint u = from; u < to; u += TPack.Count)
            {
                sum = sum.Add(TPack.Load(ref w, u) * TPack.Load(ref x, (i * stride) + u), TPack.Load(ref g, (k * stride) + u));
            }

            foreach (var (j, value) in _entries[entry])
            {
                VectorMath.Accumulate(ref gy, j, sum.Fold() * (value * scale));
            }
        }
    }
}
