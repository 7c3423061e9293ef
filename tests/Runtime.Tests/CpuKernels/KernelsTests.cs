using E3Gen.Kernels;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Kernels run where there is no libtorch: in MD engines, ahead of time.</summary>
public sealed class KernelsTests
{
    [Fact]
    public void Know_nothing_but_the_framework_and_our_words() => Assert.All(
        typeof(Coupling).Assembly.GetReferencedAssemblies(),
        a => Assert.True(a.Name == "E3Gen.Attributes" || a.Name!.StartsWith("System.", StringComparison.Ordinal), $"E3Gen.Kernels refers to {a.Name}"));
}
