using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Measuring;

/// <summary>Results of different contestants must be the same numbers before their times mean anything.</summary>
internal static class Verification
{
    /// <summary>Relative to the largest number of a tensor; float32 sums of a few thousand terms in different orders differ by 1e-6 to 1e-5.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>The largest difference of any tensor, relative to the largest number in it.</summary>
    public static double Error(IReadOnlyList<Tensor> expected, IReadOnlyList<Tensor> actual, string who)
    {
        if (expected.Count != actual.Count)
            throw new InvalidDataException($"{who} gives {actual.Count} tensors, the first contestant {expected.Count}.");
        double worst = 0;
        for (int i = 0; i < expected.Count; i++)
        {
            using var scope = NewDisposeScope();
            if (expected[i].numel() != actual[i].numel())
                throw new InvalidDataException($"{who}: tensor {i} has shape [{string.Join(", ", actual[i].shape)}], expected [{string.Join(", ", expected[i].shape)}].");
            Tensor reference = expected[i].detach().flatten().to(float64), other = actual[i].detach().flatten().to(float64);
            double error = reference.numel() == 0 ? 0 : reference.sub(other).abs().max().item<double>() / Math.Max(reference.abs().max().item<double>(), 1e-30);
            worst = double.IsNaN(error) ? double.PositiveInfinity : Math.Max(worst, error);
        }
        return worst;
    }
}
