using E3Gen.Kernels;
using E3Gen.Operations;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Gates by kernels against torch's pointwise operations, which are the portable backend.</summary>
[Collection(Alone.Name)]
public sealed class GateProgramTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Generator random = new(23);

    public void Dispose()
    {
        random.Dispose();
        scope.Dispose();
    }

    public static TheoryData<Layout, ScalarType, int> Cases()
    {
        var data = new TheoryData<Layout, ScalarType, int>();
        foreach (Layout layout in Enum.GetValues<Layout>())
        {
            foreach (int rows in new[] { 0, 1, 7, 100 }) data.Add(layout, ScalarType.Float64, rows);
            data.Add(layout, ScalarType.Float32, 100);
        }

        return data;
    }

    public static TheoryData<ActivationFunction> Functions => [.. Enum.GetValues<ActivationFunction>()];

    /// <summary>Whole vectors, tails, single copies; two gates of one segment.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void AreThoseOfPointwiseOperations(Layout layout, ScalarType type, int rows)
    {
        GateProgram gate = Gate(layout);
        Derivatives.Agree(a => gate.Apply(a[0]), [Random(type, rows, gate.Columns)], orders: 3);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void EveryFunctionWithBothConstants(ActivationFunction function)
    {
        foreach (MomentConstants constants in Enum.GetValues<MomentConstants>())
        {
            var gate = new GateProgram("Gate", 19, 13, constants, new GatePath(function, 0, 7, 0), new GatePath(function, 7, 3, 7, Segment: 10), new GatePath(function, 13, 3, 10, Segment: 16));
            foreach (ScalarType type in new[] { ScalarType.Float32, ScalarType.Float64 })
            {
                Derivatives.Agree(a => gate.Apply(a[0]), [Random(type, 11, 19) * 3], orders: 2, what: $"{function}, {constants}");
            }
        }
    }

    /// <summary>Where exponentials overflow, where digits could be lost, and where there are no numbers.</summary>
    [Theory]
    [InlineData(ScalarType.Float32, 3e-7)]
    [InlineData(ScalarType.Float64, 1e-15)]
    public void FarAndNear(ScalarType type, double tolerance)
    {
        double[] points = [0, 1e-30, -1e-9, 1e-4, -0.09999, 0.10001, 0.2, 0.39, 0.41, -0.5, -3, 20, -30, 88, -90, 200, -750, 1e30];
        Tensor x = tensor(points, type).unsqueeze(0);
        foreach (ActivationFunction function in Enum.GetValues<ActivationFunction>())
        {
            var gate = new GateProgram("Gate", points.Length, points.Length, MomentConstants.Exact, new GatePath(function, 0, points.Length, 0));
            Tensor at = x.clone().requires_grad_(), expected = Activations.Apply(at, function), actual = gate.Apply(x);
            Tensor scale = expected.detach().abs();
            if (function >= ActivationFunction.Gelu)
            {
                scale += (x * autograd.grad([expected.sum()], [at])[0]).abs(); // tails that fall fast: what a rounding of x does to f, which torch's functions do to theirs
            }

            Tensor error = (actual - expected).abs().masked_fill(actual.eq(expected.detach()), 0) / scale.clamp_min(1e-30.ToScalar());
            Assert.True(error.max().to(ScalarType.Float64).item<double>() <= tolerance, $"{function}: {error.ToString(TorchSharp.TensorStringStyle.Numpy)}");
            Assert.True(gate.Apply(full(1, points.Length, double.NaN, type)).isnan().all().item<bool>(), $"{function} of NaN");
        }
    }

    [Theory]
    [InlineData(Layout.MulIr)]
    [InlineData(Layout.IrMul)]
    public void ArgumentsInAnyOrder(Layout layout)
    {
        GateProgram gate = Gate(layout);
        const ScalarType Type = ScalarType.Float64;
        Tensor[] views =
        [
            Random(Type, 13, gate.Columns + 5).narrow(1, 2, gate.Columns), Random(Type, 26, gate.Columns)[TensorIndex.Slice(null, null, 2)],
            Random(Type, 1, gate.Columns).expand(13, gate.Columns), Random(Type, gate.Columns, 13).t(),
        ];
        foreach (Tensor x in views) Derivatives.Agree(a => gate.Apply(a[0]), [x]);
    }

    [Fact]
    public void ThreadsDoNotMatter()
    {
        GateProgram gate = Gate(Layout.MulIr);
        Tensor x = Random(ScalarType.Float32, 500, gate.Columns);
        Tensor[][] Results(int threads)
        {
            using var several = Threads.Use(threads);
            return Derivatives.Of(a => gate.Apply(a[0]), [x]);
        }

        Assert.All(Results(1).Zip(Results(2)).SelectMany(pair => pair.First.Zip(pair.Second)), pair => Assert.True(pair.First.Equals(pair.Second)));
    }

    [Fact]
    public void ARowThatIsNoNumberSpoilsNoOther()
    {
        GateProgram gate = Gate(Layout.IrMul);
        Tensor x = Random(ScalarType.Float32, 5, gate.Columns), expected = gate.Apply(x).clone();
        x[3] = float.NaN;
        Tensor actual = gate.Apply(x);
        Assert.True(actual[3].isnan().all().item<bool>());
        foreach (int row in new[] { 0, 1, 2, 4 }) Assert.True(expected[row].Equals(actual[row]), $"row {row}");
    }

    /// <summary>16x0e + 3x0o, gates 17 + 8 + 1, gated 25x1o (by 17 and 8) and 1x2e.</summary>
    private static GateProgram Gate(Layout layout)
    {
        bool innermost = layout == Layout.IrMul;
        const int Scalars = 19, Gates = 26, Vectors = 45, Tensors = 120;
        return new GateProgram(
            "Gate", 125, 99, MomentConstants.Exact,
            new GatePath(ActivationFunction.Silu, 0, 16, 0),
            new GatePath(ActivationFunction.Tanh, 16, 3, 16),
            new GatePath(ActivationFunction.Sigmoid, Scalars, 17, Scalars, Segment: Vectors, L: 1, Pitch: innermost ? 25 : 0),
            new GatePath(ActivationFunction.Tanh, Scalars + 17, 8, Scalars + 51, Segment: Vectors + (innermost ? 17 : 51), L: 1, Pitch: innermost ? 25 : 0),
            new GatePath(ActivationFunction.Sigmoid, Scalars + Gates - 1, 1, Scalars + 75, Segment: Tensors, L: 2))
        {
            Layout = layout,
        };
    }

    private Tensor Random(ScalarType type, params long[] shape) => randn(shape, ScalarType.Float64, generator: random).to(type);
}
