using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>Two modules that nothing else uses, so that their first calls, which make constant tables, are those of the test.</summary>
[EquivariantModule]
public sealed partial class FirstUsedByThreads : nn.Module
{
    [TensorProduct("4x0e + 3x1o + 2x2e", "0e + 1o + 2e", "4x0e + 3x1o + 2x2e")]
    public partial Tensor Product(Tensor x, Tensor y);

    [SphericalHarmonics("0e + 1o + 2e + 3o + 4e")]
    public partial Tensor Harmonics(Tensor vectors);
}

/// <inheritdoc cref="FirstUsedByThreads"/>
[EquivariantModule]
public sealed partial class FirstUsedInInference : nn.Module
{
    [TensorProduct("4x0e + 3x1o", "0e + 1o", "4x0e + 3x1o")]
    public partial Tensor Product(Tensor x, Tensor y);

    [SphericalHarmonics("0e + 1o + 2e")]
    public partial Tensor Harmonics(Tensor vectors);
}

public sealed class ConcurrencyTests
{
    [Fact]
    public void ThreadsMayShareAModuleFromItsFirstCallOn()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(31);
        using var module = new FirstUsedByThreads();
        Tensor x = randn([20, 23], generator: random), vectors = randn([20, 3], generator: random);
        using var start = new Barrier(8);
        var results = new Tensor[8];
        var threads = results.Select((_, i) => new Thread(() =>
        {
            start.SignalAndWait();
            for (int call = 0; call < 50; call++)
            {
                using var inner = NewDisposeScope();
                Tensor result = module.Product(x, module.Harmonics(vectors).narrow(-1, 0, 9));
                if (call == 49) results[i] = result.detach().DetachFromDisposeScope();
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());

        Tensor expected = module.Product(x, module.Harmonics(vectors).narrow(-1, 0, 9));
        foreach (Tensor result in results)
        {
            Near.Equal(expected, result, 1e-6);
            result.Dispose();
        }
    }

    [Fact]
    public void AFirstCallInInferenceModeDoesNotSpoilTraining()
    {
        using var scope = NewDisposeScope();
        using var module = new FirstUsedInInference();
        Tensor x = randn(5, 13), vectors = randn(5, 3).requires_grad_(true);
        using (inference_mode()) module.Product(x, module.Harmonics(vectors.detach()).narrow(-1, 0, 4));
        module.Product(x, module.Harmonics(vectors).narrow(-1, 0, 4)).square().sum().backward();
        Assert.True(vectors.grad!.abs().max().item<float>() > 0);
        Assert.True(new Operation(module, "Product").Weight!.grad!.abs().max().item<float>() > 0);
    }
}
