using System.Numerics;
using E3Gen.Kernels;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Weights become lanes, padded with zeros, and their cotangents come back; rows that are lanes already are used as they are.</summary>
public sealed unsafe class WeightLayoutTests
{
    private static readonly int Width = Vector<double>.Count;

    [Fact]
    public void WholeVectorsAreUsedInPlace()
    {
        var layout = new WeightLayout<double>([(2 * Width, 1, Width, Width), (0, 1, 2 * Width, 2 * Width)]);
        Assert.True(layout.IsInPlace);
        Assert.Equal((2 * Width, 0, 3 * Width), (layout[0], layout[1], layout.Lanes));
        double[] row = Numbers(3 * Width), lanes = new double[3 * Width];
        fixed (double* source = row, target = lanes)
        {
            Assert.True(layout.Read(source, target) == source);
            layout.Write(source, source, nonTemporal: true);
        }

        Assert.Equal(Numbers(3 * Width), row);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CotangentsComputedElsewhereAreWritten(bool nonTemporal)
    {
        int count = 16 * Width;
        var layout = new WeightLayout<double>([(0, 1, count, count)]);
        double[] lanes = Numbers(count), row = new double[count + 1]; // one further, for another alignment
        fixed (double* source = lanes, target = row)
        {
            layout.Write(source, target + 1, nonTemporal);
        }

        Assert.Equal([0, .. lanes], row);
    }

    [Fact]
    public void OthersAreCopiedAndPadded()
    {
        // Three copies, two without weights, two every third column.
        int stride = 2 * Width;
        var layout = new WeightLayout<double>([(4, 1, 3, stride), (-1, 1, 2, stride), (0, 3, 2, stride)]);
        Assert.False(layout.IsInPlace);
        double[] row = Numbers(7), lanes = new double[layout.Lanes], back = new double[7];
        lanes.AsSpan().Fill(-7);
        fixed (double* source = row, target = lanes, again = back)
        {
            layout.Prepare(target, 1);
            Assert.True(layout.Read(source, target) == target);
            layout.Write(target, again, nonTemporal: false);
            layout.Write(target, null, nonTemporal: false);
        }

        double[] Of(int path) => lanes[layout[path]..][..stride];
        Assert.Equal([5, 6, 7], Of(0)[..3]);
        Assert.All(Of(0)[3..], padding => Assert.Equal(0, padding));
        Assert.All(Of(1), weight => Assert.Equal(1, weight));
        Assert.Equal([1, 4], Of(2)[..2]);
        Assert.All(Of(2)[2..], padding => Assert.Equal(0, padding));
        Assert.Equal([1, 0, 0, 4, 5, 6, 7], back);
    }

    private static double[] Numbers(int count) => [.. Enumerable.Range(1, count)];
}
