namespace E3Gen.Runtime.Tests.Networks;

/// <summary>e3nn's gate_points_2101 network of the reference data, small.</summary>
[MessagePassingNetwork(
    Input = "2x0e",
    Hidden = "8x0o+8x0e+4x1o+4x1e+3x2o+3x2e+2x3o+2x3e",
    Output = "12x0e + 5x1o + 4x2e + 2x3o + 1x4e",
    EdgeHarmonics = "1x0e+1x1o+1x2e+1x3o",
    Layers = 2,
    MaxRadius = 3.5,
    NumberOfBasis = 10,
    RadialLayers = 1,
    RadialNeurons = 128,
    NumNeighbors = 12.2298,
    NumNodes = 24,
    Constants = MomentConstants.E3nn)]
public sealed partial class SmallWaterNetwork;

/// <summary>With node attributes, without node features, pooled over each graph.</summary>
[MessagePassingNetwork(
    Hidden = "4x0e+3x0o+3x1o+2x1e+2x2e",
    Output = "2x0e+1x1o",
    NodeAttributes = "2x0e+1x1o",
    EdgeHarmonics = "1x0e+1x1o+1x2e",
    Layers = 2,
    MaxRadius = 2.5,
    NumberOfBasis = 6,
    RadialLayers = 2,
    RadialNeurons = 20,
    NumNeighbors = 4,
    NumNodes = 6,
    ReduceOutput = true,
    Constants = MomentConstants.E3nn)]
public sealed partial class AttributedNetwork;

/// <summary>The full-size network of the density study (983,493 parameters).</summary>
[MessagePassingNetwork(
    Input = "2x0e",
    Hidden = "125x0o+125x0e+40x1o+40x1e+25x2o+25x2e+15x3o+15x3e",
    Output = "12x0e + 5x1o + 4x2e + 2x3o + 1x4e",
    EdgeHarmonics = "1x0e+1x1o+1x2e+1x3o",
    Layers = 3,
    MaxRadius = 3.5,
    NumNeighbors = 12.2298,
    Constants = MomentConstants.E3nn)]
public sealed partial class WaterNetwork;

/// <summary>The network of the density study with hidden features of l ≤ 0 only, without the output that nothing reaches then.</summary>
[MessagePassingNetwork(
    Input = "2x0e",
    Hidden = "125x0o+125x0e",
    Output = "12x0e + 5x1o + 4x2e + 2x3o",
    EdgeHarmonics = "1x0e+1x1o+1x2e+1x3o",
    Layers = 3,
    MaxRadius = 3.5,
    NumNeighbors = 12.2298,
    Constants = MomentConstants.E3nn)]
public sealed partial class WaterNetworkTo0;

/// <summary>The network of the density study with hidden features of l ≤ 1 only.</summary>
[MessagePassingNetwork(
    Input = "2x0e",
    Hidden = "125x0o+125x0e+40x1o+40x1e",
    Output = "12x0e + 5x1o + 4x2e + 2x3o + 1x4e",
    EdgeHarmonics = "1x0e+1x1o+1x2e+1x3o",
    Layers = 3,
    MaxRadius = 3.5,
    NumNeighbors = 12.2298,
    Constants = MomentConstants.E3nn)]
public sealed partial class WaterNetworkTo1;

/// <summary>The network of the density study with hidden features of l ≤ 2 only.</summary>
[MessagePassingNetwork(
    Input = "2x0e",
    Hidden = "125x0o+125x0e+40x1o+40x1e+25x2o+25x2e",
    Output = "12x0e + 5x1o + 4x2e + 2x3o + 1x4e",
    EdgeHarmonics = "1x0e+1x1o+1x2e+1x3o",
    Layers = 3,
    MaxRadius = 3.5,
    NumNeighbors = 12.2298,
    Constants = MomentConstants.E3nn)]
public sealed partial class WaterNetworkTo2;

/// <summary>e3nn's v2106 SimpleNetwork of the reference data: mul = 4, lmax = 2.</summary>
[MessagePassingNetwork(
    Architecture = NetworkArchitecture.GatePoints2106,
    Input = "3x0e + 2x1o",
    Hidden = "4x0o + 4x0e + 4x1o + 4x1e + 4x2o + 4x2e",
    Output = "4x0e + 1x1o",
    EdgeHarmonics = "0e + 1o + 2e",
    Layers = 2,
    MaxRadius = 2,
    NumNeighbors = 3,
    NumNodes = 5,
    ReduceOutput = true,
    Constants = MomentConstants.E3nn)]
public sealed partial class SimpleNetwork;

/// <summary>e3nn's v2106 NetworkForAGraphWithAttributes of the reference data: mul = 3, lmax = 2.</summary>
[MessagePassingNetwork(
    Architecture = NetworkArchitecture.GatePoints2106,
    Input = "3x0e + 2x1o",
    NodeAttributes = "4x0e + 1x1o",
    EdgeAttributes = "1e",
    Hidden = "3x0o + 3x0e + 3x1o + 3x1e + 3x2o + 3x2e",
    Output = "3x0o + 1e",
    EdgeHarmonics = "0e + 1o + 2e",
    Layers = 2,
    MaxRadius = 2,
    NumNeighbors = 3,
    NumNodes = 5,
    ReduceOutput = true,
    Constants = MomentConstants.E3nn)]
public sealed partial class NetworkWithAttributes;

/// <summary>The same, not pooled, with another basis and cutoff.</summary>
[MessagePassingNetwork(
    Architecture = NetworkArchitecture.GatePoints2106,
    Hidden = "4x0e + 4x1o",
    Output = "0e + 1o",
    EdgeAttributes = "2x0e",
    EdgeHarmonics = "0e + 1o",
    Layers = 1,
    MaxRadius = 3,
    Basis = RadialBasisKind.Bessel,
    Cutoff = CutoffKind.Polynomial,
    CutoffPower = 5)]
public sealed partial class BesselNetwork;
