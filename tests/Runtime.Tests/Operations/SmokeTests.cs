using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

public class SmokeTests
{
    [Fact]
    public void Runs()
    {
        using var module = new Interaction();
        var graph = Graph.FromEdges(tensor(new long[] { 0, 1, 2 }), tensor(new long[] { 1, 2, 0 }), 3);
        var y = module.forward(randn(3, 80), randn(3, 9), randn(3, 160), graph);
        Assert.Equal([3L, 32 + 48 + 40], y.shape);
        Assert.Equal(["Mix.weight", "Product.weight", "Update.weight"], module.state_dict().Keys.Order());
        Assert.Equal([7L, 2, 5 + 6 + 3], module.Product(randn(7, 1, 10), randn(2, 9)).shape);
        Assert.Equal([7L, 16], module.Harmonics(randn(7, 3)).shape);
        module.to(TorchSharp.torch.ScalarType.Float64);
        var v = tensor(new[] { 0.1, 0.2, 0.3 });
        Assert.Equal(16, (double)module.Harmonics(v).pow(2).sum(), 1e-12);
    }
}
