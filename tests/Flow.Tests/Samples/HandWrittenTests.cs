using HandWritten;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Samples;

/// <summary>The sample without operations of E3Gen: what people write by hand is proven as it stands, and true.</summary>
public sealed class HandWrittenTests
{
    [Fact]
    public void IsProvenWithoutAssumptions()
    {
        string[] sources = ["global using System;", FlowCompiler.Read("Samples/HandWritten/Blocks.cs"), FlowCompiler.Read("Samples/HandWritten/Potential.cs")];
        Assert.All(sources, s => Assert.DoesNotContain("Assume", s));
        var compiled = FlowCompiler.Compile(sources);
        Assert.Equal([], compiled.Errors.Select(d => d.ToString()));
        Assert.Equal([], compiled.Complaints.Select(d => d.ToString()));
        Assert.Equal(
            new[] { "Attention", "Message", "Move", "Potential", "Update" }.Select(m => $"E3G0509 '{m}' is equivariant: every step of its forward keeps what its arguments and results state"),
            compiled.Proven.Select(d => $"{d.Id} {d.GetMessage()}").Order());
    }

    [Fact]
    public void WhatIsProvenIsTrue()
    {
        manual_seed(0);
        using var scope = NewDisposeScope();
        using var network = new Potential();
        network.to(float64);
        var positions = 1.5 * randn(6, 3, float64);
        using var graph = Graph.FromPositions(positions, Common.Radius, zeros(6, ScalarType.Int64));
        EquivariantInput[] inputs = [EquivariantInput.Points(positions), EquivariantInput.Invariant(tensor(new long[] { 0, 1, 1, 0, 0, 1 }))];
        Equivariance.Measure((x, g) => network.forward(x[0], x[1], g), inputs, graph, Irreps.Parse("0e")).Assert();
        Equivariance.Measure((x, g) => network.EnergiesAndForces(x[0], x[1], g).Forces, inputs, graph, Irreps.Parse("1o")).Assert();
    }
}
