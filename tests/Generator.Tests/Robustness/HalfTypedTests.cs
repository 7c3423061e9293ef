using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Tests.Robustness;

/// <summary>While code is being typed neither generator nor analyzer throws; <see cref="TestCompiler"/> fails where one does.</summary>
public class HalfTypedTests
{
    private const int Step = 19;

    private const string Source = Sample.Usings + """"
        namespace Samples;

        [EquivariantModule]
        public sealed partial class Interaction : nn.Module<Tensor, Tensor, Graph, Tensor>
        {
            private const string Nodes = "4x0e + 2x1o";

            [Linear(Nodes, Nodes, Bias = true)]
            private partial Tensor Mix(Tensor nodes);

            [SphericalHarmonics("""0e + 1o""")]
            public partial Tensor Harmonics(Tensor vectors);

            [Convolution("@Mix", $"{"0e"} + 1o", Keep = "0e" + " + 1o")]
            private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

            [TensorProduct("@Convolve", "1o", "4x0e", Mode = ConnectionMode.UVW, Weights = WeightKind.None)]
            [Path("1o x 1o -> 0e", Weight = 2)]
            [Path(1, 0, 0, HasWeight = false)]
            private partial Tensor Product(Tensor x, Tensor y);

            [Gate("4x0e", @"2x1o", Gates = "2x0e", OddScalars = ActivationFunction.Abs)]
            private partial Tensor Activate(Tensor x);

            [return: Irreps("@Activate")]
            public override Tensor forward([Irreps("@Mix.Input")] Tensor x, [Irreps("1o")] Tensor y, Graph graph) => x;
        }

        [MessagePassingNetwork(Input = "2x0e", Hidden = "4x0e + 2x1o", Output = "0e", EdgeHarmonics = "0e + 1o", MaxRadius = 3.5, Layers = 1)]
        public sealed partial class Network;
        """";

    [Fact]
    public void The_whole_source_generates() => Assert.Equal(2, TestCompiler.Compile(Source.Replace("4x0e\", Mode = ConnectionMode.UVW", "1x0e\", Mode = ConnectionMode.UVW")).Sources.Count(s => !s.HintName.StartsWith("E3Gen.Coupling", StringComparison.Ordinal)));

    [Fact]
    public void Every_beginning() =>
        Assert.All(Enumerable.Range(0, Source.Length / Step), i => TestCompiler.Compile(Source[..(i * Step)]));

    [Fact]
    public void Every_gap() =>
        Assert.All(Enumerable.Range(Sample.Usings.Length / Step, (Source.Length - Sample.Usings.Length) / Step), i => TestCompiler.Compile(Source.Remove(i * Step, 3)));
}
