using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>Operations free what they create. TorchSharp counts the living tensors of a thread.</summary>
public sealed class MemoryTests
{
    private static long Living => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    [Theory]
    [MemberData(nameof(Sample.All), MemberType = typeof(Sample))]
    public void CallsInAScopeLeaveNothingBehind(string name)
    {
        using var random = new Generator(23);
        using var outside = NewDisposeScope();
        Sample sample = Sample.Of(name);
        using nn.Module module = sample.Module;
        Tensor[] arguments = [.. sample.Random(random).Select(a => a.requires_grad_(true))];
        Step(); // the first call makes constant tables
        long before = Living;
        for (int i = 0; i < (sample.IsRowwise ? 200 : 50); i++) Step();
        Assert.Equal(before, Living);

        void Step()
        {
            using var scope = NewDisposeScope();
            sample.Apply(arguments).sum().backward();
        }
    }

    [Theory]
    [MemberData(nameof(Sample.All), MemberType = typeof(Sample))]
    public void NothingButTheResultSurvivesACall(string name)
    {
        using var random = new Generator(23);
        using var outside = NewDisposeScope();
        Sample sample = Sample.Of(name);
        using nn.Module module = sample.Module;
        Tensor[] arguments = [.. sample.Random(random).Select(a => a.requires_grad_(true))];
        sample.Apply(arguments);

        using var scope = NewDisposeScope();
        long before = Living;
        Tensor result = sample.Apply(arguments);
        Assert.Equal(before + 1, Living);
        Assert.True(scope.Contains(result), "The result belongs to the caller's scope.");
    }

    [Fact]
    public void WithoutAScopeTheResultBelongsToTheCaller()
    {
        using var maps = new LinearMaps();
        using Tensor x = zeros(3, 22);
        maps.Plain(x).Dispose();
        long before = Living;
        Tensor result = maps.Plain(x);
        Assert.Equal(before + 1, Living);
        Assert.Equal([3L, 24], result.shape);
        result.Dispose();
        Assert.Equal(before, Living);
    }
}
