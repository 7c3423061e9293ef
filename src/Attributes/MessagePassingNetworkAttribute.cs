using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// A whole network on a partial class: <see cref="Layers"/> gated convolutions and a final linear one, in the architecture of e3nn's <c>gate_points_2101</c> or <c>v2106</c>
/// (<see cref="Architecture"/>). Parameters carry e3nn's names, so e3nn checkpoints load unchanged. The generated
/// <c>forward(Tensor positions, [Tensor nodes], [Tensor attributes], [Tensor edgeAttributes], Graph graph)</c> takes positions [N, 3], node features [N, Input] where <see cref="Input"/> is set,
/// node attributes [N, NodeAttributes] and edge attributes [E, EdgeAttributes] where those are set, and returns [N, Output], or [graphs, Output] with <see cref="ReduceOutput"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MessagePassingNetworkAttribute : Attribute
{
    /// <summary>Irreps of the node features; by default, every node starts from the scalar 1.</summary>
    [StringSyntax("Irreps")]
    public string? Input { get; set; }

    /// <summary>Irreps of the hidden features. Each layer drops the irreps that no path reaches.</summary>
    [StringSyntax("Irreps")]
    public string Hidden { get; set; } = "";

    /// <summary>Irreps of the result.</summary>
    [StringSyntax("Irreps")]
    public string Output { get; set; } = "";

    /// <summary>Irreps of the edges' spherical harmonics.</summary>
    [StringSyntax("Irreps")]
    public string EdgeHarmonics { get; set; } = "";

    /// <summary>Irreps of node attributes that every linear map is conditioned on; by default, none.</summary>
    [StringSyntax("Irreps")]
    public string? NodeAttributes { get; set; }

    /// <summary>Irreps of edge attributes beside the harmonics, in the order of the graph's edges (<c>Graph.EdgePermutation</c>); by default, none.</summary>
    [StringSyntax("Irreps")]
    public string? EdgeAttributes { get; set; }

    /// <summary>How layers are made.</summary>
    public NetworkArchitecture Architecture { get; set; } = NetworkArchitecture.GatePoints2101;

    /// <summary>Number of gated layers before the last convolution.</summary>
    public int Layers { get; set; } = 2;

    /// <summary>Cutoff radius, in the unit of the positions.</summary>
    public double MaxRadius { get; set; }

    /// <summary>The functions that edge lengths are expanded in, each scaled by √<see cref="NumberOfBasis"/> (Chebyshev's polynomials by √2); by default, those of the architecture.</summary>
    public RadialBasisKind Basis { get; set; }

    /// <summary>Whether these functions vanish at the cutoff radius; by default, as in the architecture: only <see cref="RadialBasisKind.SmoothFinite"/> ones of v2106 do.</summary>
    public bool BasisVanishes { get; set; }

    /// <summary>What becomes of a length before it is expanded. The functions of the basis still span 0 to <see cref="MaxRadius"/>, as in MACE; they do not vanish at the cutoff radius then.</summary>
    public DistanceTransform Transform { get; set; }

    /// <summary>The length r0 of the transform, in the unit of the positions: half of the sum of two covalent radii in MACE, here one number for all elements.</summary>
    public double TransformLength { get; set; }

    /// <summary>What the harmonics of an edge, and so its messages, are multiplied by; by default, what the architecture has.</summary>
    public CutoffKind Cutoff { get; set; }

    /// <summary>p of <see cref="CutoffKind.Polynomial"/>.</summary>
    public int CutoffPower { get; set; } = 6;

    /// <summary>Number of functions in the expansion of the edge length.</summary>
    public int NumberOfBasis { get; set; } = 10;

    /// <summary>Number of hidden layers of the radial network.</summary>
    public int RadialLayers { get; set; } = 1;

    /// <summary>Width of the hidden layers of the radial network; by default 128, in v2106 100.</summary>
    public int RadialNeurons { get; set; } = 128;

    /// <summary>Typical number of neighbours: sums over edges are divided by its square root.</summary>
    public double NumNeighbors { get; set; } = 1;

    /// <summary>Typical number of nodes in a graph: with <see cref="ReduceOutput"/>, sums over nodes are divided by its square root.</summary>
    public double NumNodes { get; set; } = 1;

    /// <summary>Sums the result over the nodes of each graph.</summary>
    public bool ReduceOutput { get; set; }

    /// <summary>Which constants scale activation functions to unit second moment.</summary>
    public MomentConstants Constants { get; set; } = MomentConstants.Exact;
}
