using E3Gen.Kernels;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Mixes or pairs the copies of a path that was coupled, and weighs them: all but components.</summary>
internal sealed class CopyContraction
{
    private readonly CopyIndices _indices;
    private readonly ConstantIndex? _pairs;
    private readonly int _weight;
    private readonly long[] _weightShape;
    private readonly long _weightLength;

    /// <param name="program">The product.</param>
    /// <param name="path">The path.</param>
    public CopyContraction(BilinearProgram program, ProductPath path)
    {
        int u = program.X[path.X].Copies, v = program.Y[path.Y].Copies, w = program.Z[path.Z].Copies;
        (_indices, _weight) = (CopyIndices.Of(path.Mode), path.Weight);
        _weightShape = [.. _indices.Weight.Select(i => (long)(i switch { 'u' => u, 'v' => v, 'w' => w, _ => u * (u - 1) / 2 }))];
        _weightLength = _weightShape.Aggregate(1L, (product, extent) => product * extent);
        _pairs = _indices.Coupled != "kp" ? null
            : new ConstantIndex([.. from a in Enumerable.Range(0, u) from b in Enumerable.Range(a + 1, u - a - 1) select ((long)a * u) + b]);
    }

    /// <summary>The segment of the result, [rows, k, copies].</summary>
    /// <param name="coupled">[rows, v, k, u]; where copies are paired, [rows, k, u].</param>
    /// <param name="weights">[weights], or [rows, weights]; null for none.</param>
    public Tensor Apply(Tensor coupled, Tensor? weights)
    {
        string axes = _indices.Coupled;
        if (_pairs is not null)
        {
            // The pairs (0,1), (0,2), …, (1,2), …
            coupled = coupled.permute(0, 2, 3, 1).flatten(2).index_select(2, _pairs.On(coupled));
        }
        else if (axes[0] == 'v' && coupled.size(1) == 1)
        {
            (coupled, axes) = (coupled.squeeze(1), axes[1..]);
        }

        if (_weight < 0 || weights is null)
        {
            string kept = string.Concat(_indices.Result.Where(i => axes.Contains(i))); // without weights an output index of its own has one copy
            return kept == axes ? coupled : Blocks(einsum($"b{axes}->b{kept}", coupled), kept.Length);
        }

        var block = weights.narrow(-1, _weight, _weightLength);
        bool perRow = weights.dim() == 2;
        string of = _indices.Weight, result = _indices.Result;
        long[] shape = _weightShape;
        if (axes[0] != 'v' && of.Contains('v'))
        {
            // A single copy v was dropped above.
            shape = [.. shape.Where((_, axis) => of[axis] != 'v')];
            (of, result) = (of.Replace("v", ""), result.Replace("v", ""));
        }

        return Blocks(einsum($"b{axes},{(perRow ? "b" : "")}{of}->b{result}", coupled, block.reshape(perRow ? [weights.size(0), .. shape] : shape)), result.Length);
    }

    /// <summary>One axis of copies, where there is none or one for each index.</summary>
    private static Tensor Blocks(Tensor result, int axes) => axes switch
    {
        1 => result.unsqueeze(2),
        2 => result,
        _ => result.flatten(2),
    };
}
