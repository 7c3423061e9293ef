using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Layers;

public sealed class ExtractTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Extracts extracts = new();

    public void Dispose()
    {
        extracts.Dispose();
        scope.Dispose();
    }

    [Theory]
    [InlineData(nameof(Extracts.Out0), "out0")]
    [InlineData(nameof(Extracts.Out1), "out1")]
    [InlineData(nameof(Extracts.Out2), "out2")]
    public void IsE3nns(string method, string field) =>
        Near.Equal(Reference.Layers.Get("extract", field), new Operation(extracts, method).Call(Reference.Layers.Get("extract", "x")), 0);

    [Fact]
    public void EqualEntriesAreTakenInTheirOrder()
    {
        Tensor x = arange(13, float32).unsqueeze(0);
        Near.Equal(cat([x[.., 12..], x[.., ..12]], -1), extracts.Equal(x), 0);
        Near.Equal(cat([x[.., 6..7], x[.., 6..7], x[.., ..6]], -1), extracts.Twice(x[.., ..7]), 0);
        Assert.Equal([1L, 0], extracts.None(x[.., ..7]).shape);
    }

    [Fact]
    public void NeighboursAreNotCopied()
    {
        Tensor x = zeros(3, 16);
        extracts.Out1(x).add_(1);
        Assert.Equal(18, x.sum().item<float>());
    }
}
