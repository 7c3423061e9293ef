using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Loading;

public class NativeLibraryTests
{
    [Fact]
    public void TorchLoadsAndComputes()
    {
        using var scope = NewDisposeScope();
        Tensor x = arange(6, dtype: ScalarType.Float64).reshape(2, 3);
        Assert.Equal(55.0, x.square().sum().item<double>());
    }
}
