using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Contracts the copies of coupled inputs with weights, for every connection mode but the elementwise one.</summary>
public static class Contraction
{
    private static readonly ConcurrentDictionary<int, ConstantIndex> PairIndices = new();

    /// <summary>Sums over copies without weights.</summary>
    /// <param name="equation">Einstein summation from [rows, v, k, u] to [rows, k, copies].</param>
    /// <param name="coupled">[rows, v, k, u].</param>
    /// <returns>[rows, k, copies].</returns>
    public static Tensor Of(string equation, Tensor coupled) => Flatten(einsum(equation, coupled));

    /// <summary>Contracts copies with weights.</summary>
    /// <param name="equation">Einstein summation from [rows, v, k, u] and weights to [rows, k, copies].</param>
    /// <param name="coupled">[rows, v, k, u].</param>
    /// <param name="weights">[weights], or [rows, weights].</param>
    /// <param name="shape">Extents of the weight block, slowest first.</param>
    /// <returns>[rows, k, copies].</returns>
    public static Tensor Of(string equation, Tensor coupled, Tensor weights, params long[] shape) =>
        Flatten(einsum(equation, coupled, weights.reshape(weights.dim() == 1 ? shape : [weights.size(0), .. shape])));

    /// <summary>Picks the pairs of copies u &lt; v: (0,1), (0,2), …, (1,2), …</summary>
    /// <param name="coupled">[rows, v, k, u], with as many copies v as u.</param>
    /// <returns>[rows, k, pairs].</returns>
    public static Tensor Pairs(Tensor coupled)
    {
        int copies = (int)coupled.size(3);
        var index = PairIndices.GetOrAdd(copies, n => new ConstantIndex(
            [.. from u in Enumerable.Range(0, n) from v in Enumerable.Range(u + 1, n - u - 1) select ((long)u * n) + v]));
        return coupled.permute(0, 2, 3, 1).flatten(2).index_select(2, index.On(coupled));
    }

    /// <summary>One axis of copies where there is none, or one for each index.</summary>
    private static Tensor Flatten(Tensor result) => result.dim() switch
    {
        2 => result.unsqueeze(2),
        3 => result,
        _ => result.flatten(2),
    };
}
