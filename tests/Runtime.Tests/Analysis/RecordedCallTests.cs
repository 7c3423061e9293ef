using E3Gen.Analysis;
using E3Gen.Autograd;
using E3Gen.Runtime.Tests.Explanation;
using E3Gen.Runtime.Tests.Operations;
using TorchSharp;
using static E3Gen.Runtime.Tests.Analysis.RecorderSamples;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Analysis;

/// <summary>Recording changes nothing of what operations compute, and leaves nothing behind.</summary>
public sealed class RecordedCallTests
{
    private static long Living => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    /// <summary>Operations of every kind: what is recorded is what comes out, bit for bit, and changes nothing.</summary>
    [Theory]
    [MemberData(nameof(Sample.All), MemberType = typeof(Sample))]
    public void RecordingChangesNothing(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        Sample sample = Sample.Of(name);
        foreach (var type in new[] { ScalarType.Float64, ScalarType.Float32 })
        {
            sample.Module.to(type);
            Tensor[] arguments = [.. sample.Random(random).Select(a => a.to(type).requires_grad_(true))];
            Tensor[] leaves = [.. arguments, .. sample.Module.parameters()];
            foreach (var backend in new[] { Backend.Cpu, Backend.Portable })
            {
                using var use = Backends.Use(backend);
                double[][] without = Run();
                var list = new PowerList();
                using var recorder = new Recorder(sample.Module, list);
                using (recorder.Step(0)) Assert.Equal(without, Run());
                Assert.Contains(list.Rows, r => r.Quantity == Quantities.FeatureGradients);
                Assert.All(list.Rows, r => Assert.True(double.IsFinite(r.Power)));
                Assert.Equal(without, Run());
            }

            double[][] Run()
            {
                foreach (Tensor leaf in leaves) leaf.grad = null;
                Tensor result = sample.Apply(arguments);
                result.pow(3).sum().backward();
                return [Values(result), .. leaves.Select(l => l.grad is { } gradient ? Values(gradient) : [])];
            }
        }
    }

    /// <summary>The same with TorchSharp's public class for nodes of the graph, which other versions of it take.</summary>
    [Theory]
    [InlineData("Bias")]
    [InlineData("UvwPerSample")]
    [InlineData("Network")]
    public void RecordingChangesNothingOverTheAdapter(string name)
    {
        DifferentiableFunction.TakesAdapter = true;
        try
        {
            RecordingChangesNothing(name);
        }
        finally
        {
            DifferentiableFunction.TakesAdapter = false;
        }
    }

    [Fact]
    public void NothingLeaks()
    {
        using var outside = NewDisposeScope();
        var (module, step) = Training("Network");
        var list = new PowerList();
        using var recorder = new Recorder(module, list);
        Record();
        long before = Living;
        for (int i = 0; i < 20; i++) Record();
        Assert.Equal(before, Living);

        // Steps that end in the middle: a failing forward, a forward without backward, a recorder that is disposed.
        for (int i = 0; i < 5; i++)
        {
            Assert.Throws<InvalidOperationException>(Fail);
            using (var inner = NewDisposeScope())
            {
                var short_ = new Recorder(module, new PowerList());
                var open = short_.Step(0);
                step(backward: false);
                short_.Dispose();
                open.Dispose();
            }
        }

        Record();
        Assert.Equal(before, Living);

        void Fail()
        {
            using var scope = NewDisposeScope();
            using var open = recorder.Step(0);
            step(backward: false);
            throw new InvalidOperationException();
        }

        void Record()
        {
            using (recorder.Step(0))
            {
                using var scope = NewDisposeScope();
                using var nested = NewDisposeScope();
                step();
            }
        }
    }

    /// <summary>Operations leave one tensor, their result, in the caller's scope, and without a scope in the caller's hands.</summary>
    [Theory]
    [MemberData(nameof(Sample.All), MemberType = typeof(Sample))]
    public void NothingButTheResultSurvivesACall(string name)
    {
        using var random = new Generator(23);
        using var outside = NewDisposeScope();
        Sample sample = Sample.Of(name);
        Tensor[] arguments = [.. sample.Random(random).Select(a => a.requires_grad_(true))];
        using var recorder = new Recorder(sample.Module, new PowerList());
        Call(); // releases what the last derivative of this thread returned, which is kept until the next call
        long before = Living;
        Call();
        Assert.Equal(before, Living);

        void Call()
        {
            using var step = recorder.Step(0);
            using var scope = NewDisposeScope();
            Tensor result = sample.Apply(arguments);
            Assert.True(scope.Contains(result));
            Assert.Equal(1, scope.DisposablesCount);
        }
    }

    [Fact]
    public void ResultsMayBeChangedInPlaceAndOutliveTheStep()
    {
        using var scope = NewDisposeScope();
        using var module = new EveryKind();
        Tensor x = Random(3, 10).to(ScalarType.Float32).requires_grad_(true);
        using var recorder = new Recorder(module, new PowerList());
        Tensor Run() => module.Mix(x).mul_(2).add_(1);
        Tensor expected = Run();
        expected.sum().backward();
        double[] gradient = Values(x.grad!);
        x.grad = null;
        Tensor actual;
        using (recorder.Step(0)) actual = Run();
        Assert.Equal(Values(expected), Values(actual));
        actual.sum().backward(); // after the step
        Assert.Equal(gradient, Values(x.grad!));
    }
}
