namespace E3Gen;

/// <summary>
/// A module whose class fixes numbers that files of weights also hold: a cutoff radius, elements, exponents. Weights fit only where these agree, so that loading compares them, and saving writes them.
/// </summary>
public interface IStateConstants
{
    /// <summary>Beginning of names that only files of ours have: others may lack them.</summary>
    const string OwnNames = "declared.";

    /// <summary>The numbers by their names in the state dict.</summary>
    IReadOnlyDictionary<string, double[]> StateConstants { get; }
}
