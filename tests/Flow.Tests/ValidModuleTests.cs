namespace E3Gen.Flow.Tests;

/// <summary>Odd but correct modules, a topic a file: they compile, and nothing is said against them.</summary>
public sealed class ValidModuleTests
{
    /// <summary>Files, and the verdict on each forward of an equivariant class in them.</summary>
    public static TheoryData<string, string[]> Files => new()
    {
        { "Building.cs", ["E3G0509 Built"] },
        { "ByHand.cs", ["E3G0509 Attention", "E3G0509 Gated", "E3G0509 Generic", "E3G0509 Handed", "E3G0509 Helped", "E3G0509 Invariants", "E3G0509 Points"] },
        { "ControlFlow.cs", ["E3G0509 Walks"] },
        { "Idioms.cs", ["E3G0509 Idioms"] },
        { "Members.cs", ["E3G0509 Helped", "E3G0509 Inherited", "E3G0509 Overloads"] },
        { "Operations.cs", ["E3G0509 Channels", "E3G0509 MissingPaths", "E3G0509 Stresses"] },
        { "Signals.cs", ["E3G0509 OnGrid"] },
        { "Tensors.cs", ["E3G0509 Tensors"] },
        { "Training.cs", ["E3G0509 Model"] },
        { "Values.cs", ["E3G0509 Holders"] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void NothingIsSaidAgainst(string file, string[] verdicts)
    {
        var compiled = FlowCompiler.Compile(FlowCompiler.Read("Valid/" + file));
        Assert.Equal([], compiled.Errors.Select(d => d.ToString()));
        Assert.Equal([], compiled.Complaints.Select(d => d.ToString()));
        Assert.Equal(verdicts, compiled.Proven.Select(d => $"{d.Id} {d.GetMessage().Split('\'')[1]}").Order());
    }

    [Fact]
    public void EveryFileIsTested() =>
        Assert.Equal(Files.Select(row => (string)row[0]).Order(), Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Valid"), "*.cs").Select(Path.GetFileName).Order());
}
