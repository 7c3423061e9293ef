using System.Runtime.CompilerServices;

namespace E3Gen.Generator.Tests.Snapshots;

/// <summary>Generated code as a person reads it.</summary>
public class EmissionTests
{
    [Fact]
    public void Module() => Verify("""
        using E3Gen;
        using TorchSharp;
        using static TorchSharp.torch;

        namespace Samples;

        [EquivariantModule]
        internal sealed partial class Interaction : nn.Module
        {
            [SphericalHarmonics("0e + 1o + 2e")]
            public partial Tensor Harmonics(Tensor vectors);

            [Linear("4x0e + 2x1o", "4x0e + 2x1o", Bias = true)]
            private partial Tensor Mix(Tensor nodes);

            [Convolution("@Mix", "@Harmonics", Keep = "0e + 1o")]
            private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

            [TensorProduct("@Convolve", "2x0e + 1o", "@Activate.Input")]
            private partial Tensor Update(Tensor messages, Tensor attributes);

            [Gate("4x0e", "2x1o")]
            private partial Tensor Activate(Tensor x);
        }
        """);

    /// <summary>Products of one argument with itself.</summary>
    [Fact]
    public void Powers() => Verify("""
        using E3Gen;
        using TorchSharp;
        using static TorchSharp.torch;

        namespace Samples;

        [EquivariantModule]
        internal sealed partial class Powers : nn.Module
        {
            [TensorSquare("3x0e + 2x1o", "2x0e + 2x1o")]
            public partial Tensor Square(Tensor x);

            [SymmetricContraction("2x0e + 2x1o", "@Square", Elements = 3)]
            public partial Tensor Contract(Tensor x, Tensor species);
        }
        """);

    /// <summary>Functions of scalars and of norms.</summary>
    [Fact]
    public void Functions() => Verify("""
        using E3Gen;
        using TorchSharp;
        using static TorchSharp.torch;

        namespace Samples;

        [EquivariantModule]
        internal sealed partial class Functions : nn.Module
        {
            [Activation("4x0e + 2x0o + 2x1o", ActivationFunction.Gelu, ActivationFunction.Abs, ActivationFunction.Identity)]
            public partial Tensor Activate(Tensor x);

            [NormActivation("@Activate", ActivationFunction.Sigmoid, Bias = true)]
            public partial Tensor Directions(Tensor x);

            [Gate("2x0e + 2x0e", "2x1o", ScalarFunctions = [ActivationFunction.Silu, ActivationFunction.Tanh])]
            public partial Tensor Multiply(Tensor x);
        }
        """);

    /// <summary>What modules of the runtime do.</summary>
    [Fact]
    public void Layers() => Verify("""
        using E3Gen;
        using TorchSharp;
        using static TorchSharp.torch;

        namespace Samples;

        [EquivariantModule]
        internal sealed partial class Layers : nn.Module
        {
            [BatchNorm("4x0e + 2x1o", Momentum = 0.2, Reduce = SampleReduction.Max)]
            public partial Tensor Normalize(Tensor x);

            [LayerNorm("@Normalize", Bias = false)]
            public partial Tensor NormalizeRows(Tensor x);

            [RmsNorm("@Normalize")]
            public partial Tensor NormalizeLengths(Tensor x);

            [Dropout("@Normalize", 0.1)]
            public partial Tensor Drop(Tensor x);

            [Extract("@Normalize", "2x1o + 4x0e")]
            public partial Tensor Take(Tensor x);

            [Attention("@Normalize", "2x0e", Heads = 2)]
            public partial Tensor Attend(Tensor queries, Tensor keys, Tensor values, Graph graph, Tensor cutoff);
        }
        """);

    [Fact]
    public void Network() => Verify("""
        using E3Gen;

        namespace Samples;

        [MessagePassingNetwork(
            Input = "2x0e", Hidden = "4x0e + 2x1o", Output = "0e", EdgeHarmonics = "0e + 1o", Layers = 1, MaxRadius = 3.5, NumNeighbors = 12, ReduceOutput = true, NumNodes = 24)]
        internal sealed partial class Energy;
        """);

    [Fact]
    public void Mace() => Verify("""
        using E3Gen;

        namespace Samples;

        [MACE("H", "O", Cutoff = 4.5, Hidden = "2x0e + 2x1o", Degree = 1, Correlation = 2, RadialNeurons = [8], Transform = DistanceTransform.Agnesi, PairRepulsion = true)]
        internal sealed partial class Water;
        """);

    [Fact]
    public void Nequip() => Verify("""
        using E3Gen;

        namespace Samples;

        [NequIP(Cutoff = 4.5, Features = 2, Layers = 2, NumNeighbors = 12, Resnet = true)]
        internal sealed partial class Metal;
        """);

    /// <summary>What has errors is not described: it cannot run.</summary>
    [Fact]
    public void Descriptions_of_operations_with_errors()
    {
        string code = TestCompiler.Compile(Sample.Module("""
            [Linear("4x0e", "4x0e + 1o")] public partial Tensor Mix(Tensor x);
            [Gate("4x0e", "1o")] public partial Tensor Activate(Tensor x);
            """)).Sources.Single(s => s.HintName.Contains("Sample.g")).SourceText.ToString();
        Assert.DoesNotContain("GeneratedOperation(\"Sample.Mix\"", code);
        Assert.Contains("GeneratedOperation(\"Sample.Activate\", \"Gate\", \"5x0e+1x1o → 4x0e+1x1o\"", code);
    }

    private static void Verify(string source, [CallerMemberName] string test = "")
    {
        var compiled = TestCompiler.Compile(source);
        Assert.Equal([], compiled.Reported.Concat(compiled.Emit()).Select(d => d.ToString()));
        Snapshot.Verify(compiled.Sources, test: test);
    }
}
