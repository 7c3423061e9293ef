using E3Gen.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Contractions;

/// <summary>
/// The peer: MACE's algorithm for the same contraction, with its dense coupling tensors U and torch's einsum. From the highest number of factors to the
/// lowest, the weighted tensor of the element is contracted with one factor after the other.
/// </summary>
internal sealed class MaceContraction
{
    private readonly ContractionProgram paths;
    private readonly List<(int Rows, List<(Tensor U, long First, long Count)> Degrees)> outputs = [];

    public MaceContraction(ContractionProgram paths)
    {
        this.paths = paths;
        long before = 0;
        for (int o = 0; o < paths.Z.Count; o++)
        {
            int rows = 2 * paths.Z[o] + 1;
            var degrees = new List<(Tensor, long, long)>();
            foreach (ContractionBlock block in paths.Blocks.Where(b => b.Output == o))
            {
                degrees.Add((Dense(block, rows), before * paths.Elements * paths.Copies, block.Paths.Length));
                before += block.Paths.Length;
            }
            outputs.Add((rows, degrees));
        }
    }

    /// <param name="x">[rows, copies, components].</param>
    /// <param name="oneHot">[rows, elements].</param>
    /// <param name="weights">As those of the operation.</param>
    /// <returns>[rows, copies · components], output after output.</returns>
    public Tensor Apply(Tensor x, Tensor oneHot, Tensor weights)
    {
        var results = new List<Tensor>();
        foreach (var (rows, degrees) in outputs)
        {
            Tensor? sum = null;
            foreach (var (u, first, count) in degrees)
            {
                var w = weights.narrow(0, first, count * paths.Elements * paths.Copies).view(paths.Elements, count, paths.Copies);
                string axes = "mijk"[..(int)(u.dim() - 1)];
                var tensor = einsum($"{axes}q,eqc,be->bc{axes}", u, w, oneHot);
                string left = axes[..^1];
                sum = einsum($"bc{axes},bc{axes[^1]}->bc{left}", sum is null ? tensor : sum.add(tensor), x);
            }
            results.Add(sum!.flatten(1));
        }
        return cat([.. results], 1);
    }

    /// <summary>U[m, i1, …, iν, q].</summary>
    private Tensor Dense(ContractionBlock block, int rows)
    {
        long[] shape = [rows, .. Enumerable.Repeat((long)paths.Components, block.Degree), block.Paths.Length];
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (int q = 0; q < block.Paths.Length; q++)
        {
            var path = block.Paths[q];
            for (int t = 0; t < path.Values.Length; t++)
            {
                long at = 0;
                foreach (int index in path.Terms.AsSpan(t * (block.Degree + 1), block.Degree + 1))
                    at = at * paths.Components + index;
                // The row comes first and has another extent, which does not matter for what follows it.
                values[at * block.Paths.Length + q] = (float)path.Values[t];
            }
        }
        return tensor(values, shape);
    }
}
