namespace E3Gen.Flow.Tests.Verdicts;

/// <summary>What is written into a tensor under one of its names changes it under all of them: what cannot be followed is not called proven.</summary>
public sealed class InPlaceTests
{
    private const string Verified = "E3G0509", NotVerified = "E3G0510";

    [Theory]
    [InlineData("x.mul_(2.0); return x;", Verified)]
    [InlineData("var sum = torch.zeros_like(x); sum.add_(x); return sum;", Verified)]
    [InlineData("var y = x.view(-1); y.add_(1); return x;", NotVerified)]
    [InlineData("var y = x.view(-1); torch.nn.functional.relu(y, inplace: true); return x;", NotVerified)]
    [InlineData("foreach (var row in x.unbind(0)) row.add_(1); return x;", NotVerified)]
    [InlineData("var (y, z) = (x, x.clone()); y.mul_(z); return x;", NotVerified)]
    [InlineData("var zeros = torch.zeros_like(x); var y = zeros; y.add_(x.neg()); return x + zeros;", NotVerified)]
    [InlineData("var ones = torch.ones_like(x); var y = ones; y.mul_(x.narrow(-1, 0, 1)); return x * ones.narrow(-1, 0, 1);", NotVerified)]
    public void Of_another_name(string body, string verdict) => Assert.Equal([verdict], Reported(body));

    [Theory]
    [InlineData("return x.to(ScalarType.Int64).to(x.dtype);", "E3G0501")]
    [InlineData("return x.to(ScalarType.Bool).to(x.dtype);", "E3G0501")]
    [InlineData("return x.to(ScalarType.Float32).to(x.dtype);", Verified)]
    [InlineData("return (x.narrow(-1, 0, 1).to(ScalarType.Int32) * x).to(x.dtype);", Verified)]
    public void Of_conversions_to_whole_numbers(string body, string id) => Assert.Equal([id], Reported(body));

    private static IEnumerable<string> Reported(string body) => FlowCompiler.Analyze([$$"""
        using E3Gen;
        using TorchSharp;
        using static TorchSharp.torch;

        [EquivariantModule]
        public partial class Sample : nn.Module<Tensor, Tensor>
        {
            [return: Irreps("0e + 1o")]
            public override Tensor forward([Irreps("0e + 1o")] Tensor x)
            {
                {{body}}
            }
        }
        """]).Reported.Select(d => d.Id).Distinct();
}
