using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Modules;

/// <summary>Convolutions.</summary>
[EquivariantModule]
internal sealed partial class Convolution64 : nn.Module
{
    [Convolution(Uvu64.Nodes, "0e + 1o + 2e + 3o", Keep = "0e + 1o + 1e + 2o + 2e")]
    public partial Tensor Apply(Tensor nodes, Tensor edges, Tensor weights, Graph graph);
}

/// <summary>One convolution at growing numbers of copies, multiples of the vector width and others.</summary>
[EquivariantModule]
internal sealed partial class Copies : nn.Module
{
    private const string Edges = "0e + 1o + 2e";

    [Convolution("1x0e + 1x1o + 1x2e", Edges, Keep = Edges)]
    public partial Tensor Times1(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("3x0e + 3x1o + 3x2e", Edges, Keep = Edges)]
    public partial Tensor Times3(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("8x0e + 8x1o + 8x2e", Edges, Keep = Edges)]
    public partial Tensor Times8(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("15x0e + 15x1o + 15x2e", Edges, Keep = Edges)]
    public partial Tensor Times15(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("16x0e + 16x1o + 16x2e", Edges, Keep = Edges)]
    public partial Tensor Times16(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("32x0e + 32x1o + 32x2e", Edges, Keep = Edges)]
    public partial Tensor Times32(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("64x0e + 64x1o + 64x2e", Edges, Keep = Edges)]
    public partial Tensor Times64(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("125x0e + 125x1o + 125x2e", Edges, Keep = Edges)]
    public partial Tensor Times125(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("128x0e + 128x1o + 128x2e", Edges, Keep = Edges)]
    public partial Tensor Times128(Tensor nodes, Tensor edges, Tensor weights, Graph graph);
}

/// <summary>One convolution at growing degrees.</summary>
[EquivariantModule]
internal sealed partial class Degrees : nn.Module
{
    [Convolution("16x0e + 16x1o", "0e + 1o", Keep = "0e + 1o")]
    public partial Tensor To1(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("16x0e + 16x1o + 16x2e", "0e + 1o + 2e", Keep = "0e + 1o + 2e")]
    public partial Tensor To2(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("16x0e + 16x1o + 16x2e + 16x3o", "0e + 1o + 2e + 3o", Keep = "0e + 1o + 2e + 3o")]
    public partial Tensor To3(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("16x0e + 16x1o + 16x2e + 16x3o + 16x4e", "0e + 1o + 2e + 3o + 4e", Keep = "0e + 1o + 2e + 3o + 4e")]
    public partial Tensor To4(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("16x0e + 16x1o + 16x2e + 16x3o + 16x4e + 16x5o", "0e + 1o + 2e + 3o + 4e + 5o", Keep = "0e + 1o + 2e + 3o + 4e + 5o")]
    public partial Tensor To5(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Convolution("16x0e + 16x1o + 16x2e + 16x3o + 16x4e + 16x5o + 16x6e", "0e + 1o + 2e + 3o + 4e + 5o + 6e", Keep = "0e + 1o + 2e + 3o + 4e + 5o + 6e")]
    public partial Tensor To6(Tensor nodes, Tensor edges, Tensor weights, Graph graph);
}
