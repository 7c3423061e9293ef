using E3Gen.Generator.Tests.Robustness.Random;

namespace E3Gen.Generator.Tests.Robustness;

/// <summary>While code is being typed neither generator nor analyzer throws, and none hangs.</summary>
public class HalfTypedTests
{
    /// <summary>Every character where many random modules are asked for, too; else every third: inside of each word, and at most two away from its ends.</summary>
    private static readonly int Step = Sampling.IsThorough ? 1 : 3;

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
            public override Tensor forward([Irreps("@Mix.Input")] Tensor x, [Irreps("1o")] Tensor y, Graph graph)
            {
                using var scope = NewDisposeScope();
                Tensor h = Mix(x) + 0.5 * x, edges = Harmonics(y)[.., 0..4];
                h[.., 0] = h.narrow(-1, 0, 1).tanh_();
                var (left, right) = (h.AssumeIrreps("4x0e + 2x1o"), torch.cat(new[] { h, x }, dim: -1));
                Tensor Twice(Tensor t) => t is { } some ? 2 * some : t;
                System.Func<Tensor, Tensor> mix = t => Mix(t);
                foreach (var part in right.split(10, -1)) h += mix(part);
                for (int i = 0; i < 2; i++) try { h = Twice(left); } catch (System.Exception e) when (e.Message.Length > 3) { h *= -1; } finally { left.add_(h); }
                return x.shape[0] switch { > 3 => scope.MoveToOuter(x), _ => h ?? throw new System.ArgumentException($"{h}") };
            }

            [Irreps("1o")]
            private Tensor? Last { get; set; }
        }

        [MessagePassingNetwork(Input = "2x0e", Hidden = "4x0e + 2x1o", Output = "0e", EdgeHarmonics = "0e + 1o", MaxRadius = 3.5, Layers = 1)]
        public sealed partial class Network;
        """";

    [Fact]
    public void The_whole_source_generates() => Assert.Equal(2, TestCompiler.Compile(Source.Replace("4x0e\", Mode = ConnectionMode.UVW", "1x0e\", Mode = ConnectionMode.UVW")).Sources.Count(s => !s.HintName.StartsWith("E3Gen.Coupling", StringComparison.Ordinal)));

    [Fact]
    public void Every_beginning() => Check(Enumerable.Range(0, Source.Length / Step).Select(i => Source[..(i * Step)]));

    [Theory]
    [InlineData(1, 3)]
    [InlineData(9, 5)]
    public void Every_gap(int width, int step) => Check(
        Enumerable.Range(0, (Source.Length - Sample.Usings.Length - width) / (step * Step)).Select(i => Source.Remove(Sample.Usings.Length + (i * step * Step), width)));

    /// <summary>Generator and analyzers take each of them; a failure says which they do not.</summary>
    private static void Check(IEnumerable<string> sources)
    {
        foreach (string[] some in sources.Chunk(100))
        {
            try
            {
                TestCompiler.Examine(some.Select((source, i) => source.Replace("Samples", $"Samples{i}")));
            }
            catch (InvalidOperationException)
            {
                Assert.All(some, source => TestCompiler.Examine(source));
                throw;
            }
        }
    }
}
