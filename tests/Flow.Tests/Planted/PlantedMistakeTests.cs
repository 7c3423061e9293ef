namespace E3Gen.Flow.Tests.Planted;

public sealed class BaseTests
{
    [Fact]
    public void TheBaseModulesAreCorrect()
    {
        var compiled = FlowCompiler.Compile(FlowCompiler.Read("Planted/Sources/Interaction.cs"));
        Assert.Equal([], compiled.Errors.Select(d => d.ToString()));
        Assert.Equal([], compiled.Complaints.Select(d => d.ToString()));
        Assert.Equal(["x"], compiled.Reported.Select(d => d.ToString()));
    }
}
