using E3Gen.CodeFixes.Fixes;

namespace E3Gen.CodeFixes.Tests.Fixes;

public class FixSignatureTests
{
    private const string Convolve = "Declare as 'Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph)'";

    private static string Convolution(string declaration) => Sample.Module($"""
            [Convolution("8x0e", "0e + 1o")]
            {declaration}
        """);

    [Theory]
    [InlineData("private partial Tensor Convolve();", "private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);")]
    [InlineData("public partial int Convolve(Tensor x);", "public partial Tensor Convolve(Tensor x, Tensor edges, Tensor weights, Graph graph);")]
    [InlineData("private partial Tensor Convolve(Tensor atoms, Graph g);", "private partial Tensor Convolve(Tensor atoms, Tensor edges, Tensor weights, Graph graph);")]
    [InlineData(
        "internal partial Tensor Convolve(ref Tensor atoms, int bonds, Tensor w, Graph graph, bool last);",
        "internal partial Tensor Convolve(Tensor atoms, Tensor edges, Tensor w, Graph graph);")]
    [InlineData("private partial Tensor Convolve(int x, Tensor nodes);", "private partial Tensor Convolve(Tensor nodes2, Tensor nodes, Tensor weights, Graph graph);")]
    [InlineData("private partial Tensor Convolve(Tensor edges);", "private partial Tensor Convolve(Tensor edges, Tensor edges2, Tensor weights, Graph graph);")]
    public Task A_method_gets_the_signature_of_its_attribute(string before, string after) =>
        Bulb.Fixes<FixSignature>("E3G0305", Convolve, Convolution(before), Convolution(after));

    [Fact]
    public Task Types_are_written_as_the_file_can() => Bulb.Fixes<FixSignature>(
        "E3G0305",
        "Declare as 'Tensor Mix(Tensor x)'",
        """
        using TorchSharp;

        [E3Gen.EquivariantModule]
        internal sealed partial class Sample : torch.nn.Module
        {
            [E3Gen.Linear("8x0e", "8x0e")]
            private partial object Mix();
        }
        """,
        """
        using TorchSharp;

        [E3Gen.EquivariantModule]
        internal sealed partial class Sample : torch.nn.Module
        {
            [E3Gen.Linear("8x0e", "8x0e")]
            private partial torch.Tensor Mix(torch.Tensor x);
        }
        """);

    [Fact]
    public Task Weights_follow_the_options_of_the_attribute()
    {
        static string Product(string declaration) => Sample.Module($"""
                [TensorProduct("1o", "1o", "0e", Weights = WeightKind.PerSample)]
                {declaration}
            """);
        return Bulb.Fixes<FixSignature>(
            "E3G0305",
            "Declare as 'Tensor Dot(Tensor x, Tensor y, Tensor weights)'",
            Product("private partial Tensor Dot(Tensor a, Tensor b);"),
            Product("private partial Tensor Dot(Tensor a, Tensor b, Tensor weights);"));
    }
}
