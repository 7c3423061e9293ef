namespace E3Gen.Generator.Tests.Accepted;

/// <summary>Names of the user's that could meet those of generated code.</summary>
public class NameTests
{
    /// <summary>Every local that an emitter declares, and every name that generated code writes, is a parameter of every operation somewhere here.</summary>
    private static readonly string[] Names =
    [
        "rows", "segments", "weights", "graph", "scope", "xs", "ys", "ws", "x0", "z0", "p0", "out0", "sorted", "r", "y0", "y1", "scalars0", "gates0", "gated0", "y2",
        "rows_", "rows__", "_mix", "SampleKernels", "E3Gen", "TorchSharp", "System", "global", "Check", "Rows", "Layouts", "Tensor",
    ];

    [Fact]
    public void Parameters_called_like_locals()
    {
        string Name(int i) => Names[i % Names.Length];
        Accept.Source(string.Concat(Enumerable.Range(0, Names.Length).Select(i => $$"""
            namespace Samples{{i}}
            {
                [EquivariantModule]
                internal sealed partial class Sample : nn.Module
                {
                    [Linear("4x0e + 2x1o", "8x0e + 2x1o")]
                    private partial Tensor Mix(Tensor {{Name(i)}});

                    [TensorProduct("4x0e + 2x1o", "0e + 3x1o", "0e + 2x1o", Weights = WeightKind.PerSample)]
                    private partial Tensor Product(Tensor {{Name(i)}}, Tensor {{Name(i + 1)}}, Tensor {{Name(i + 2)}});

                    [Convolution("4x0e + 2x1o", "0e + 2x1o")]
                    private partial Tensor Convolve(Tensor {{Name(i)}}, Tensor {{Name(i + 1)}}, Tensor {{Name(i + 2)}}, Graph {{Name(i + 3)}});

                    [SphericalHarmonics("0e + 1o + 2e")]
                    private partial Tensor Harmonics(Tensor {{Name(i)}});

                    [Gate("4x0e", "2x1o")]
                    private partial Tensor Activate(Tensor {{Name(i)}});
                }
            }

            """)));
    }

    /// <summary>The compiler warns of such names; who suppresses that in his own file must not see it in ours.</summary>
    [Fact]
    public void Classes_in_lower_case() => Accept.Source("""
        #pragma warning disable CS8981
        internal partial class outer
        {
            [EquivariantModule]
            internal sealed partial class sample : nn.Module
            {
                [Linear("4x0e", "4x0e")]
                private partial Tensor mix(Tensor x);
            }
        }
        """);

    [Fact]
    public void Members_called_like_generated_ones() => Accept.Members("""
            private readonly int _mix = 1;
            private static int _mix_ => 2;
            private sealed class SampleKernels;

            public int Sum => _mix + _mix_ + new SampleKernels().GetHashCode();

            [Linear("4x0e", "4x0e")] private partial Tensor Mix(Tensor x);
            [Linear("4x0e", "4x0e")] private partial Tensor mix(Tensor x);
            [Linear("4x0e", "4x0e")] private partial Tensor _Mix(Tensor x);
        """);

    [Fact]
    public void Operations_called_like_constants() => Accept.Members("""
            [TensorProduct("4x1o", "1o", "4x1e", Mode = ConnectionMode.UVU)] private partial Tensor Sqrt(Tensor x, Tensor y);
            [TensorProduct("4x1o", "1o", "4x1e", Mode = ConnectionMode.UVU)] private partial Tensor Sqrt1_(Tensor x, Tensor y);
            [TensorProduct("4x1o", "1o", "4x1e", Mode = ConnectionMode.UVU)] private partial Tensor Wigner1x1to(Tensor x, Tensor y);
            [Linear("0e+0o+1e+1o+2e+2o+3e+3o+4e+4o+5e+5o", "0e+0o+1e+1o+2e+2o+3e+3o+4e+4o+5e+5o")] private partial Tensor Mix(Tensor x);
            [Linear("0e+1e", "0e+1e")] private partial Tensor Mix1(Tensor x);
            [SphericalHarmonics("0e+1o+2e")] private partial Tensor Y(Tensor x);
            [Linear("0e+1e+2e", "0e+1e+2e")] private partial Tensor YY(Tensor x);
            [Linear("0e", "0e")] private partial Tensor YNormalization(Tensor x);
        """);

    [Fact]
    public void Operations_called_like_keywords_and_with_overloads() => Accept.Members("""
            [Linear("4x0e", "4x0e")] private partial Tensor @class(Tensor @in);
            [SphericalHarmonics("0e+1o+2e")] private partial Tensor @event(Tensor @event);
            [SphericalHarmonics("0e+1o+2e")] private partial Tensor Harmonics(Tensor Harmonics);
            public Tensor Harmonics(object other) => (Tensor)other;
            public T Harmonics<T>(T other) => other;
        """);

    [Fact]
    public void Types_and_namespaces_called_like_ours() => Accept.Sources("""
        namespace Samples.E3Gen { internal static class Kernels { } }
        namespace Samples.System { internal sealed class ArgumentNullException { } }
        namespace Samples.TorchSharp { internal sealed class Torch { } }
        namespace Samples
        {
            internal sealed class Tensor { }
            internal sealed class Graph { }
            internal sealed class Scalar { }
            internal sealed class Math { }
            internal sealed class SampleKernels { }

            [global::E3Gen.EquivariantModule]
            internal sealed partial class Sample : global::TorchSharp.torch.nn.Module
            {
                [global::E3Gen.Linear("4x0e", "4x0e")]
                private partial global::TorchSharp.torch.Tensor Mix(global::TorchSharp.torch.Tensor x);

                [global::E3Gen.Convolution("4x0e", "0e + 1o")]
                private partial global::TorchSharp.torch.Tensor Convolve(
                    global::TorchSharp.torch.Tensor nodes, global::TorchSharp.torch.Tensor edges, global::TorchSharp.torch.Tensor weights, global::E3Gen.Graph graph);

                [global::E3Gen.SphericalHarmonics("0e + 1o + 2e", Normalization = global::E3Gen.Normalization.Integral)]
                private partial global::TorchSharp.torch.Tensor Harmonics(global::TorchSharp.torch.Tensor x);

                [global::E3Gen.Gate("4x0e", "2x1o")]
                private partial global::TorchSharp.torch.Tensor Activate(global::TorchSharp.torch.Tensor x);

                private sealed class E3Gen { }
                private sealed class TorchSharp { }
                private sealed class System { }
            }

            [global::E3Gen.MessagePassingNetwork(Hidden = "4x0e + 2x1o", Output = "0e", EdgeHarmonics = "0e + 1o", MaxRadius = 2)]
            internal sealed partial class Network
            {
                private sealed class E3Gen { }
                private sealed class TorchSharp { }
                private sealed class System { }
                private sealed class Tensor { }
            }
        }
        """);

    [Fact]
    public void Networks_whose_members_are_called_like_generated_ones() => Accept.Source("""
        [MessagePassingNetwork(Hidden = "4x0e + 2x1o", Output = "0e", EdgeHarmonics = "0e + 1o", MaxRadius = Radius)]
        internal sealed partial class Network
        {
            private const double Radius = 2;
            private readonly int _layers = 1;
            public int Layers => _layers;
            public int EdgeHarmonics => 1;
            public int Convolution0 => 1;
            private sealed class Convolution1;
            private sealed class NetworkKernels;
            public string Text => new Convolution1().ToString() + new NetworkKernels();
        }

        [MessagePassingNetwork(Hidden = "4x0e + 2x1o", Output = "0e", EdgeHarmonics = "0e + 1o", MaxRadius = 2)]
        internal sealed partial class Layers;

        [MessagePassingNetwork(Hidden = "4x0e + 2x1o", Output = "0e", EdgeHarmonics = "0e + 1o", MaxRadius = 2)]
        internal sealed partial class Convolution0;
        """);
}
