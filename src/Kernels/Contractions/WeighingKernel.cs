using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>
/// From the weights of a symmetric contraction to its coefficients, <c>A[e,entry,u] = Σ_q U[entry,q] W[e,q,u]</c>, and the transpose of that, which is its gradient.
/// Weights lie block after block, [elements, paths of the block, copies]; coefficients [elements, entries, copies].
/// </summary>
/// <param name="program">The contraction.</param>
internal sealed unsafe class WeighingKernel<T>(ContractionProgram program)
    where T : unmanaged, INumber<T>
{
    private readonly int[] _weightRows = Rows(program);
    private readonly int _copies = program.Copies, _entries = program.Order.Weigh.Rows, _paths = program.Order.Weigh.Columns;

    /// <summary>A.</summary>
    /// <param name="weights">W.</param>
    /// <param name="coefficients">A, overwritten.</param>
    public void Forward(T* weights, T* coefficients) => Multiply(
        program.Order.Weigh, weights, coefficients, (e, entry) => (e * _entries) + entry, (e, q) => _weightRows[(e * _paths) + q]);

    /// <summary>The cotangent of W.</summary>
    /// <param name="g">The cotangent of A.</param>
    /// <param name="gw">The result, overwritten.</param>
    public void Gradient(T* g, T* gw) => Multiply(
        program.Order.Weigh.Transpose, g, gw, (e, q) => _weightRows[(e * _paths) + q], (e, entry) => (e * _entries) + entry);

    private void Multiply(SparseMatrix matrix, T* from, T* to, Func<int, int, int> target, Func<int, int, int> source)
    {
        double cost = 2.0 * _copies * matrix.Entries.Length / Math.Max(1, matrix.Rows) / Vector<T>.Count;
        Work.For(program.Elements * matrix.Rows, cost, (first, end) =>
        {
            var (places, values) = (new nint[matrix.LongestRow], new T[matrix.LongestRow]);
            for (int row = first; row < end; row++)
            {
                var (e, r) = Math.DivRem(row, matrix.Rows);
                var entries = matrix.Entries.AsSpan(matrix.Starts[r]..matrix.Starts[r + 1]);
                var sources = places.AsSpan(0, entries.Length);
                for (int i = 0; i < sources.Length; i++)
                {
                    sources[i] = (nint)(from + ((long)source(e, entries[i].Column) * _copies));
                    values[i] = T.CreateTruncating(entries[i].Value);
                }

                Sum(values, sources, to + ((long)target(e, r) * _copies));
            }
        });
    }

    /// <summary>One row of the result.</summary>
    private void Sum(ReadOnlySpan<T> values, ReadOnlySpan<nint> sources, T* target)
    {
        int u = 0;
        for (; u <= _copies - Vector<T>.Count; u += Vector<T>.Count)
        {
            var sum = Vector<T>.Zero;
            for (int i = 0; i < sources.Length; i++)
            {
                sum = VectorMath.MultiplyAdd(new Vector<T>(values[i]), Vector.Load((T*)sources[i] + u), sum);
            }

            sum.Store(target + u);
        }

        for (; u < _copies; u++)
        {
            var sum = T.Zero;
            for (int i = 0; i < sources.Length; i++)
            {
                sum += values[i] * ((T*)sources[i])[u];
            }

            target[u] = sum;
        }
    }

    /// <summary>Where the weights of each element's paths lie, in units of all copies.</summary>
    private static int[] Rows(ContractionProgram program)
    {
        var rows = new int[program.Elements * program.Order.Weigh.Columns];
        int before = 0;
        foreach (var block in program.Blocks)
        {
            int count = block.Paths.Length;
            for (int e = 0; e < program.Elements; e++)
            {
                for (int q = 0; q < count; q++)
                {
                    rows[(e * program.Order.Weigh.Columns) + before + q] = (before * program.Elements) + (e * count) + q;
                }
            }

            before += count;
        }

        return rows;
    }
}
