using E3Gen.Autograd;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Autograd;

/// <summary>Functions with derivatives of their own are part of libtorch's graphs as its own functions are, also where something goes wrong.</summary>
public sealed class DifferentiableFunctionTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor x = randn([3, 4], ScalarType.Float64).requires_grad_(true);
    private readonly Tensor y = randn([3, 4], ScalarType.Float64).requires_grad_(true);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void DerivativesOfAnyOrderAreRight()
    {
        Tensor[] inputs = [x, y];
        GradientCheck.First(a => Join(new ProductAndSum().Apply(a)), inputs);
        GradientCheck.Second(a => Join(new ProductAndSum().Apply(a)).square(), inputs);
    }

    [Fact]
    public void NothingIsRecordedWhereNothingIsTracked()
    {
        Assert.All(new ProductAndSum().Apply(x.detach(), y.detach()), z => Assert.False(z.requires_grad));
        using (no_grad()) Assert.All(new ProductAndSum().Apply(x, y), z => Assert.False(z.requires_grad));
        using (inference_mode()) Assert.All(new ProductAndSum().Apply(x, y), z => Assert.False(z.requires_grad));
        Assert.All(new ProductAndSum().Apply(x, y), z => Assert.True(z.requires_grad));
    }

    [Fact]
    public void OnlyTrackedInputsGetGradients()
    {
        new ProductAndSum().Apply(x.detach(), y)[0].sum().backward();
        Assert.Null(x.grad);
        Assert.True(y.grad!.Equals(x));
    }

    [Fact]
    public void ResultsMayBeLeftUnused()
    {
        new ProductAndSum().Apply(x, y)[0].sum().backward();
        Assert.True(x.grad!.Equals(y));
        new ProductAndSum().Apply(x, y)[1].sum().backward();
        Near.Equal(y + 1, x.grad!, 1e-14);
        Tensor[] dropped = new ProductAndSum().Apply(x, y);
        dropped[0].Dispose();
        dropped[1].sum().backward();
        Near.Equal(y + 2, x.grad!, 1e-14);
        dropped[1].Dispose();
    }

    [Fact]
    public void OneTensorMayBeSeveralInputs()
    {
        new ProductAndSum().Apply(x, x)[0].sum().backward();
        Assert.True(x.grad!.Equals(2 * x));
    }

    [Fact]
    public void InputsMayBeResults()
    {
        Tensor z = new ProductAndSum().Apply(x, y)[0];
        new ProductAndSum().Apply(z, x)[0].sum().backward(); // x² y
        Derivatives(2 * x * y, x.grad!);
        Derivatives(x * x, y.grad!);
        static void Derivatives(Tensor expected, Tensor actual) => Near.Equal(expected, actual, 1e-14);
    }

    [Fact]
    public void AGraphThatIsRetainedIsDerivedAgain()
    {
        Tensor loss = new ProductAndSum().Apply(x, y)[0].square().sum();
        autograd.backward([loss], retain_graph: true);
        Tensor first = x.grad!.clone();
        autograd.backward([loss], retain_graph: true);
        Assert.True(x.grad!.Equals(2 * first));
    }

    [Fact]
    public void AGraphThatWasFreedIsNotDerivedAgain()
    {
        Tensor loss = new ProductAndSum().Apply(x, y)[0].square().sum();
        loss.backward();
        Assert.Contains("second time", Assert.ThrowsAny<Exception>(() => loss.backward()).Message);
        Works();
    }

    /// <summary>libtorch does not tell nodes of other libraries to free what they saved, so that they may be derived again.</summary>
    [Fact]
    public void ANodeAloneIsDerivedAgain()
    {
        Tensor z = new ProductAndSum().Apply(x, y)[0], ones = ones_like(z);
        autograd.backward([z], [ones]);
        autograd.backward([z], [ones]);
        Assert.True(x.grad!.Equals(2 * y));
    }

    [Fact]
    public void TheDerivativeMayBeAskedForUnderNoGrad()
    {
        Tensor loss = new ProductAndSum().Apply(x, y)[0].sum();
        using (no_grad()) loss.backward();
        Assert.True(x.grad!.Equals(y));
        Assert.False(x.grad!.requires_grad);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnExceptionInADerivativeReachesTheCaller(bool adapter) => With(adapter, () =>
    {
        for (int i = 0; i < 3; i++)
        {
            Tensor loss = new Failing().Apply(x, y)[0].sum();
            Exception error = Assert.ThrowsAny<Exception>(() => loss.backward());
            Assert.Contains("gradient", error.Message);
            Assert.Equal("no derivative", Assert.IsType<InvalidOperationException>(BackwardError.Last).Message);
            Works();
        }
    });

    [Fact]
    public void AnExceptionInASecondDerivativeReachesTheCaller()
    {
        Tensor gradient = autograd.grad([new FailingTwice().Apply(x, y)[0].sum()], [x], create_graph: true)[0];
        Assert.ThrowsAny<Exception>(() => gradient.sum().backward());
        Assert.Equal("no derivative", Backends.LastDerivativeError!.Message);
        Works();
    }

    [Fact]
    public void GradientsThatDoNotFitAreAnError()
    {
        Assert.ThrowsAny<Exception>(() => new Wrong(1, [3, 4]).Apply(x, y)[0].sum().backward()); // one gradient for two inputs
        Assert.ThrowsAny<Exception>(() => new Wrong(2, [5]).Apply(x, y)[0].sum().backward());
        Works();
    }

    [Fact]
    public void AnExceptionInTheFunctionItselfReachesTheCaller()
    {
        int slots = AutogradNode.Slots;
        for (int i = 0; i < 100; i++) Assert.Throws<FormatException>(() => new Broken().Apply(x, y));
        Assert.True(AutogradNode.Slots - slots < 50); // other tests make a few
        Works();
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public void InputsChangedInPlaceAreDetected(bool tracked, bool adapter) => With(adapter, () =>
    {
        Tensor saved = tracked ? x : x.detach().clone();
        Tensor loss = new ProductAndSum().Apply(saved, y)[0].sum();
        using (no_grad()) saved.add_(1);
        Assert.ThrowsAny<Exception>(() => loss.backward());
        Assert.Contains("modified by an inplace operation", BackwardError.Last!.Message);
        Works();
    });

    [Fact]
    public void InputsThatAreViewsOfWhatIsChangedAreDetected()
    {
        Tensor whole = randn([6, 4], ScalarType.Float64);
        Tensor loss = new ProductAndSum().Apply(whole[..3], y)[0].sum();
        whole[4].add_(1); // another row, but one tensor: as libtorch does
        Assert.ThrowsAny<Exception>(() => loss.backward());
        Works();
    }

    [Fact]
    public void ResultsMayBeChangedInPlace()
    {
        Tensor[] results = new ProductAndSum().Apply(x, y);
        results[0].mul_(2);
        results[0].sum().backward();
        Assert.True(x.grad!.Equals(2 * y));
        Assert.True(y.grad!.Equals(2 * x));
    }

    /// <summary>They cannot be saved for a derivative; libtorch says so, and so do we.</summary>
    [Fact]
    public void TrackedCallsOnTensorsOfInferenceModeAreRefused()
    {
        Tensor constant;
        using (inference_mode()) constant = ones(3, 4, ScalarType.Float64);
        string expected = Assert.ThrowsAny<Exception>(() => constant * y).Message.Split('\n')[0];
        int slots = AutogradNode.Slots;
        for (int i = 0; i < 100; i++) Assert.Equal(expected, Assert.ThrowsAny<Exception>(() => new ProductAndSum().Apply(y, constant)).Message.Split('\n')[0]);
        Assert.True(AutogradNode.Slots - slots < 50);
        Works();
        Assert.True(new ProductAndSum().Apply(y.detach(), constant)[0].Equals(y));
    }

    [Fact]
    public void LongChainsAreFreed()
    {
        Tensor z = x;
        using (var inner = NewDisposeScope())
        {
            for (int i = 0; i < 5000; i++) z = new ProductAndSum().Apply(z, y)[1];
            z.MoveToOuterDisposeScope();
        }

        z.sum().backward();
        Assert.True(x.grad!.Equals(ones_like(x)));
        Near.Equal(full_like(y, 5000), y.grad!, 1e-14);
        z.Dispose();
        Works();
    }

    private static void With(bool adapter, Action test)
    {
        try
        {
            DifferentiableFunction.TakesAdapter = adapter;
            test();
        }
        finally
        {
            DifferentiableFunction.TakesAdapter = false;
        }
    }

    private static Tensor Join(Tensor[] results) => cat(results);

    /// <summary>The next call is right.</summary>
    private static void Works()
    {
        Tensor a = ones(2, ScalarType.Float64).requires_grad_(true), b = full([2], 3.0, ScalarType.Float64).requires_grad_(true);
        new ProductAndSum().Apply(a, b)[0].sum().backward();
        Assert.True(a.grad!.Equals(b) && b.grad!.Equals(a));
    }

    /// <summary>(x y, x + y).</summary>
    internal sealed class ProductAndSum : DifferentiableFunction
    {
        protected internal override Tensor[] Forward(Tensor[] inputs) => [inputs[0] * inputs[1], inputs[0] + inputs[1]];

        protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed)
        {
            Tensor? ByInput(Tensor other) => (gradients[0], gradients[1]) switch
            {
                (null, null) => null,
                (null, { } sum) => sum,
                ({ } product, null) => product * other,
                ({ } product, { } sum) => product * other + sum,
            };
            return [needed[0] ? ByInput(inputs[1]) : null, needed[1] ? ByInput(inputs[0]) : null];
        }
    }

    private class Failing : DifferentiableFunction
    {
        protected internal override Tensor[] Forward(Tensor[] inputs) => [inputs[0] * inputs[1]];

        protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed) =>
            throw new InvalidOperationException("no derivative");
    }

    private sealed class FailingTwice : DifferentiableFunction
    {
        protected internal override Tensor[] Forward(Tensor[] inputs) => [inputs[0] * inputs[1]];

        protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed) =>
            [new Failing().Apply(gradients[0]!, inputs[1])[0], null];
    }

    private sealed class Wrong(int count, long[] shape) : DifferentiableFunction
    {
        protected internal override Tensor[] Forward(Tensor[] inputs) => [inputs[0] * inputs[1]];

        protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed) =>
            [.. Enumerable.Range(0, count).Select(_ => zeros(shape, ScalarType.Float64))];
    }

    private sealed class Broken : DifferentiableFunction
    {
        protected internal override Tensor[] Forward(Tensor[] inputs) => throw new FormatException();

        protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed) => throw new FormatException();
    }
}
