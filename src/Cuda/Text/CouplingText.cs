using E3Gen.Kernels;

namespace E3Gen.Cuda;

/// <summary>
/// Prints a coupling l1 × l2 → l3 as a struct that holds the matrix <c>M[k,i] = Σ_j C[i,j,k] y[j]</c> of one edge: entries that are always zero are left out, and equal ones are one
/// number. Every lane computes it for itself; it costs less than to hand it around.
/// </summary>
internal sealed class CouplingText
{
    private readonly int _inputs, _outputs;
    private readonly List<(int K, int I, int Entry)> _places = [];
    private readonly List<(int J, double Value)[]> _entries = [];

    public CouplingText(Coupling coupling)
    {
        (_inputs, _outputs) = ((2 * coupling.L1) + 1, (2 * coupling.L3) + 1);
        Name = $"Coupling{coupling.L1}x{coupling.L2}to{coupling.L3}";
        foreach (var place in coupling.Terms.GroupBy(t => (t.K, t.I)).OrderBy(p => p.Key))
        {
            (int, double)[] sum = [.. place.Select(t => (t.J, t.Value)).OrderBy(t => t.J)];
            int entry = _entries.FindIndex(e => e.SequenceEqual(sum));
            if (entry < 0)
            {
                entry = _entries.Count;
                _entries.Add(sum);
            }

            _places.Add((place.Key.K, place.Key.I, entry));
        }
    }

    /// <summary>Name of the struct.</summary>
    public string Name { get; }

    public void Write(SourceText text)
    {
        text.Line($"/// M = C.y of {Name}: {_entries.Count} different entries in {_places.Count} places.");
        using (text.Braces($"struct {Name}", "};"))
        {
            text.Line($"T m[{_entries.Count}];");
            text.Line();
            using (text.Braces($"__device__ __forceinline__ explicit {Name}(const S* y)"))
            {
                for (int e = 0; e < _entries.Count; e++)
                {
                    text.Line($"m[{e}] = {Sum(_entries[e].Select(t => (t.Value, $"T(y[{t.J}])")))};");
                }
            }

            text.Line();
            WriteForward(text);
            text.Line();
            WriteBackward(text);
            text.Line();
            WriteTransposed(text);
            text.Line();
            WriteOuter(text);
        }

        text.Line();
    }

    private static string Sum(IEnumerable<(double Value, string Factor)> terms) => string.Join(" + ", terms.Select(t => $"{SourceText.Number(t.Value)} * {t.Factor}"));

    private IEnumerable<int> Components => _places.Select(p => p.I).Distinct().Order();

    private void WriteForward(SourceText text)
    {
        text.Line("/// z[k] += sum_i M[k,i] (w x[i])");
        using (text.Braces($"__device__ __forceinline__ void forward(const T (&x)[{_inputs}], T w, T (&z)[{_outputs}]) const"))
        {
            text.Line(string.Join(" ", Components.Select(i => $"T x{i} = w * x[{i}];")));
            foreach (var row in _places.GroupBy(p => p.K))
            {
                text.Line($"z[{row.Key}] += {string.Join(" + ", row.Select(p => $"m[{p.Entry}] * x{p.I}"))};");
            }
        }
    }

    private void WriteBackward(SourceText text)
    {
        text.Line("/// t = M^T g; gx += w t; returns x.t, the cotangent of w.");
        using (text.Braces($"__device__ __forceinline__ T backward(const T (&x)[{_inputs}], T w, const T (&g)[{_outputs}], T (&gx)[{_inputs}]) const"))
        {
            text.Line("T t, gw = 0;");
            foreach (int i in Components)
            {
                text.Line($"t = {string.Join(" + ", _places.Where(p => p.I == i).Select(p => $"m[{p.Entry}] * g[{p.K}]"))};");
                text.Line($"gx[{i}] += w * t;");
                text.Line($"gw += x[{i}] * t;");
            }

            text.Line("return gw;");
        }
    }

    private void WriteTransposed(SourceText text)
    {
        text.Line("/// t = M^T g.");
        using (text.Braces($"__device__ __forceinline__ void transposed(const T (&g)[{_outputs}], T (&t)[{_inputs}]) const"))
        {
            for (int i = 0; i < _inputs; i++)
            {
                string sum = string.Join(" + ", _places.Where(p => p.I == i).Select(p => $"m[{p.Entry}] * g[{p.K}]"));
                text.Line($"t[{i}] = {(sum.Length == 0 ? "0" : sum)};");
            }
        }
    }

    private void WriteOuter(SourceText text)
    {
        text.Line("/// gy[j] += C[i,j,k] (w x[i]) g[k], this lane's part.");
        using (text.Braces($"__device__ __forceinline__ static void outer(const T (&x)[{_inputs}], T w, const T (&g)[{_outputs}], T* gy)"))
        {
            text.Line(string.Join(" ", Components.Select(i => $"T x{i} = w * x[{i}];")));
            // Places with the same entry meet in one sum.
            for (int e = 0; e < _entries.Count; e++)
            {
                text.Line($"T a{e} = {string.Join(" + ", _places.Where(p => p.Entry == e).Select(p => $"x{p.I} * g[{p.K}]"))};");
            }

            foreach (var column in _entries.SelectMany((entry, e) => entry.Select(t => (t.J, t.Value, Entry: e))).GroupBy(t => t.J).OrderBy(g => g.Key))
            {
                text.Line($"gy[{column.Key}] += {Sum(column.Select(t => (t.Value, $"a{t.Entry}")))};");
            }
        }
    }
}
