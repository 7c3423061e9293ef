using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Networks;

public class GatePointsTests
{
    [Fact]
    public void Quick()
    {
        using var file = Safetensors.Read("ReferenceData/networks.safetensors");
        using var net = new SmallWaterNetwork();
        net.to(ScalarType.Float64);
        var d = net.state_dict();
        foreach (var (k, v) in d) { using var g = no_grad(); v.copy_(file[$"model.gp2101_rackers/state/{k}"]); }
        string run = "run.gp2101_rackers.cloud/";
        var graph = Graph.FromEdges(file[run + "edge_src"], file[run + "edge_dst"], file[run + "pos"].size(0));
        var pos = file[run + "pos"].requires_grad_(true);
        var x = file[run + "x"].requires_grad_(true);
        var y = net.forward(pos, x, graph);
        Assert.True((y - file[run + "out"]).abs().max().item<double>() < 1e-10, $"{(y - file[run + "out"]).abs().max().item<double>()}");
        (y * file[run + "cotangent"]).sum().backward();
        Assert.True((pos.grad! - file[run + "grad_pos"]).abs().max().item<double>() < 1e-8, $"{(pos.grad! - file[run + "grad_pos"]).abs().max().item<double>()}");
    }
}
