using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Fully connected products with few and with many copies of the second argument.</summary>
[EquivariantModule]
public sealed partial class FullyConnected : nn.Module
{
    [TensorProduct("4x0e + 3x1o", "8x1o", "3x1o + 5x0e", Weights = WeightKind.Shared)]
    public partial Tensor Few(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("4x0e + 3x1o", "9x1o", "3x1o + 5x0e", Weights = WeightKind.Shared)]
    public partial Tensor Many(Tensor x, Tensor y, Tensor weights);
}

/// <summary>Both sides of the number of copies from which kernels leave the mixing to torch.</summary>
public sealed class FullyConnectedTests
{
    [Theory]
    [InlineData(nameof(FullyConnected.Few), "product kernel, then linear kernel")]
    [InlineData(nameof(FullyConnected.Many), "coupling kernel, then torch contracts copies")]
    public void AgreeWithThePortableBackend(string name, string kernel)
    {
        using var module = new FullyConnected();
        Assert.StartsWith(kernel, Backends.Explain(module).Operations.Single(o => o.Operation == $"FullyConnected.{name}").Reason.Replace("no parameters, so its first argument decides: ", "", StringComparison.Ordinal));
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        int copies = name == nameof(FullyConnected.Few) ? 8 : 9;
        Tensor Random(params long[] shape) => randn(shape, ScalarType.Float64, generator: random);
        Derivatives.Agree(a => name == nameof(FullyConnected.Few) ? module.Few(a[0], a[1], a[2]) : module.Many(a[0], a[1], a[2]), [Random(7, 13), Random(7, 3 * copies), Random(27 * copies)], orders: 3);
    }
}
