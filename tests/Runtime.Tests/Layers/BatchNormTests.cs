using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Layers;

public sealed class BatchNormTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Generator random = new(29);
    private readonly BatchNorms norms = new();

    public static TheoryData<string> Cases => [.. Reference.Layers.CaseNames().Where(name => name.StartsWith("batchnorm."))];

    public void Dispose()
    {
        norms.Dispose();
        random.Dispose();
        scope.Dispose();
    }

    /// <summary>Training mode, then evaluation mode before and after that one step, with derivatives.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void ValuesGradientsAndRunningStatisticsAreE3nns(string @case)
    {
        (ScalarType, double, double)[] precisions = [(ScalarType.Float64, 1e-10, 1e-8), (ScalarType.Float32, 1e-5, 1e-5)];
        foreach ((ScalarType type, double values, double gradients) in precisions)
        {
            norms.to(type);
            string method = Method(@case);
            var operation = new Operation(norms, method);
            Tensor? Numbers(string field) => Reference.Layers.Names.Contains($"{@case}/{field}") ? Reference.Layers.Get(@case, field).to(type) : null;
            Assert.Equal(Numbers("weight") is null, operation.Weight is null);
            Assert.Equal(Numbers("bias") is null, operation.Bias is null);
            if (operation.Weight is { } weight) Operation.Set(weight, Numbers("weight")!);
            if (operation.Bias is { } bias) Operation.Set(bias, Numbers("bias")!);
            Assert.Equal(Numbers("running_mean_before") is null, Running(method, "running_mean") is null);
            Running(method, "running_mean")?.copy_(Numbers("running_mean_before")!);
            Running(method, "running_var")?.copy_(Numbers("running_var_before")!);
            norms.zero_grad();

            Tensor x = Numbers("x")!.requires_grad_(true);
            norms.eval();
            Near.Equal(Numbers("out_eval_before")!, operation.Call(x), values, "evaluation before");
            norms.train();
            Tensor result = operation.Call(x);
            Near.Equal(Numbers("out")!, result, values, "training");
            (result * Numbers("cotangent")!).sum().backward();
            Near.Equal(Numbers("grad_x")!, x.grad!, gradients, "gradient of x");
            if (operation.Weight?.grad is { } ofWeight) Near.Equal(Numbers("grad_weight")!, ofWeight, gradients, "gradient of the weight");
            if (operation.Bias?.grad is { } ofBias) Near.Equal(Numbers("grad_bias")!, ofBias, gradients, "gradient of the bias");
            if (Running(method, "running_mean") is { } mean) Near.Equal(Numbers("running_mean_after")!, mean, values, "running mean");
            if (Running(method, "running_var") is { } variance) Near.Equal(Numbers("running_var_after")!, variance, values, "running variance");
            norms.eval();
            Near.Equal(Numbers("out_eval_after")!, operation.Call(x), values, "evaluation after");
        }
    }

    /// <summary>Segments in any order, another momentum and ε: against the definition, copy by copy.</summary>
    [Fact]
    public void IsWhatIsWritten()
    {
        norms.to(ScalarType.Float64);
        Irreps irreps = "2x1o + 3x0e + 2x2e + 1x0e";
        Tensor x = Random(7, 4, irreps.Dim) * 2 + 1, weight = Random(8), bias = Random(4), expected = empty_like(x);
        var operation = new Operation(norms, nameof(BatchNorms.Apart));
        Operation.Set(operation.Weight!, weight);
        Operation.Set(operation.Bias!, bias);
        var (means, squares) = (new List<double>(), new List<double>());
        int copy = 0;
        for (int entry = 0; entry < irreps.Count; entry++)
        {
            for (int u = 0; u < irreps[entry].Multiplicity; u++, copy++)
            {
                int dim = irreps[entry].Irrep.Dim, column = irreps.Slices[entry].Offset + (u * dim);
                Tensor part = x.narrow(-1, column, dim);
                double mean = irreps[entry].Irrep.IsScalar ? part.mean().item<double>() : 0;
                double square = (part - mean).square().mean().item<double>();
                Tensor normal = (part - mean) / Math.Sqrt(square + 1e-3) * weight[copy];
                if (irreps[entry].Irrep.IsScalar)
                {
                    normal = normal + bias[means.Count];
                    means.Add(mean);
                }

                squares.Add(square);
                expected.narrow(-1, column, dim).copy_(normal);
            }
        }

        Near.Equal(expected, norms.Apart(x), 1e-12);
        Near.Equal(0.25 * tensor(means.ToArray()), Running(nameof(BatchNorms.Apart), "running_mean")!, 1e-12);
        Near.Equal(0.75 + (0.25 * tensor(squares.ToArray())), Running(nameof(BatchNorms.Apart), "running_var")!, 1e-12);
    }

    [Theory]
    [InlineData(nameof(BatchNorms.ComponentMean), 1)]
    [InlineData(nameof(BatchNorms.ComponentMeanInstance), 1)]
    [InlineData(nameof(BatchNorms.NormMean), 5)]
    public void LengthsAreNormalised(string method, double square)
    {
        norms.to(ScalarType.Float64);
        Tensor y = new Operation(norms, method).Call(Random(40, 500, 16) * 3 + 2);
        Tensor quadrupoles = y.narrow(-1, 11, 5).square().sum(-1);
        Assert.InRange(quadrupoles.mean().item<double>() * square / 5, 0.999, 1.001);
        Assert.InRange(y.narrow(-1, 0, 3).mean().abs().item<double>(), 0, 1e-10);
        Assert.True(y.narrow(-1, 3, 2).mean().abs().item<double>() > 0.1, "Odd scalars keep their mean.");
    }

    [Theory]
    [InlineData(nameof(BatchNorms.ComponentMean))]
    [InlineData(nameof(BatchNorms.NormMax))]
    [InlineData(nameof(BatchNorms.ComponentMeanInstance))]
    public void DerivativesInTraining(string method)
    {
        norms.to(ScalarType.Float64);
        var operation = new Operation(norms, method);
        Tensor x = Random(3, 2, 16);
        GradientCheck.First(a => operation.Call(a[0]), [x]);
        GradientCheck.Second(a => operation.Call(a[0]), [x], 1e-6);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(3, 0)]
    public void NothingHasNoStatistics(int rows, int samples)
    {
        foreach (string method in new[] { nameof(BatchNorms.ComponentMax), nameof(BatchNorms.ComponentMean), nameof(BatchNorms.NormMaxInstance) })
        {
            Tensor x = zeros(rows, samples, 16).requires_grad_(true);
            var operation = new Operation(norms, method);
            Tensor y = operation.Call(x);
            Assert.Equal(x.shape, y.shape);
            y.sum().backward();
            Assert.Equal(0, operation.Weight!.grad!.abs().sum().item<float>());
        }

        Assert.Equal(0, Running(nameof(BatchNorms.ComponentMean), "running_mean")!.abs().sum().item<float>());
        Assert.Equal(8, Running(nameof(BatchNorms.ComponentMean), "running_var")!.sum().item<float>());
    }

    [Fact]
    public void OneRowIsItsOwnMean()
    {
        Tensor y = norms.ComponentMean(randn(16) + 5);
        Assert.Equal([16L], y.shape);
        Assert.Equal(0, y.narrow(-1, 0, 3).abs().sum().item<float>());
        Assert.True(y.isfinite().all().item<bool>());
    }

    [Fact]
    public void RunningStatisticsAreSavedLoadedAndMoved()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("norms.safetensors");
        norms.ComponentMean(randn(9, 16) + 3);
        Safetensors.SaveModule(norms, path);
        using var other = new BatchNorms();
        ModuleWeights.Load(other, path);
        norms.eval();
        other.eval();
        Tensor x = randn(4, 16);
        Near.Equal(norms.ComponentMean(x), other.ComponentMean(x), 0);
        Assert.True(Running(nameof(BatchNorms.ComponentMean), "running_mean")!.abs().min().item<float>() > 0.1);

        Tensor before = Running(nameof(BatchNorms.ComponentMean), "running_mean")!;
        norms.to(ScalarType.Float32);
        Assert.Same(before, Running(nameof(BatchNorms.ComponentMean), "running_mean"));
        norms.to(ScalarType.Float64);
        Assert.All(norms.named_buffers(), b => Assert.Equal(ScalarType.Float64, b.buffer.dtype));
        Near.Equal(other.ComponentMean(x), norms.ComponentMean(x.to(ScalarType.Float64)), 1e-6);
        Assert.Equal(
            ["ComponentMean.bias", "ComponentMean.running_mean", "ComponentMean.running_var", "ComponentMean.weight"],
            norms.state_dict().Keys.Where(k => k.StartsWith("ComponentMean.")).Order());
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void HalfPrecisionIsRoundedOnce(ScalarType type)
    {
        norms.to(type);
        Tensor x = (randn(6, 16) * 100).to(type);
        Tensor y = norms.ComponentMean(x);
        Assert.Equal(type, y.dtype);
        using var wide = new BatchNorms();
        Near.Equal(wide.ComponentMean(x.to(ScalarType.Float32)), y, type == ScalarType.Float16 ? 1e-3 : 1e-2);
    }

    private static string Method(string @case) =>
        string.Concat(@case.Split('.').Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private Tensor? Running(string method, string name) => norms.named_buffers().FirstOrDefault(b => b.name == $"{method}.{name}").buffer;

    private Tensor Random(params long[] shape) => randn(shape, ScalarType.Float64, generator: random);
}
