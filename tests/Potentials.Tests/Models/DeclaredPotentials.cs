namespace E3Gen.Potentials.Tests.Models;

/// <summary>With everything that could spoil smoothness: density normalisation, Agnesi's transform and the repulsion of pairs.</summary>
[MACE(
    "H", "O", Cutoff = 3.5, Hidden = "4x0e + 4x1o", Degree = 2, Correlation = 2, FirstInteraction = MACEInteraction.Density, Interaction = MACEInteraction.DensityResidual, Transform = DistanceTransform.Agnesi,
    PairRepulsion = true, NumNeighbors = 5)]
internal sealed partial class DeclaredMace;

[NequIP("H", "O", Cutoff = 3.5, Layers = 2, Degree = 1, Features = 4, RadialNeurons = 8, NumNeighbors = 5)]
internal sealed partial class DeclaredNequIP;
