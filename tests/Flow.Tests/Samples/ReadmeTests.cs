namespace E3Gen.Flow.Tests.Samples;

public sealed class ReadmeTests
{
    /// <summary>The first example has no annotation on any parameter: they are inferred from the operations that they are passed to.</summary>
    [Fact]
    public void TheFirstExampleIsProvenAsItStands()
    {
        string readme = FlowCompiler.Read("README.md").ReplaceLineEndings("\n");
        const string Fence = "```csharp\n";
        int start = readme.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length;
        var compiled = FlowCompiler.Compile(readme[start..readme.IndexOf("\n```", start, StringComparison.Ordinal)]);
        Assert.Equal([], compiled.Errors.Select(d => d.ToString()));
        Assert.Equal(["E3G0509 'Interaction' is equivariant: every step of its forward keeps what its arguments and results state"], compiled.Reported.Select(d => $"{d.Id} {d.GetMessage()}"));
    }
}
