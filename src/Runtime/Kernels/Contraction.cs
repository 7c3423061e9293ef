using static TorchSharp.torch;

namespace E3Gen.Kernels;

/// <summary>Contracts the copies of coupled inputs with weights, for every connection mode but the elementwise one.</summary>
public static class Contraction
{
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

    /// <summary>One axis of copies where there is none, or one for each index.</summary>
    private static Tensor Flatten(Tensor result) => result.dim() switch
    {
        2 => result.unsqueeze(2),
        3 => result,
        _ => result.flatten(2),
    };
}
