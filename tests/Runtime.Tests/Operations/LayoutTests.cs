using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>Results do not depend on how arguments lie in memory or on how their rows are arranged in axes.</summary>
public sealed class LayoutTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Generator random = new(17);

    public void Dispose()
    {
        random.Dispose();
        scope.Dispose();
    }

    [Theory]
    [MemberData(nameof(Sample.All), MemberType = typeof(Sample))]
    public void ArgumentsNeedNotBeContiguous(string name)
    {
        Sample sample = Sample.Of(name);
        using nn.Module module = sample.Module;
        Tensor[] arguments = sample.Random(random);
        Tensor expected = sample.Apply(arguments);
        Near.Equal(expected, sample.Apply([.. arguments.Select(EverySecondColumn)]), 1e-13, "every second column");
        Near.Equal(expected, sample.Apply([.. arguments.Select(a => a.dim() == 1 ? a : a.t().contiguous().t())]), 1e-13, "transposed");
        Tensor[] parts = [.. arguments.Select(a => a.dim() == 1 ? a : cat([a, a], 0)[..(int)a.size(0)])];
        Near.Equal(expected, sample.Apply(parts), 1e-13, "parts of other tensors");
    }

    [Theory]
    [MemberData(nameof(Sample.Rowwise), MemberType = typeof(Sample))]
    public void ArgumentsMayBeExpanded(string name)
    {
        Sample sample = Sample.Of(name);
        using nn.Module module = sample.Module;
        Tensor[] rows = [.. sample.Random(random).Select(a => a.dim() == 1 ? a : a[..1])];
        Tensor[] expanded = [.. rows.Select(a => a.dim() == 1 ? a : a.expand(5, -1))];
        Assert.All(rows.Zip(expanded).Where(r => r.First.dim() > 1), r => Assert.Equal(0, r.Second.stride(0)));
        Near.Equal(sample.Apply(rows).expand(5, -1), sample.Apply(expanded), 1e-13);
    }

    [Theory]
    [MemberData(nameof(Sample.Rowwise), MemberType = typeof(Sample))]
    public void LeadingAxesAreKept(string name)
    {
        Sample sample = Sample.Of(name);
        using nn.Module module = sample.Module;
        Tensor[] arguments = sample.Random(random);
        Tensor expected = sample.Apply(arguments);
        Tensor With(params long[] leading) => sample.Apply([.. arguments.Select(a => a.dim() == 1 ? a : a.reshape([.. leading, a.size(1)]))]);

        Near.Equal(expected.reshape(2, 3, -1), With(2, 3), 1e-13, "[2, 3, ...]");
        Near.Equal(expected.reshape(3, 1, 2, -1), With(3, 1, 2), 1e-13, "[3, 1, 2, ...]");
        Near.Equal(expected[3], sample.Apply([.. arguments.Select(a => a.dim() == 1 ? a : a[3])]), 1e-13, "no leading axes");
        Near.Equal(expected[3..4], sample.Apply([.. arguments.Select(a => a.dim() == 1 ? a : a[3..4])]), 1e-13, "one row");
    }

    [Theory]
    [MemberData(nameof(Sample.Rowwise), MemberType = typeof(Sample))]
    public void NoRowsGiveNoRowsAndGradientsOfZero(string name)
    {
        Sample sample = Sample.Of(name);
        using nn.Module module = sample.Module;
        foreach (long[] leading in new long[][] { [0], [3, 0], [0, 2] })
        {
            Tensor[] arguments = [.. sample.Random(random)
                .Select(a => (a.dim() == 1 ? a : zeros([.. leading, a.size(1)], ScalarType.Float64)).requires_grad_(true))];
            Tensor result = sample.Apply(arguments);
            Assert.Equal([.. leading, sample.Output.Dim], result.shape);
            result.sum().backward();
            Assert.All(arguments, a => Assert.Equal(0.0, a.grad!.abs().sum().item<double>()));
        }
    }

    [Theory]
    [InlineData("Uvw")]
    [InlineData("UvwPerSample")]
    [InlineData("Uvu")]
    [InlineData("Uvuv")]
    [InlineData("Full")]
    public void LeadingAxesBroadcast(string name)
    {
        Sample sample = Sample.Of(name);
        using nn.Module module = sample.Module;
        Tensor[] arguments = sample.Random(random);
        bool perRow = sample.Rows is [_, _, not null];
        Tensor x = arguments[0][..3].unsqueeze(1), y = arguments[1][..2]; // [3, 1, ...] with [2, ...]
        Tensor[] rest = perRow ? [arguments[2][..6].reshape(3, 2, -1)] : arguments[2..];
        Tensor[] Row(int i, int j) => [x[i, 0], y[j], .. rest.Select(w => perRow ? w[i, j] : w)];

        Tensor result = sample.Apply([x, y, .. rest]);
        Assert.Equal([3L, 2, sample.Output.Dim], result.shape);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 2; j++) Near.Equal(sample.Apply(Row(i, j)), result[i, j], 1e-13, $"row {i}, {j}");
        }
    }

    private static Tensor EverySecondColumn(Tensor a) =>
        stack([a, a.neg()], -1).flatten(-2)[TensorIndex.Ellipsis, TensorIndex.Slice(0, null, 2)];
}
