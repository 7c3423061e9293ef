namespace E3Gen.Benchmarks.Kernels.Modules;

/// <summary>The network of Rackers et al. for electron densities of water, in full size: 983,493 parameters.</summary>
[MessagePassingNetwork(
    Input = "2x0e",
    Hidden = "125x0o + 125x0e + 40x1o + 40x1e + 25x2o + 25x2e + 15x3o + 15x3e",
    Output = "12x0e + 5x1o + 4x2e + 2x3o + 1x4e",
    EdgeHarmonics = "0e + 1o + 2e + 3o",
    Layers = 3,
    MaxRadius = Cutoff,
    NumNeighbors = 12.2298,
    Constants = MomentConstants.E3nn)]
internal sealed partial class Rackers
{
    public const double Cutoff = 3.5;
}

/// <summary>A small potential, to be trained on forces.</summary>
[MessagePassingNetwork(
    Input = "4x0e",
    Hidden = "32x0e + 32x1o + 32x2e",
    Output = "0e",
    EdgeHarmonics = "0e + 1o + 2e",
    Layers = 2,
    MaxRadius = Cutoff,
    RadialNeurons = 64,
    NumNeighbors = 16,
    Constants = MomentConstants.E3nn)]
internal sealed partial class Potential
{
    public const double Cutoff = 3.5;
}

/// <summary>A smaller one, for many atoms.</summary>
[MessagePassingNetwork(
    Input = "4x0e",
    Hidden = "16x0e + 8x1o",
    Output = "0e",
    EdgeHarmonics = "0e + 1o",
    Layers = 1,
    MaxRadius = Cutoff,
    RadialNeurons = 16,
    NumNeighbors = 16,
    Constants = MomentConstants.E3nn)]
internal sealed partial class SmallPotential
{
    public const double Cutoff = 3.5;
}
