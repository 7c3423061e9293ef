namespace E3Gen.Flow.Tests.Verdicts;

/// <summary>Whoever reviews an assembly finds all that it takes on trust.</summary>
public sealed class TrustTests
{
    private const string Source = """
        using E3Gen;
        using TorchSharp;
        using static TorchSharp.torch;

        [EquivariantModule]
        public sealed partial class Sample : nn.Module<Tensor, Tensor>
        {
            [return: Irreps("1o")]
            public override Tensor forward([Irreps("1o")] Tensor x) => Functions.Helper(x)?.AssumeIrreps("1o") ?? x;
        }

        public static class Functions
        {
            private const string Vectors = "2x1o";

            public static Tensor Helper(Tensor x) => x.relu();

            public static Tensor Anywhere(Tensor x) => IrrepsAssumption.AssumeIrreps(x, irreps: Vectors);

            [AssumeEquivariant("measured")]
            [return: Irreps("0e")]
            public static Tensor Norm([Irreps("1o")] Tensor x) => x.norm(1).unsqueeze(1);
        }
        """;

    [Fact]
    public void Every_assumption_is_listed_where_it_stands()
    {
        var listed = FlowCompiler.Analyze([Source]).Reported.Where(d => d.Id == "E3G0511").OrderBy(d => d.Location.SourceSpan.Start).ToList();
        Assert.Equal(
            [
                ("AssumeIrreps", "Taken on trust: that 'Functions.Helper(x)' is 1o"),
                ("AssumeIrreps", "Taken on trust: that 'x' is 2x1o"),
                ("Norm", "Taken on trust: 'Norm', because: measured"),
            ],
            listed.Select(d => (Source.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length), d.GetMessage())));
    }
}
