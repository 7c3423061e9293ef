using TorchSharp;

namespace E3Gen.Potentials;

/// <summary>What a file of a potential says besides its weights: all that is needed to make the potential again.</summary>
public sealed record PotentialDescription
{
    /// <summary>Name of the model, by which the class is found.</summary>
    public required string Model { get; init; }

    /// <summary>Symbols of the elements.</summary>
    public required IReadOnlyList<string> Species { get; init; }

    /// <summary>Cutoff radius in <see cref="LengthUnit"/>.</summary>
    public required double Cutoff { get; init; }

    /// <summary>Number type of the parameters.</summary>
    public required torch.ScalarType DType { get; init; }

    /// <summary>What its training set said; null if it was not trained here.</summary>
    public DatasetStatistics? Statistics { get; init; }

    /// <summary>Unit of energies.</summary>
    public string EnergyUnit { get; init; } = "eV";

    /// <summary>Unit of lengths.</summary>
    public string LengthUnit { get; init; } = "Å";
}
