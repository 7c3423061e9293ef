using E3Gen.Kernels;
using E3Gen.Operations;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Linear maps by kernels against torch's matrix products, path by path.</summary>
[Collection(Alone.Name)]
public sealed class LinearProgramTests : IDisposable
{
    /// <summary>Fewer copies than a vector has lanes, tails, whole panels, no copies; a segment that nothing reaches, one that two reach, one that is read twice.</summary>
    private static readonly (int Copies, int L)[] X = [(3, 0), (17, 1), (1, 2), (64, 1), (0, 1), (33, 2), (33, 2)], Y = [(125, 0), (64, 1), (2, 3), (15, 2), (32, 1), (7, 0)];

    private static readonly LinearPath[] Paths =
        [
            new(0, 0, 0.5, 0), new(1, 1, -0.25, 375), new(3, 1, 0.125, 1463), new(3, 4, 1.5, 5559), new(2, 3, 0.7, 7607),
            new(5, 3, 0.2, 7622, WeightStep: 30), new(6, 3, 0.3, 7637, WeightStep: 30), // as W[u, v, w] of two segments v
        ];

    private static readonly int Weights = 7622 + (33 * 30), Columns = X.Sum(s => s.Copies * ((2 * s.L) + 1));

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Generator random = new(17);

    public void Dispose()
    {
        random.Dispose();
        scope.Dispose();
    }

    public static TheoryData<Layout, Layout, ScalarType, int> Cases()
    {
        var data = new TheoryData<Layout, Layout, ScalarType, int>();
        foreach (Layout input in Enum.GetValues<Layout>())
        {
            foreach (Layout output in Enum.GetValues<Layout>())
            {
                foreach (int rows in new[] { 0, 1, 5, 6, 29 }) data.Add(input, output, ScalarType.Float64, rows);
                data.Add(input, output, ScalarType.Float32, 300);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AreThoseOfMatrixProducts(Layout input, Layout output, ScalarType type, int rows)
    {
        LinearProgram map = Map(input, output);
        Derivatives.Agree(a => map.Apply(a[0], a[1], a[2]), [Random(type, rows, Columns), Random(type, Weights), Random(type, 132)], orders: 3);
        Derivatives.Agree(a => map.Apply(a[0], a[1]), [Random(type, rows, Columns), Random(type, Weights)], orders: 2);
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public void GradientsThatNobodyWants(bool x, bool weights, bool bias)
    {
        LinearProgram map = Map(Layout.MulIr, Layout.MulIr);
        Derivatives.Agree(
            a => map.Apply(a[0], a[1], a[2]), [Random(ScalarType.Float64, 7, Columns), Random(ScalarType.Float64, Weights), Random(ScalarType.Float64, 132)], [x, weights, bias]);
    }

    /// <summary>Parts of wider tensors, every other row, one row for all, transposed.</summary>
    [Theory]
    [InlineData(Layout.MulIr)]
    [InlineData(Layout.IrMul)]
    public void ArgumentsInAnyOrder(Layout layout)
    {
        LinearProgram map = Map(layout, layout);
        const ScalarType Type = ScalarType.Float64;
        Tensor[] views =
        [
            Random(Type, 13, Columns + 5).narrow(1, 2, Columns), Random(Type, 26, Columns)[TensorIndex.Slice(null, null, 2)],
            Random(Type, 1, Columns).expand(13, Columns), Random(Type, Columns, 13).t(),
        ];
        Tensor weights = Random(Type, 2 * Weights)[TensorIndex.Slice(null, null, 2)], bias = Random(Type, 1).expand(132);
        foreach (Tensor x in views) Derivatives.Agree(a => map.Apply(a[0], a[1], a[2]), [x, weights, bias]);
    }

    [Fact]
    public void ThreadsDoNotMatter()
    {
        LinearProgram map = Map(Layout.MulIr, Layout.MulIr);
        Tensor[] arguments = [Random(ScalarType.Float32, 700, Columns), Random(ScalarType.Float32, Weights), Random(ScalarType.Float32, 132)];
        Tensor[][] Results(int threads)
        {
            using var several = Threads.Use(threads);
            return Derivatives.Of(a => map.Apply(a[0], a[1], a[2]), arguments);
        }

        Assert.All(Results(1).Zip(Results(2)).SelectMany(pair => pair.First.Zip(pair.Second)), pair => Assert.True(pair.First.Equals(pair.Second)));
    }

    [Fact]
    public void ARowThatIsNoNumberSpoilsNoOther()
    {
        LinearProgram map = Map(Layout.MulIr, Layout.MulIr);
        Tensor x = Random(ScalarType.Float32, 14, Columns), weights = Random(ScalarType.Float32, Weights);
        Tensor expected = map.Apply(x, weights).clone();
        x[3] = float.NaN;
        Tensor actual = map.Apply(x, weights);
        for (int row = 0; row < 14; row++)
        {
            if (row != 3) Assert.True(expected[row].Equals(actual[row]), $"row {row}");
        }

        Assert.True(actual[3].narrow(0, 0, 125).isnan().all().item<bool>());
    }

    private static LinearProgram Map(Layout input, Layout output) =>
        new("LinearProgramTests.Map", X, Y, Paths) { InputLayout = input, OutputLayout = output, Biased = [0, 5] };

    private Tensor Random(ScalarType type, params long[] shape) => randn(shape, ScalarType.Float64, generator: random).to(type);
}
