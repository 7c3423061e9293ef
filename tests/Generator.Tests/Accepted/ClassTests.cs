namespace E3Gen.Generator.Tests.Accepted;

/// <summary>Classes in every place and of every kind that can be generated into.</summary>
public class ClassTests
{
    private const string Mix = """[Linear("4x0e + 2x1o", "8x0e + 2x1o")] private partial Tensor Mix(Tensor x);""";

    /// <summary>Pseudoscalars of nodes and edges multiply to the even scalar that weighs the update: they are not computed for nothing.</summary>
    [Fact]
    public void What_only_a_factor_reads_is_read() => Accept.Source("""
        [MessagePassingNetwork(Architecture = NetworkArchitecture.GatePoints2106, Input = "1o + 0o", EdgeAttributes = "0o", EdgeHarmonics = "0e + 1o", Output = "1o", Layers = 0, MaxRadius = 2)]
        public sealed partial class Weighed;
        """);

    [Theory]
    [InlineData("MACE(\"H\", \"O\", Cutoff = 4)")]
    [InlineData("MACE(Cutoff = 4, Hidden = \"4x0e\", Layers = 1, Correlation = 2)")]
    [InlineData("MACE(Cutoff = 4, Hidden = \"2x0e + 2x1o\", Correlations = new[] { 2, 1 }, Interaction = MACEInteraction.DensityResidual, ScaleShift = false)")]
    [InlineData("MACE(Cutoff = 4, Hidden = \"2x0e + 2x1o\", Correlations = [2, 1], RadialNeurons = [4])")]
    [InlineData("NequIP(\"Si\", Cutoff = 4)")]
    [InlineData("NequIP(Cutoff = 4, Degree = 0, Features = 1, Layers = 1, RadialLayers = 0)")]
    [InlineData("NequIP(Cutoff = 4, Parity = false, Degree = 2, Resnet = true, EvenScalars = ActivationFunction.ShiftedSoftplus, EvenGates = ActivationFunction.Sigmoid)")]
    public void Potentials(string attribute) => Accept.Source($$"""
        [{{attribute}}] public sealed partial class First;
        [{{attribute}}] internal partial class Second : nn.Module<Tensor, Tensor, Graph, Tensor>
        {
            private readonly int _network = 1, _elements = 2;
            public int Propagate() => _network + _elements;
            private static Tensor EdgeHarmonics(Tensor x) => x;
            private static Tensor Layer0Up(Tensor x) => EdgeHarmonics(x);
            public static Tensor ReadoutHidden(Tensor x) => Layer0Up(x);
        }
        internal static class User
        {
            internal static IPotential Make(IPotential first) => first is First ? new Second({{(attribute.Contains("(Cutoff") ? "[\"H\", \"O\"]" : "")}}) : first;
        }
        """);

    [Fact]
    public void In_the_global_namespace() => Accept.Source($$"""[EquivariantModule] internal sealed partial class Sample : nn.Module { {{Mix}} }""");

    [Fact]
    public void In_a_nested_namespace() =>
        Accept.Source($$"""namespace A.B { namespace C { [EquivariantModule] internal sealed partial class Sample : nn.Module { {{Mix}} } } }""");

    [Theory]
    [InlineData("partial class")]
    [InlineData("partial struct")]
    [InlineData("partial interface")]
    [InlineData("partial record")]
    [InlineData("partial record struct")]
    [InlineData("sealed partial class")]
    [InlineData("static partial class")]
    [InlineData("readonly partial struct")]
    [InlineData("ref partial struct")]
    public void Nested_in(string kind) => Accept.Source($$"""
        namespace Samples;
        internal partial class Outer
        {
            private {{kind}} Middle
            {
                [EquivariantModule] internal sealed partial class Sample : nn.Module { {{Mix}} }
            }
        }
        """);

    [Fact]
    public void Public_and_documented() => Accept.Source("""
        namespace Samples;

        /// <summary>A sample.</summary>
        [EquivariantModule]
        public partial class Sample : nn.Module<Tensor, Tensor>
        {
            /// <summary>Applies it.</summary>
            /// <param name="x">Features.</param>
            public override Tensor forward(Tensor x) => Mix(x);

            [Linear("4x0e", "8x0e", Bias = true)]
            public partial Tensor Mix(Tensor x);

            [Linear("8x0e", "8x0e")]
            protected virtual partial Tensor Second(Tensor x);
        }
        """);

    [Fact]
    public void Public_networks() => Accept.Source("""
        namespace Samples;

        /// <summary>A sample.</summary>
        [MessagePassingNetwork(Hidden = "4x0e + 2x1o", Output = "0e", EdgeHarmonics = "0e + 1o", MaxRadius = 2)]
        public partial class Sample;
        """);

    [Fact]
    public void Abstract() => Accept.Source($$"""
        [EquivariantModule] internal abstract partial class Sample : nn.Module<Tensor, Tensor> { {{Mix}} }
        internal sealed class Derived : Sample { public override Tensor forward(Tensor x) => x; }
        """);

    [Fact]
    public void A_generic_base() => Accept.Source("""
        internal abstract class Base<T> : nn.Module<T, T>
        {
            protected T _mix;
            protected Base(string name, T mix = default!) : base(name) => _mix = mix;
            public override T forward(T x) => x;
        }

        [EquivariantModule]
        internal sealed partial class Sample : Base<Tensor>
        {
            [Linear("4x0e", "8x0e")]
            public partial Tensor Mix(Tensor x);
        }
        """);

    [Fact]
    public void A_base_that_takes_nothing() => Accept.Source($$"""
        internal abstract class Base : nn.Module { protected Base() : base("base") { } }
        [EquivariantModule] internal sealed partial class Sample : Base { {{Mix}} }
        """);

    [Fact]
    public void A_module_as_base() => Accept.Source($$"""
        [EquivariantModule] internal partial class Base : nn.Module { {{Mix}} }
        [EquivariantModule] internal sealed partial class Sample : Base { [Linear("0e", "0e")] private partial Tensor Scale(Tensor x); }
        """);

    [Fact]
    public void A_constructor_of_the_users() => Accept.Source($$"""
        [EquivariantModule]
        internal sealed partial class Sample : nn.Module
        {
            internal Sample(double scale) : base("Sample") { Scale = scale; this.RegisterComponents(); }
            internal Sample() : this(1) { }
            internal double Scale { get; }
            {{Mix}}
        }

        [EquivariantModule]
        internal sealed partial class Weightless(string name) : nn.Module(name)
        {
            [Gate("4x0e", "2x1o")] private partial Tensor Activate(Tensor x);
        }

        [MessagePassingNetwork(Hidden = "4x0e", Output = "0e", EdgeHarmonics = "0e", MaxRadius = 2)]
        internal sealed partial class Network : nn.Module<Tensor, Graph, Tensor>
        {
            internal Network(string name) : base(name) => RegisterComponents();
        }
        """);

    [Fact]
    public void Names_that_are_keywords() => Accept.Source("""
        namespace @namespace.@event
        {
            internal partial class @class
            {
                [EquivariantModule]
                internal sealed partial class @record : nn.Module
                {
                    [Linear("4x0e", "4x0e")]
                    private partial Tensor @new(Tensor @this);

                    [TensorProduct("0e", "1o", "1o", Weights = WeightKind.PerSample)]
                    private partial Tensor @return(Tensor @in, Tensor @out, Tensor @ref);

                    [Convolution("4x0e", "0e + 1o")]
                    private partial Tensor @do(Tensor @class, Tensor @struct, Tensor @event, Graph @namespace);

                    [SphericalHarmonics("0e + 1o + 2e")]
                    private partial Tensor @await(Tensor @async);

                    [Gate("4x0e", "2x1o")]
                    private partial Tensor @partial(Tensor @value);
                }
            }
        }
        """);

    [Fact]
    public void Names_that_differ_only_in_case_or_namespace()
    {
        string[] places = ["namespace A", "namespace B", "namespace a", "partial class C", "partial class c_", "partial class C_"];
        Accept.Source(string.Concat(places.Select(p => $$"""
            {{p}}
            {
                [EquivariantModule] internal sealed partial class Sample : nn.Module { {{Mix}} }
                [EquivariantModule] internal sealed partial class SAMPLE : nn.Module { {{Mix}} }
            }

            """)));
    }

    [Fact]
    public void Several_files() => Accept.Sources(
        Sample.Module("""[Linear("@Second", "4x0e")] private partial Tensor First(Tensor x);"""),
        """
        using Features = TorchSharp.torch.Tensor;
        namespace Samples
        {
            partial class Sample
            {
                [E3Gen.Linear(Widths.Many, Widths.Many)] private partial Features Second(Features x);
                [E3Gen.LinearAttribute("@Second", "@First")] internal partial Features Third(TorchSharp.torch.Tensor x);
            }
        }
        """,
        "namespace Samples { internal static class Widths { public const string Many = \"4x0e\"; } }");

    [Fact]
    public void An_attribute_on_another_part() => Accept.Sources(
        Sample.Usings + $$"""internal sealed partial class Sample { {{Mix}} }""",
        Sample.Usings + "[EquivariantModule] partial class Sample : nn.Module { }",
        Sample.Usings + "[MessagePassingNetwork(Hidden = \"4x0e\", Output = \"0e\", EdgeHarmonics = \"0e\", MaxRadius = 2)] partial class Network { }",
        "internal sealed partial class Network { }");
}
