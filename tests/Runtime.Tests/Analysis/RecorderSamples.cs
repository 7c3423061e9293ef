using E3Gen.Runtime.Tests.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Analysis;

/// <summary>What the tests of recorders record.</summary>
internal static class RecorderSamples
{
    /// <summary>A step of training.</summary>
    /// <param name="backward">Whether gradients are computed, too.</param>
    public delegate void Step(bool backward = true);

    /// <summary>A sample's module, and steps with the sum of its result's squares as loss.</summary>
    public static (nn.Module Module, Step Step) Training(string name)
    {
        var random = new Generator(3);
        Sample sample = Sample.Of(name);
        Tensor[] arguments = sample.Random(random);
        return (sample.Module, Train);

        void Train(bool backward)
        {
            using var scope = NewDisposeScope();
            Tensor loss = sample.Apply(arguments).square().sum();
            if (backward)
            {
                sample.Module.zero_grad();
                loss.backward();
            }
        }
    }

    public static Tensor Random(params long[] shape)
    {
        using var random = new Generator(17);
        return randn(shape, ScalarType.Float64, generator: random);
    }

    public static double[] Values(Tensor x) => x.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();
}
