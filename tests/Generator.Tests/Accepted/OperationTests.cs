namespace E3Gen.Generator.Tests.Accepted;

/// <summary>Operations in every form.</summary>
public class OperationTests
{
    /// <summary>Numbers that are no fractions of small numbers take no time to write; a warning-free class is all that is looked at.</summary>
    [Fact]
    public void Odd_variances() => Accept.Members("""
            [TensorProduct("8x0e", "1x0e", "8x0e", Input1Variances = [0.6], Input2Variances = [0.7])] private partial Tensor Product(Tensor x, Tensor y);
            [TensorProduct("8x0e", "1x0e", "8x0e", Input1Variances = [1e-30], Input2Variances = [1e-30], OutputVariances = [1e30])] private partial Tensor Small(Tensor x, Tensor y);
        """);

    [Fact]
    public void References_in_any_order() => Accept.Members("""
            [Linear("@Convolve", "@Activate.Input")]
            private partial Tensor Update(Tensor messages);

            [Gate("8x0e + 2x0o", "4x1o + 2x2e")]
            private partial Tensor Activate(Tensor x);

            [Convolution("@Mix", "@Harmonics", Keep = "@Activate.Input")]
            private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

            [Linear("@Activate", "@Activate")]
            private partial Tensor Mix(Tensor nodes);

            [SphericalHarmonics("0e + 1o + 2e")]
            private partial Tensor Harmonics(Tensor vectors);

            [Linear("@Mix + 4x0e", "@Mix + 4x0e")]
            private partial Tensor Wider(Tensor x);

            [return: Irreps("@Activate")]
            private Tensor Layer([Irreps("@Mix.Input")] Tensor nodes, [Irreps("@Harmonics")] Tensor edges, Tensor weights, Graph graph) =>
                Wider(Activate(Update(Convolve(Mix(nodes), edges, weights, graph))));
        """);

    [Fact]
    public void Products_of_every_kind() => Accept.Members("""
            [FullTensorProduct("2x0e + 1o", "1o + 2x1e", Keep = "1o")]
            private partial Tensor Full(Tensor x, Tensor y);

            [ElementwiseTensorProduct("@Full", "2x0e + 2x1o")]
            private partial Tensor Elementwise(Tensor x, Tensor y);

            [Norm("@Elementwise")]
            private partial Tensor Lengths(Tensor x);

            [Linear("@Lengths", "4x0e")]
            private partial Tensor OfLengths(Tensor x);

            [TensorSquare("@Elementwise", Keep = "0e + 2e")]
            private partial Tensor Square(Tensor x);

            [TensorSquare("2x1o", "2x0e", Weights = WeightKind.PerSample)]
            private partial Tensor Weighted(Tensor x, Tensor weights);

            [TensorProduct("3x1o", "3x1o", "2x1e", Mode = ConnectionMode.ULessVW)]
            private partial Tensor Pairs(Tensor x, Tensor y);

            [SymmetricContraction("4x0e + 4x1o", "4x0e + 4x1o", Correlation = 2, Elements = 3)]
            private partial Tensor Contract(Tensor x, Tensor species);

            [return: Irreps("@Contract")]
            private Tensor Layer([Irreps("@Contract.Input")] Tensor x, [Invariant] Tensor species) => Contract(x, species);

            private int Count => WeightedWeights;
        """);

    [Fact]
    public void Functions_of_every_form() => Accept.Members("""
            [Activation("4x0e + 2x0o + 2x1o")]
            private partial Tensor Plain(Tensor x);

            [Activation("@Plain", ActivationFunction.Gelu, ActivationFunction.Cos, ActivationFunction.Identity)]
            private partial Tensor Entries(Tensor x);

            [Linear("@Entries", "4x0e + 2x0e + 2x1o")]
            private partial Tensor Mix(Tensor x);

            [Activation("4x0e + 2x0e", functions: new ActivationFunction[] { ActivationFunction.Silu, ActivationFunction.Square }, Constants = MomentConstants.E3nn)]
            private partial Tensor Array(Tensor x);

            [Activation("4x0o", functions: [ActivationFunction.Sin])]
            private partial Tensor Odd(Tensor x);

            [NormActivation("@Plain", ActivationFunction.Sigmoid, Bias = true, Epsilon = 1e-3)]
            private partial Tensor Directions(Tensor x);

            [NormActivation("@Plain", ActivationFunction.Relu, Normalize = false)]
            private partial Tensor Factors(Tensor x);

            [Gate("4x0e + 4x0e", "2x1o", ScalarFunctions = [ActivationFunction.Silu, ActivationFunction.Tanh], GateFunctions = [ActivationFunction.Hardsigmoid])]
            private partial Tensor Gated(Tensor x);

            [return: Irreps("4x0e + 2x0e + 2x1o")]
            private Tensor Layer([Irreps("4x0e + 2x0o + 2x1o")] Tensor x) => Mix(Entries(Factors(Directions(Plain(x)))));
        """);

    [Fact]
    public void Every_accessibility() => Accept.Source("""
        internal class Base() : nn.Module("Base") { public virtual Tensor Same(Tensor x) => x; public Tensor Hidden(Tensor x) => x; }

        [EquivariantModule]
        internal partial class Sample : Base
        {
            [Linear("4x0e", "4x0e")] public partial Tensor A(Tensor x);
            [Linear("4x0e", "4x0e")] public virtual partial Tensor B(Tensor x);
            [Linear("4x0e", "4x0e")] protected internal partial Tensor C(Tensor x);
            [Linear("4x0e", "4x0e")] private protected partial Tensor D(Tensor x);
            [Linear("4x0e", "4x0e")] protected partial Tensor E(Tensor x);
            [Linear("4x0e", "4x0e")] internal partial Tensor F(Tensor x = null!);
            [Linear("4x0e", "4x0e")] public sealed override partial Tensor Same(Tensor x);
            [Linear("4x0e", "4x0e")] public new partial Tensor Hidden(Tensor x);
        }
        """);

    [Fact]
    public void Forward_itself_and_interfaces() => Accept.Source("""
        internal interface IMix { Tensor Mix(Tensor x); }

        [EquivariantModule]
        internal partial class Sample : nn.Module<Tensor, Tensor>, IMix
        {
            [Linear("4x0e", "4x0e")]
            public override partial Tensor forward(Tensor x);

            [Linear("4x0e", "4x0e")]
            public partial Tensor Mix(Tensor x);
        }

        [EquivariantModule]
        internal sealed partial class Derived : Sample
        {
            [Gate("4x0e", "")]
            private partial Tensor Activate(Tensor input);
        }
        """);

    [Fact]
    public void The_users_documentation_stays()
    {
        const string Source = """
            namespace Samples;

            /// <summary>A sample.</summary>
            [EquivariantModule]
            public sealed partial class Sample : nn.Module
            {
                /// <summary>Mixes channels; x &lt; y.</summary>
                /// <param name="x">Features.</param>
                /// <returns>Mixed features.</returns>
                [Linear("4x0e", "4x0e")]
                public partial Tensor Mix(Tensor x);

                /**
                 * <summary>Activates.</summary>
                 */
                [Gate("4x0e", "")]
                public partial Tensor Activate(Tensor x);

                // Not a documentation comment.
                [Gate("4x0e", "")]
                public partial Tensor Again(Tensor x);
            }
            """;
        Accept.Source(Source);
        var compiled = TestCompiler.Compile(Sample.Usings + Source);
        string Documentation(string method) => compiled.Output.GetTypeByMetadataName("Samples.Sample")!.GetMembers(method).Single().GetDocumentationCommentXml()!;
        Assert.Contains("Mixes channels", Documentation("Mix"));
        Assert.Contains("Activates", Documentation("Activate"));
        Assert.Contains("Gate 4x0e → 4x0e", Documentation("Again"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x1o")]
    [InlineData("0x0e + 0x1o")]
    [InlineData("  ")]
    public void Nothing_at_all(string nothing) => Accept.Members($"""
            [Linear("{nothing}", "{nothing}")] private partial Tensor Mix(Tensor x);
            [Linear("{nothing}", "4x0e", Bias = true)] private partial Tensor Bias(Tensor x);
            [TensorProduct("{nothing}", "{nothing}", "{nothing}")] private partial Tensor Product(Tensor x, Tensor y);
            [TensorProduct("{nothing}", "{nothing}", "{nothing}", Weights = WeightKind.Shared)] private partial Tensor Shared(Tensor x, Tensor y, Tensor weights);
            [TensorProduct("{nothing}", "{nothing}", "{nothing}", Weights = WeightKind.None)] private partial Tensor None(Tensor x, Tensor y);
            [Convolution("{nothing}", "{nothing}")] private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);
            [Convolution("{nothing}", "{nothing}", Keep = "")] private partial Tensor Kept(Tensor nodes, Tensor edges, Tensor weights, Graph graph);
            [SphericalHarmonics("{nothing}")] private partial Tensor Harmonics(Tensor vectors);
            [Norm("{nothing}")] private partial Tensor Lengths(Tensor x);
            [Activation("{nothing}")] private partial Tensor Functions(Tensor x);
            [NormActivation("{nothing}", ActivationFunction.Silu, Bias = true)] private partial Tensor OfNorms(Tensor x);
            [BatchNorm("{nothing}")] private partial Tensor Normalize(Tensor x);
            [LayerNorm("{nothing}")] private partial Tensor NormalizeRows(Tensor x);
            [RmsNorm("{nothing}", Affine = false)] private partial Tensor NormalizeLengths(Tensor x);
            [Dropout("{nothing}", 0.5)] private partial Tensor Drop(Tensor x);
            [Extract("{nothing}", "{nothing}")] private partial Tensor Take(Tensor x);
            [Attention("{nothing}", "{nothing}", Heads = 3)] private partial Tensor Attend(Tensor q, Tensor k, Tensor v, Graph graph);
            [Gate("{nothing}", "{nothing}")] private partial Tensor Activate(Tensor x);
            [Gate("{nothing}", "{nothing}", Gates = "{nothing}")] private partial Tensor Gated(Tensor x);
        """);

    [Fact]
    public void Zero_multiplicities_among_others() => Accept.Members("""
            [Linear("0x0e + 4x0e + 0x1o", "4x0e + 0x3e")] private partial Tensor Mix(Tensor x);
            [TensorProduct("0x1o + 4x0e", "0e + 0x2e", "4x0e + 0x1o")] private partial Tensor Product(Tensor x, Tensor y);
            [Convolution("0x1o + 4x0e", "0x1o + 0e")] private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);
            [SphericalHarmonics("0x1o + 2e + 0x0e")] private partial Tensor Harmonics(Tensor vectors);
            [Gate("4x0e + 0x0o", "0x1o + 2x2e", Gates = "0x0o + 2x0e")] private partial Tensor Activate(Tensor x);
        """);

    [Fact]
    public void Every_mode_and_kind_of_weights()
    {
        var modes = new[] { ("UVW", "3x0e"), ("UVU", "4x0e"), ("UVV", "4x0e"), ("UUW", "3x0e"), ("UUU", "4x0e"), ("UVUV", "16x0e") };
        var kinds = new[] { ("Internal", ""), ("Shared", ", Tensor weights"), ("PerSample", ", Tensor weights") };
        var members =
            from m in modes
            from k in kinds
            select $"[TensorProduct(\"4x1o\", \"4x1o\", \"{m.Item2}\", Mode = ConnectionMode.{m.Item1}, Weights = WeightKind.{k.Item1})] private partial Tensor {m.Item1}{k.Item1}(Tensor x, Tensor y{k.Item2});";
        var unweighted = modes.Where(m => m.Item2 != "3x0e").Select(m =>
            $"[TensorProduct(\"4x1o\", \"4x1o\", \"{m.Item2}\", Mode = ConnectionMode.{m.Item1}, Weights = WeightKind.None)] private partial Tensor {m.Item1}None(Tensor x, Tensor y);");
        Accept.Members(string.Join("\n", members.Concat(unweighted)));
    }

    /// <summary>What TorchSharp operations make up, beside TorchSharp's modules of the same names.</summary>
    [Fact]
    public void Layers() => Accept.Source("""
        using TorchSharp.Modules;

        [EquivariantModule]
        internal sealed partial class Sample : nn.Module<Tensor, Graph, Tensor>
        {
            private const string Nodes = "4x0e + 2x0o + 2x1o";

            [BatchNorm(Nodes, Momentum = 0, Epsilon = 1, Reduce = SampleReduction.Max, Normalization = Normalization.Norm)]
            private partial Tensor Normalize(Tensor x);

            [LayerNorm("@Normalize", Affine = false)]
            public partial Tensor NormalizeRows(Tensor x);

            [RmsNorm("@Normalize", Centering = false, Bias = false)]
            internal partial Tensor NormalizeLengths(Tensor @class);

            [Dropout("@Normalize.Input", 1)]
            private partial Tensor Drop(Tensor x);

            [Extract(Nodes, "2x1o + 4x0e", Entries = new[] { 2, 0 })]
            private partial Tensor Take(Tensor x);

            [Attention("@Take", Nodes, Heads = 2)]
            private partial Tensor Attend(Tensor queries, Tensor keys, Tensor values, Graph graph);

            [Attention("@Take", Nodes)]
            private partial Tensor AttendSmoothly(Tensor q, Tensor k, Tensor v, Graph @graph, Tensor c);

            [return: Irreps(Nodes)]
            public override Tensor forward([Irreps(Nodes)] Tensor x, Graph graph)
            {
                Tensor keys = Take(Drop(Normalize(x))), far = keys.index_select(0, graph.Source), values = x.index_select(0, graph.Source);
                Tensor weights = graph.Softmax(far[.., 6..7]);
                return Attend(keys, far, values * weights, graph) + AttendSmoothly(keys, far, values, graph, weights.squeeze(1));
            }
        }
        """);

    [Fact]
    public void Paths_that_lines_pick() => Accept.Members("""
            [TensorProduct("4x0e + 4x1o", "2x0e + 2x1o + 4x1o", "4x0e + 8x1e + 0e", Weights = WeightKind.PerSample, PathNormalization = PathNormalization.Path)]
            [Path("0e x 0e -> 0e", Weight = 0.5)]
            [Path(1, 1, 1, Mode = ConnectionMode.UVUV, HasWeight = false)]
            [Path(1, 2, 0, Mode = ConnectionMode.UUU)]
            [Path("  1o  ×  1o  →  0e  ")]
            private partial Tensor Product(Tensor x, Tensor y, Tensor weights);
        """);

    [Fact]
    public void Everything_up_to_the_highest_degree() => Accept.Members("""
            [SphericalHarmonics("0e+1o+2e+3o+4e+5o+6e+7o+8e+9o+10e+11o")] private partial Tensor Harmonics(Tensor vectors);
            [SphericalHarmonics("0e+1e+2e+3e", Normalize = false, Normalization = Normalization.Norm)] private partial Tensor Solid(Tensor vectors);
            [Convolution("4x6e", "5o", Keep = "11o")] private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);
        """);

    [Fact]
    public void Networks() => Accept.Source("""
        namespace Samples;

        [MessagePassingNetwork(Output = "0e", EdgeHarmonics = "0e", MaxRadius = 2, Layers = 0)]
        internal sealed partial class NoLayers;

        [MessagePassingNetwork(Hidden = "4x0e + 2x1o", Output = "0e + 0x1o", EdgeHarmonics = "0e + 1o + 0x2e", MaxRadius = 2, Layers = 1, ReduceOutput = true, NumNodes = 5, RadialLayers = 0)]
        internal sealed partial class Reduced;

        [MessagePassingNetwork(Input = "2x0e", NodeAttributes = "3x0e + 1o", Hidden = "4x0e + 4x0e + 2x1o + 0x2e", Output = "0e + 2x1o + 0e", EdgeHarmonics = "0e + 1o", MaxRadius = 2.5, Constants = MomentConstants.E3nn)]
        internal sealed partial class Attributed : nn.Module<Tensor, Tensor, Tensor, Graph, Tensor>;

        [MessagePassingNetwork(Input = "2x0o + 1x1e", Hidden = "4x0o + 2x1e", Output = "0o", EdgeHarmonics = "0e + 1o + 2e", MaxRadius = 2)]
        internal abstract partial class Pseudo;

        internal static partial class Outer
        {
            [MessagePassingNetwork(Output = "0e", EdgeHarmonics = "0e", MaxRadius = 2, NodeAttributes = null, Layers = 0)]
            internal sealed partial class Nested;
        }
        """);
}
