using static TorchSharp.torch;

namespace E3Gen.Operations.Cpu;

/// <summary>
/// A kernel that is linear in each of its inputs: its derivative in a direction is the sum of the kernel itself with one input replaced by its tangent, so that all
/// derivatives beyond the second are kernels, too.
/// </summary>
internal abstract class MultilinearKernel : DifferentiableKernel
{
    protected sealed override Tensor?[] Third(Tensor[] inputs, Tensor?[] tangents, Tensor g, bool[] wanted)
    {
        var results = new Tensor?[inputs.Length + 1];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (tangents[i] is not { } tangent)
            {
                continue;
            }

            Tensor[] replaced = [.. inputs];
            replaced[i] = tangent;
            bool[] others = [.. wanted[..^1].Select((w, j) => w && j != i)];
            var cotangents = DifferentiableGradient(replaced, g, others);
            for (int j = 0; j < inputs.Length; j++)
            {
                results[j] = Sum(results[j], cotangents[j]);
            }

            results[^1] = wanted[^1] ? Sum(results[^1], Apply(replaced)) : null;
        }

        return results;
    }

    private static Tensor? Sum(Tensor? a, Tensor? b) => a is null ? b : b is null ? a : a.Plus(b);
}
