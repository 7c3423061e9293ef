using E3Gen.CodeFixes.Refactorings;

namespace E3Gen.CodeFixes.Tests.Refactorings;

public class DeclareOperationTests
{
    [Theory]
    [InlineData("$$Linear(\"8x0e\", \"8x0e\")", "Linear", "Linear(Tensor x)")]
    [InlineData("Convolution(\"8x0e\", \"0e + 1o\"$$)", "Convolution", "Convolution(Tensor nodes, Tensor edges, Tensor weights, Graph graph)")]
    [InlineData("TensorProduct$$(\"1o\", \"1o\", \"0e\", Weights = WeightKind.Shared)", "TensorProduct", "TensorProduct(Tensor x, Tensor y, Tensor weights)")]
    [InlineData("SphericalHarmonics(\"$$0e + 1o\")", "SphericalHarmonics", "SphericalHarmonics(Tensor vectors)")]
    [InlineData("Gate(\"8x0e\", \"2x1o\")$$", "Gate", "Gate(Tensor x)")]
    public Task A_lonely_attribute_gets_its_method(string attribute, string name, string signature) => Bulb.Refactors<DeclareOperation>(
        $"Declare the method of [{name}]",
        Sample.Module($"    [{attribute}]"),
        Sample.Module($"    [{attribute.Replace("$$", "")}]\n    private partial Tensor {signature};"));

    [Fact]
    public Task Also_before_another_member_and_behind_its_paths() => Bulb.Refactors<DeclareOperation>(
        "Declare the method of [TensorProduct]",
        Sample.Module("""
                [TensorProduct("1o", "1o", "0e")]$$
                [Path("1o x 1o -> 0e")]
                public override string GetName() => "Sample";

                private int TensorProduct { get; }
            """),
        Sample.Module("""
                [TensorProduct("1o", "1o", "0e")]
                [Path("1o x 1o -> 0e")]
                private partial Tensor TensorProduct2(Tensor x, Tensor y);

                public override string GetName() => "Sample";

                private int TensorProduct { get; }
            """));

    [Theory]
    [InlineData("    [Linear(\"8x0e\", \"8x0e\")$$]\n    private partial Tensor Mix(Tensor x);")] // declared
    [InlineData("    [System.Obsolete$$]\n    public override string GetName() => \"\";")] // no operation
    [InlineData("    [Linear(\"8x0e\", \"8x0e\")]\n    public override string Ge$$tName() => \"\";")] // elsewhere
    public async Task Not_where_there_is_nothing_to_declare(string members) => Assert.Empty((await Bulb.RefactoringsAsync<DeclareOperation>(Sample.Module(members))).Actions);
}
