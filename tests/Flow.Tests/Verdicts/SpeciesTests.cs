namespace E3Gen.Flow.Tests.Verdicts;

/// <summary>What a symmetric contraction takes as the element of each row must not depend on the frame.</summary>
public sealed class SpeciesTests
{
    [Theory]
    [InlineData("[Invariant]", "E3G0509")]
    [InlineData("[Irreps(\"1x0e\")]", "E3G0509")]
    [InlineData("[Irreps(\"1x0o\")]", "E3G0401")]
    [InlineData("[Irreps(\"1o\")]", "E3G0401")]
    [InlineData("[Positions]", "E3G0401")]
    public void Of_contractions(string stated, string verdict) => Assert.Equal([verdict], FlowCompiler.Analyze([$$"""
        using E3Gen;
        using TorchSharp;
        using static TorchSharp.torch;

        [EquivariantModule]
        public partial class Sample : nn.Module<Tensor, Tensor, Tensor>
        {
            [SymmetricContraction("4x0e + 4x1o", "4x0e + 4x1o", Elements = 2)]
            private partial Tensor Contract(Tensor x, Tensor species);

            [return: Irreps("@Contract")]
            public override Tensor forward([Irreps("@Contract.Input")] Tensor x, {{stated}} Tensor species) => Contract(x, species);
        }
        """]).Reported.Select(d => d.Id).Distinct());
}
