using WaterDensity.Density;

namespace HierarchicalLearning.Networks;

/// <summary>What all networks of the study have in common.</summary>
internal static class Common
{
    /// <summary>The species, one-hot.</summary>
    public const string Input = "2x0e";

    public const string Output = AuxiliaryBasis.Irreps;

    public const string OutputWithoutL4 = "12x0e + 5x1o + 4x2e + 2x3o";

    public const string Edges = "0e + 1o + 2e + 3o";

    /// <summary>Å.</summary>
    public const double Cutoff = 3.5;

    /// <summary>Neighbours that an atom of the training set has on average.</summary>
    public const double Neighbors = 4.77;
}
