using System.Text.Json;
using E3Gen.Analysis;
using E3Gen.Runtime.Tests.Operations;
using E3Gen.Runtime.Tests.Operations.TensorProducts;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Analysis;

/// <summary>Views of the weights of single paths, also behind paths without weights (which e3nn miscounts).</summary>
public class WeightViewTests
{
    [Theory]
    [InlineData("tp.uvv.shared.component.element", typeof(UvvProducts), "InternalComponentElement")]
    [InlineData("tp.uvw.shared.component.element", typeof(UvwProducts), "InternalComponentElement")]
    [InlineData("tp.mixed_modes.shared", typeof(MixedProducts), "Internal")]
    [InlineData("square.weighted.component", typeof(SquareProducts), "InternalComponent")]
    public void ViewsHaveE3nnsShapesAndFollowEachOther(string @case, Type type, string method)
    {
        using var scope = NewDisposeScope();
        using var module = (nn.Module)Activator.CreateInstance(type)!;
        var operation = RecordableOperation.Find(module, method);
        var shapes = Reference.File("tensor_products").Case(@case).GetProperty("instructions").EnumerateArray()
            .Where(i => i.GetProperty("has_weight").GetBoolean())
            .Select(i => i.GetProperty("path_shape").EnumerateArray().Select(d => d.GetInt64()).ToArray()).ToList();
        Tensor weights = operation.Weights!;
        Assert.Equal(shapes, operation.Paths.Select(p => p.Shape));
        Near.Equal(weights, cat([.. operation.Paths.Select(p => p.View(weights).flatten())]), 0);
    }

    [Fact]
    public void WritingToAViewWritesToTheWeights()
    {
        using var scope = NewDisposeScope();
        using var module = new LinearMaps();
        var operation = RecordableOperation.Find(module, nameof(LinearMaps.Plain));
        using (no_grad()) operation.Paths[2].View(operation.Weights!).fill_(7);
        Assert.Equal([2L, 4], operation.Paths[2].Shape);
        Assert.Equal(8, operation.Weights!.eq(7).sum().item<long>());
        Assert.Equal([5L, 2, 4], operation.Paths[2].View(zeros(5, 33)).shape);
    }

    /// <summary>Channels are axes in front, and their operation can be recorded.</summary>
    [Fact]
    public void ChannelsAreAxesInFront()
    {
        using var scope = NewDisposeScope();
        using var module = new LinearMaps();
        var operation = RecordableOperation.Find(module, nameof(LinearMaps.FInFOut));
        Tensor weights = operation.Weights!;
        Assert.Equal([3L, 2, 33], weights.shape);
        Assert.Equal([3L, 2, 2, 4], operation.Paths[2].View(weights).shape);
        Assert.Equal(operation.Paths.Count, IrrepPower.OfWeights(weights, operation).Count);
    }

    /// <summary>Weights that are passed are recorded as they are passed, with every pair of channels.</summary>
    [Fact]
    public void PassedWeightsOfChannelsAreRecordedWhole()
    {
        using var scope = NewDisposeScope();
        using var module = new LinearMaps();
        using var list = new PowerList();
        using var recorder = new Recorder(module, list, new RecorderOptions { Quantities = Quantities.Weights, Operations = name => name == nameof(LinearMaps.ChannelsShared) });
        Tensor weights = zeros(3, 2, 33);
        weights[2, 1].fill_(6); // of six pairs one: a mean square of 36/6
        using (recorder.Step(0)) module.ChannelsShared(randn(4, 3, 22), weights, zeros(2, 5));
        Assert.Equal(7, list.Rows.Count);
        Assert.All(list.Rows, row => Assert.Equal(6, row.Power, 1e-6));
    }

    [Fact]
    public void ErrorsNameWhatIsThere()
    {
        using var scope = NewDisposeScope();
        using var module = new LinearMaps();
        var unknown = Assert.Throws<ArgumentException>(() => RecordableOperation.Find(module, "Plane"));
        Assert.Contains("has no operation 'Plane'; it has Plain, Biases", unknown.Message);
        var narrow = Assert.Throws<ArgumentException>(() => RecordableOperation.Find(module, "Plain").Paths[2].View(zeros(5, 20)));
        Assert.Contains("[5, 20]", narrow.Message);
    }
}
