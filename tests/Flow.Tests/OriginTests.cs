namespace E3Gen.Flow.Tests;

/// <summary>The further locations of a diagnostic: where the values involved got their irreps.</summary>
public sealed class OriginTests
{
    [Theory]
    [InlineData("an argument", "E3G0401", "Tensor h = Shrink(x); h = h * 2; return Mix(h);", "Shrink(x)", "nodes")]
    [InlineData("a parameter", "E3G0401", "return Grow(x);", "x", "small")]
    [InlineData("a slice", "E3G0402", "var (s, v) = (x[.., ..8], x[.., 8..]); return s;", "x[.., ..8]", "forward")]
    [InlineData("a field", "E3G0403", "_last = Shrink(x); return x;", "Shrink(x)", "_last")]
    [InlineData("two paths", "E3G0404", "Tensor h = x; if (training) { h = Shrink(x); } return Mix(h);", "Shrink(x)", "x")]
    [InlineData("a function of components", "E3G0501", "Tensor h = Mix(x); return h.relu();", "Mix(x)")]
    [InlineData("a sum", "E3G0507", "Tensor h = Shrink(x), y = Mix(x); return h + y;", "Shrink(x)", "Mix(x)")]
    [InlineData("a product", "E3G0504", "Tensor h = Mix(x); return h * x;", "Mix(x)", "x")]
    [InlineData("within a helper", "E3G0501", "Tensor h = Mix(x); return Act(h);", "t.relu()", "Mix(x)")]
    [InlineData("out of a helper", "E3G0401", "return Mix(Cut(x));", "t[.., ..8]", "nodes")]
    [InlineData("what is not proven within a helper", "E3G0510", "return Mix(Read());", "Other")]
    [InlineData("what decides", "E3G0513", "var s = x[.., 9]; return s.sum().item<float>() > 0 ? x : Mix(x);", "x[.., 9]")]
    public void AreGiven(string name, string id, string body, params string[] origins)
    {
        var compiled = FlowCompiler.Compile($$"""
            using E3Gen;
            using TorchSharp;
            using static TorchSharp.torch;

            [EquivariantModule]
            public sealed partial class Sample : nn.Module<Tensor, Tensor>
            {
                private const string X = "8x0e + 4x1o";

                [Irreps(X)]
                private Tensor _last = torch.zeros(1, 20);

                private Tensor Other { get; set; } = torch.zeros(1, 20);

                private Tensor Read() => Other * 2;

                internal void Forget() => Other = Other.clone();

                [return: Irreps(X)]
                public override Tensor forward([Irreps(X)] Tensor x) { {{body}} }

                private static Tensor Act(Tensor t) => t.relu();

                private static Tensor Cut(Tensor t) => t[.., ..8];

                [Linear(X, X)]
                private partial Tensor Mix(Tensor nodes);

                [Linear(X, "4x0e + 2x1o")]
                private partial Tensor Shrink(Tensor all);

                [Linear("4x0e + 2x1o", X)]
                private partial Tensor Grow(Tensor small);
            }
            """);
        Assert.Equal([], compiled.Errors.Select(d => d.ToString()));
        var diagnostic = Assert.Single(compiled.Reported);
        Assert.True(diagnostic.Id == id, $"{name}: {diagnostic}");
        Assert.Equal(origins, diagnostic.AdditionalLocations.Select(l => l.SourceTree!.GetText().ToString(l.SourceSpan)));
    }
}
