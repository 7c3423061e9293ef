using E3Gen;

namespace WaterDensity;

/// <summary>
/// From species and positions to the 70 scaled coefficients of every atom. The generator writes <c>forward(Tensor positions, Tensor nodes,
/// Graph graph)</c>: positions [atoms, 3] in Å, nodes [atoms, 2] the species one-hot, result [atoms, 70]; no operation in it can mix up
/// irreps.
/// </summary>
[MessagePassingNetwork(
    Input = "2x0e",
    Hidden = "32x0e + 32x0o + 12x1e + 12x1o + 8x2e + 8x2o + 4x3e + 4x3o",
    Output = Density.AuxiliaryBasis.Irreps,
    EdgeHarmonics = "0e + 1o + 2e + 3o",
    Layers = 2,
    MaxRadius = Cutoff,
    NumNeighbors = MeanNeighbors)]
public sealed partial class DensityNetwork
{
    /// <summary>
    /// Atoms closer than this (Å) exchange messages; three rounds of them let an atom see the second shell of water molecules.
    /// </summary>
    public const double Cutoff = 3.5;

    /// <summary>Neighbours that an atom of the training set has on average.</summary>
    private const double MeanNeighbors = 4.77;
}
