using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Layers;

/// <summary>[LayerNorm] and [RmsNorm]: no e3nn module computes them, so they are compared with their definitions, number by number.</summary>
public sealed class RowNormTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Generator random = new(31);
    private readonly RowNorms norms = new();

    public void Dispose()
    {
        norms.Dispose();
        random.Dispose();
        scope.Dispose();
    }

    [Theory]
    [InlineData(nameof(RowNorms.Layer), false, true, true, 1e-5)]
    [InlineData(nameof(RowNorms.LayerOfNorms), false, false, true, 1e-3)]
    [InlineData(nameof(RowNorms.LayerPlain), false, true, true, 1e-5)]
    [InlineData(nameof(RowNorms.Rms), true, true, true, 1e-5)]
    [InlineData(nameof(RowNorms.RmsOfNorms), true, false, false, 1e-5)]
    public void IsWhatIsWritten(string method, bool isRms, bool ofComponents, bool centers, double epsilon)
    {
        norms.to(ScalarType.Float64);
        var operation = new Operation(norms, method);
        double[] weights = Values(Numbers(14)), biases = Values(Numbers(6));
        if (operation.Weight is null) Array.Fill(weights, 1);
        else Operation.Set(operation.Weight, tensor(weights));
        if (operation.Bias is null) Array.Fill(biases, 0);
        else Operation.Set(operation.Bias, tensor(biases));

        Irreps irreps = RowNorms.In;
        Tensor x = Numbers(5, irreps.Dim) * 2 + 1;
        double[] expected = [.. Enumerable.Range(0, 5).SelectMany(row => Row(Values(x[row])))];
        Near.Equal(tensor(expected).reshape(5, -1), operation.Call(x), 1e-12);

        double[] Row(double[] row)
        {
            double[] y = [.. row], squares = new double[irreps.Count];
            for (int e = 0; e < irreps.Count; e++)
            {
                var (copies, irrep) = (irreps[e].Multiplicity, irreps[e].Irrep);
                int first = irreps.Slices[e].Offset;
                double mean = centers && irrep.IsScalar ? row[first..(first + copies)].Average() : 0;
                for (int i = first; i < first + (copies * irrep.Dim); i++)
                {
                    y[i] -= mean;
                    squares[e] += y[i] * y[i] / copies / (ofComponents ? irrep.Dim : 1);
                }
            }

            int copy = 0, scalar = 0;
            for (int e = 0; e < irreps.Count; e++)
            {
                double scale = 1 / Math.Sqrt((isRms ? squares.Average() : squares[e]) + epsilon);
                for (int u = 0; u < irreps[e].Multiplicity; u++, copy++)
                {
                    double bias = irreps[e].Irrep.IsScalar ? biases[scalar++] : 0;
                    for (int i = 0; i < irreps[e].Irrep.Dim; i++)
                    {
                        int column = irreps.Slices[e].Offset + (u * irreps[e].Irrep.Dim) + i;
                        y[column] = (y[column] * scale * weights[copy]) + bias;
                    }
                }
            }

            return y;
        }
    }

    /// <summary>Whatever the size of the arguments.</summary>
    [Theory]
    [InlineData(nameof(RowNorms.Layer))]
    [InlineData(nameof(RowNorms.Rms))]
    public void ComponentsGetAMeanSquareOfOne(string method)
    {
        norms.to(ScalarType.Float64);
        Irreps irreps = RowNorms.In;
        Tensor y = new Operation(norms, method).Call(Numbers(1000, irreps.Dim) * 40);
        double whole = irreps.Slices.Average(s => y.narrow(-1, s.Offset, s.Length).square().mean().item<double>());
        Assert.InRange(whole, 0.99, 1.01);
        foreach (var slice in irreps.Slices.Where(_ => method == nameof(RowNorms.Layer)))
            Assert.InRange(y.narrow(-1, slice.Offset, slice.Length).square().mean().item<double>(), 0.99, 1.01);
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1e-5)]
    [InlineData(ScalarType.Float16, 2e-3)]
    [InlineData(ScalarType.BFloat16, 2e-2)]
    public void InOtherTypes(ScalarType type, double tolerance)
    {
        Tensor x = (Numbers(6, 28) * 300).to(type);
        foreach (string method in new[] { nameof(RowNorms.Layer), nameof(RowNorms.Rms) })
        {
            norms.to(ScalarType.Float64);
            Tensor expected = new Operation(norms, method).Call(x.to(ScalarType.Float64));
            norms.to(type);
            Tensor y = new Operation(norms, method).Call(x);
            Assert.Equal(type, y.dtype);
            Near.Equal(expected, y, tolerance);
        }
    }

    /// <summary>Rows of zeros and single copies have no direction to blow up, in two derivatives.</summary>
    [Fact]
    public void ZerosStayZeros()
    {
        foreach (string method in new[] { nameof(RowNorms.LayerPlain), nameof(RowNorms.Rms) })
        {
            Tensor x = zeros(2, 28).requires_grad_(true);
            Tensor y = new Operation(norms, method).Call(x);
            Assert.Equal(0, y.abs().sum().item<float>());
            Tensor gradient = autograd.grad([y.square().sum() + y.sum()], [x], retain_graph: true, create_graph: true)[0];
            Tensor second = autograd.grad([gradient.square().sum()], [x])[0];
            Assert.True(gradient.isfinite().all().item<bool>() && second.isfinite().all().item<bool>());
        }

        Assert.Equal([2L, 3], norms.RmsOfOne(randn(2, 3)).shape);
        Assert.Equal([2L, 0], norms.LayerOfNothing(randn(2, 0)).shape);
    }

    private static double[] Values(Tensor x) => x.contiguous().data<double>().ToArray();

    private Tensor Numbers(params long[] shape) => randn(shape, ScalarType.Float64, generator: random);
}
