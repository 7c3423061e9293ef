using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>The CPU kernel of spherical harmonics against the portable backend.</summary>
[Collection(Alone.Name)]
public sealed class HarmonicKernelTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly HarmonicsModule module = new();

    /// <summary>All degrees, solid ones, copies, gaps, other orders, pseudovectors.</summary>
    public static TheoryData<string> Operations => new(
        nameof(HarmonicsModule.Component), nameof(HarmonicsModule.Norm), nameof(HarmonicsModule.Integral), nameof(HarmonicsModule.SolidIntegral4), nameof(HarmonicsModule.SolidComponent6),
        nameof(HarmonicsModule.Irreps0), nameof(HarmonicsModule.Irreps1), nameof(HarmonicsModule.Irreps2), nameof(HarmonicsModule.Repeated), nameof(HarmonicsModule.VectorAlone));

    /// <summary>Fewer points than lanes, whole blocks, and blocks with a rest.</summary>
    private static readonly int[] Rows = [0, 1, 2, 3, 4, 5, 7, 8, 9, 1000];

    public void Dispose()
    {
        module.Dispose();
        scope.Dispose();
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void ValuesAndDerivativesAreThePortableOnes(string name)
    {
        var operation = new Operation(module, name);
        foreach (int rows in Rows)
        {
            var (expected, actual) = Both(() => Derivatives(operation, Points(rows, ScalarType.Float64)));
            for (int i = 0; i < expected.Length; i++)
            {
                Near.Equal(expected[i], actual[i], 1e-12, $"derivative {i} of {rows} points");
            }
        }
    }

    /// <summary>A point that is not a number, or a cotangent, spoils its own row and no other, in blocks before and after.</summary>
    [Theory]
    [MemberData(nameof(Operations))]
    public void NaNStaysInItsRow(string name)
    {
        const int Bad = 37;
        var operation = new Operation(module, name);
        Tensor points = Points(200, ScalarType.Float32), good = cat([arange(0, Bad, int64), arange(Bad + 1, 200, int64)]);
        Tensor spoilt = points.clone();
        spoilt[Bad] = full(3, float.NaN);
        Tensor[] OthersOf(Tensor x)
        {
            x = x.requires_grad_(true);
            Tensor y = operation.Call(x);
            y.sum().backward();
            return [y.index_select(0, good), x.grad!.index_select(0, good)];
        }

        Tensor[] expected = OthersOf(points), actual = OthersOf(spoilt);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(expected[i].equal(actual[i]).all().item<bool>(), $"derivative {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void SinglePrecisionIsNearDouble(string name)
    {
        var operation = new Operation(module, name);
        Tensor points = Points(1001, ScalarType.Float64);
        Tensor[] expected, actual = Derivatives(operation, points.to(ScalarType.Float32));
        using (Backends.Use(Backend.Portable))
        {
            expected = Derivatives(operation, points.to(ScalarType.Float32).to(ScalarType.Float64));
        }

        foreach (int i in new[] { 0, 1, 2, 3 })
        {
            Assert.Equal(ScalarType.Float32, actual[i].dtype);
            Near.Relative(expected[i], actual[i], 1e-5, $"derivative {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void ThirdDerivativesAreThePortableOnes(string name)
    {
        var operation = new Operation(module, name);
        var (expected, actual) = Both(() => Third(operation, Points(9, ScalarType.Float64)));
        for (int i = 0; i < expected.Length; i++)
        {
            Near.Equal(expected[i], actual[i], 1e-11, $"by input {i}");
        }
    }

    /// <summary>A cotangent that depends on the vectors, too, as that of any loss but a linear one.</summary>
    [Theory]
    [MemberData(nameof(Operations))]
    public void ThirdDerivativesOfAFunctionOfThem(string name)
    {
        var operation = new Operation(module, name);
        CpuKernels.Derivatives.Agree(a => operation.Call(a[0]), [Points(9, ScalarType.Float64)], orders: 3);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void SecondDerivativesByOneInputAlone(bool byVectors, bool byCotangent)
    {
        foreach (bool further in new[] { false, true })
        {
            var (expected, actual) = Both(() =>
            {
                Tensor v = Points(9, ScalarType.Float64).requires_grad_(true), y = module.Component4(v), g = Random(y, 1).requires_grad_(byCotangent);
                Tensor first = autograd.grad([y], [v], [g], create_graph: true, retain_graph: true)[0];
                Tensor second = autograd.grad([(first * Random(first, 2)).sum()], [byVectors ? v : g], retain_graph: further, create_graph: further)[0];
                return [second.detach()];
            });
            Near.Equal(expected[0], actual[0], 1e-12);
        }
    }

    [Fact]
    public void DerivativesAreThoseOfDifferences()
    {
        Tensor points = Points(9, ScalarType.Float64)[TensorIndex.Slice(2)];
        GradientCheck.First(x => module.Component4(x[0]), [points]);
        GradientCheck.Second(x => module.Component4(x[0]), [points]);
        GradientCheck.First(x => module.SolidComponent4(x[0]), [points]);
        GradientCheck.Second(x => module.SolidComponent4(x[0]), [points]);
    }

    [Fact]
    public void AVectorWithoutDirectionHasDerivativesOfZero()
    {
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            Tensor v = Points(9, type).requires_grad_(true), y = module.Component(v);
            Tensor first = autograd.grad([y.square().sum() + y.sum()], [v], retain_graph: true, create_graph: true)[0];
            Tensor second = autograd.grad([first.sum() + first.square().sum()], [v])[0];
            Near.Equal(ones(2, type), y.narrow(0, 0, 2).narrow(1, 0, 1).sum(1), 0, "l = 0");
            foreach (Tensor part in new[] { y.narrow(1, 1, 143), first, second })
            {
                Near.Equal(zeros([2, part.size(1)], type), part.narrow(0, 0, 2), 0);
                Assert.True((part.narrow(0, 2, 7).abs().sum(1) > 0).all().item<bool>(), "Other points have some.");
            }
        }
    }

    [Fact]
    public void AnyShapeAndAnyStrides()
    {
        Tensor points = Points(24, ScalarType.Float64), expected = module.Component4(points);
        Near.Equal(expected.view(2, 3, 4, 25), module.Component4(points.view(2, 3, 4, 3)), 0, "batch axes");
        Near.Equal(expected[5], module.Component4(points[5]), 0, "a vector alone");
        Near.Equal(expected, module.Component4(points.t().contiguous().t()), 0, "columns apart");
        Near.Equal(expected, module.Component4(cat([points, points], 1).narrow(1, 3, 3)), 0, "rows apart");
        Near.Equal(expected[3].expand(24, 25), module.Component4(points[3].expand(24, 3)), 0, "one row for all");
        Near.Equal(zeros(0, 2, 25, ScalarType.Float64), module.Component4(zeros(0, 2, 3, ScalarType.Float64)), 0, "no rows");

        Tensor v = points.detach().requires_grad_(true);
        Tensor spread = Random(expected, 1), apart = spread.t().contiguous().t();
        Near.Equal(autograd.grad([module.Component4(v)], [v], [spread])[0], autograd.grad([module.Component4(v)], [v], [apart])[0], 0, "cotangent's columns apart");
    }

    [Fact]
    public void ResultsDoNotDependOnTheNumberOfThreads()
    {
        var operation = new Operation(module, nameof(HarmonicsModule.Component4));
        Tensor points = Points(20_003, ScalarType.Float32);
        Tensor[] expected = Derivatives(operation, points);
        foreach (int threads in new[] { 2, 3, 7 })
        {
            using var several = Threads.Use(threads);
            Tensor[] actual = Derivatives(operation, points);
            Assert.All(expected.Zip(actual), pair => Assert.True(pair.First.Equals(pair.Second), $"{threads} threads"));
        }
    }

    /// <summary>Random vectors behind one of length 0 and one of length 1e-13.</summary>
    private static Tensor Points(int rows, ScalarType type)
    {
        using var random = new Generator(7);
        Tensor points = randn([rows, 3], dtype: ScalarType.Float64, generator: random);
        if (rows > 2)
        {
            points[0] = 0;
            points[1] *= 1e-13 / points[1].norm();
        }

        return points.to(type);
    }

    /// <summary>The harmonics, the cotangent of the vectors, and the derivatives of that by vectors and by the cotangent of the harmonics.</summary>
    private static Tensor[] Derivatives(Operation operation, Tensor points)
    {
        Tensor v = points.detach().requires_grad_(true), y = operation.Call(v), g = Random(y, 1).requires_grad_(true);
        Tensor first = autograd.grad([y], [v], [g], retain_graph: true, create_graph: true)[0];
        if (!first.requires_grad)
        {
            return [y, first];
        }

        IList<Tensor> second = autograd.grad([first], [v, g], [Random(first, 2)], allow_unused: true);
        return [y.detach(), first.detach(), second[0] ?? zeros_like(v), second[1]];
    }

    private static Tensor[] Third(Operation operation, Tensor points)
    {
        Tensor v = points.detach().requires_grad_(true), y = operation.Call(v);
        Tensor g = Random(y, 1).requires_grad_(true), a = Random(v, 2).requires_grad_(true);
        Tensor first = autograd.grad([y], [v], [g], retain_graph: true, create_graph: true)[0];
        IList<Tensor> second = autograd.grad([first], [v, g], [a], retain_graph: true, create_graph: true, allow_unused: true);
        Tensor sum = (second[1] * Random(y, 3)).sum();
        if (second[0] is { IsInvalid: false } byVectors)
        {
            sum += (byVectors * Random(v, 4)).sum();
        }

        IList<Tensor> third = autograd.grad([sum], [v, g, a], allow_unused: true);
        return [.. third.Zip(new[] { v, g, a }, (found, like) => found is null || found.IsInvalid ? zeros_like(like) : found)];
    }

    private static (Tensor[] Portable, Tensor[] Kernel) Both(Func<Tensor[]> compute)
    {
        using (Backends.Use(Backend.Portable))
        {
            return (compute(), WithKernels());
        }

        Tensor[] WithKernels()
        {
            using var kernels = Backends.Use(Backend.Cpu);
            return compute();
        }
    }

    private static Tensor Random(Tensor like, ulong seed)
    {
        using var random = new Generator(seed);
        return randn(like.shape, dtype: ScalarType.Float64, generator: random).to(like.dtype);
    }
}
