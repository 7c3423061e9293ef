namespace E3Gen;

/// <summary>What the structures of a training set have in common, in the units of the data.</summary>
public sealed record DatasetStatistics
{
    /// <summary>Elements of the potential, in its order.</summary>
    public required IReadOnlyList<string> Species { get; init; }

    /// <summary>Reference energy E0 of an atom of each species, which is subtracted before anything is learnt: of the isolated atom, or by regression.</summary>
    public required IReadOnlyList<double> AtomEnergies { get; init; }

    /// <summary>Mean over the structures of (E − ΣE0) / N: what is left for each atom.</summary>
    public required double MeanEnergy { get; init; }

    /// <summary>Root mean square of the components of all forces; where there are none, the standard deviation of (E − ΣE0) / N.</summary>
    public required double Scale { get; init; }

    /// <summary>Mean number of neighbours of an atom within the cutoff radius.</summary>
    public required double Neighbors { get; init; }
}
