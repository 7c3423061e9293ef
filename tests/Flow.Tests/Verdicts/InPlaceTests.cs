namespace E3Gen.Flow.Tests.Verdicts;

/// <summary>What is written into a tensor under one of its names changes it under all of them: what cannot be followed is not proven, and neither is what others see.</summary>
public sealed class InPlaceTests
{
    private const string Verified = "E3G0509", NotVerified = "E3G0510", SeenByOthers = "E3G0515", SeenLate = NotVerified;

    [Theory]
    [InlineData("x.mul_(2.0); return x;", SeenByOthers)]
    [InlineData("x.select(-1, 1).zero_(); return x;", SeenByOthers)]
    [InlineData("var y = x.clone(); y.mul_(2.0); return y;", Verified)]
    [InlineData("var y = x.clone(); var z = y.view(-1, 4); z.mul_(2.0); return y;", Verified)]
    [InlineData("var y = torch.zeros_like(x); var z = y.view(-1); z.add_(1); return x + y;", "E3G0503")]
    [InlineData("var y = torch.zeros_like(x); var z = y.narrow(-1, 0, 1); z.add_(1); return x + y;", "E3G0503")]
    [InlineData("var sum = torch.zeros_like(x); sum.add_(x); return sum;", Verified)]
    [InlineData("var y = x.view(-1); y.add_(1); return x;", "E3G0508")]
    [InlineData("var y = x.view(-1); torch.nn.functional.relu(y, inplace: true); return x;", "E3G0508")]
    [InlineData("foreach (var row in x.unbind(0)) row.add_(1); return x;", "E3G0503")]
    [InlineData("var (y, z) = (x.clone(), x.clone()); var w = y; w.mul_(z); return y;", "E3G0504")]
    [InlineData("var (y, z) = (x, x.clone()); y.mul_(z.norm(-1, keepdim: true)); return x;", SeenByOthers)]
    [InlineData("var zeros = torch.zeros_like(x); var y = zeros; y.add_(x.neg()); return x + zeros;", Verified)]
    [InlineData("var zeros = torch.zeros(1, 4); var y = zeros.view(4); zeros.add_(x.mean([0L], keepdim: true)); return x + y;", NotVerified)]
    [InlineData("var ones = torch.ones_like(x); var y = ones; y.mul_(x.narrow(-1, 0, 1)); return x * ones.narrow(-1, 0, 1);", Verified)]
    [InlineData("var ones = torch.ones_like(x); var y = ones; y.mul_(x); return x * ones.narrow(-1, 0, 1);", Verified)]
    [InlineData("var ones = torch.ones_like(x); var y = ones; y.mul_(x); return x * ones.narrow(-1, 1, 1);", "E3G0505")]
    public void Of_another_name(string body, string verdict) => Assert.Equal([verdict], Reported(body));

    [Theory]
    [InlineData("return x.to(ScalarType.Int64).to(x.dtype);", "E3G0501")]
    [InlineData("return x.to(ScalarType.Bool).to(x.dtype);", "E3G0501")]
    [InlineData("return x.to(ScalarType.Float32).to(x.dtype);", Verified)]
    [InlineData("return (x.narrow(-1, 0, 1).to(ScalarType.Int32) * x).to(x.dtype);", Verified)]
    public void Of_conversions_to_whole_numbers(string body, string id) => Assert.Equal([id], Reported(body));

    [Theory]
    [InlineData("y.mul_(2)", SeenLate)]
    [InlineData("y.relu_()", SeenLate)]
    [InlineData("torch.nn.init.ones_(y)", SeenLate)]
    [InlineData("y.norm()", Verified)]
    public void Of_what_a_sequence_is_yet_to_be_computed_of(string change, string verdict) =>
        Assert.Equal([verdict], Reported($"var y = x.clone(); var late = new[] {{ y }}.Select(t => t * 2); {change}; return late.First();"));

    /// <summary>Zero is a vector like any other, but no position: it does not move with the origin.</summary>
    [Theory]
    [InlineData("x.zero_(); return x;", "Irreps(\"0e + 1o\")", Verified)]
    [InlineData("x.select(0, 0).zero_(); return x;", "Irreps(\"0e + 1o\")", Verified)]
    [InlineData("x.zero_(); return x;", "Positions", SeenByOthers)]
    [InlineData("x.mul_(0.0); return x;", "Positions", SeenByOthers)]
    [InlineData("x.select(-2, 1).zero_(); return x;", "Positions", SeenByOthers)]
    [InlineData("x.select(0, 0).fill_(0.0); return x;", "Positions", SeenByOthers)]
    [InlineData("x.narrow(0, 0, 2).mul_(0.0); return x;", "Positions", SeenByOthers)]
    [InlineData("x.select(0, 0).copy_(torch.zeros(3)); return x;", "Positions", SeenByOthers)]
    [InlineData("x.index_fill_(0, torch.tensor(0L), 0.0); return x;", "Positions", "E3G0514")]
    [InlineData("x.masked_fill_(torch.ones(1, 1, ScalarType.Bool), 0.0); return x;", "Positions", "E3G0514")]
    [InlineData("x[0] = torch.zeros(3); return x;", "Positions", "E3G0514")]
    [InlineData("var y = x.clone(); y.select(0, 0).zero_(); return y;", "Positions", NotVerified)]
    [InlineData("var y = x.clone(); y.zero_(); return y;", "Positions", NotVerified)]
    public void Of_zeros(string body, string stated, string verdict) => Assert.Equal([verdict], Reported(body, stated));

    private static IEnumerable<string> Reported(string body, string stated = "Irreps(\"0e + 1o\")") => FlowCompiler.Analyze([$$"""
        using System.Linq;
        using E3Gen;
        using TorchSharp;
        using static TorchSharp.torch;

        [EquivariantModule]
        public partial class Sample : nn.Module<Tensor, Tensor>
        {
            [return: {{stated}}]
            public override Tensor forward([{{stated}}] Tensor x)
            {
                {{body}}
            }
        }
        """]).Reported.Select(d => d.Id).Distinct();
}
