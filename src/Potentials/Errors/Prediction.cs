namespace E3Gen.Potentials;

/// <summary>What a potential says of a structure, in the units of the data.</summary>
/// <param name="Energy">Total energy.</param>
/// <param name="Forces">[3N].</param>
/// <param name="Stress">[9]; null where not asked for, or the structure is not periodic or its cell has no volume.</param>
public sealed record Prediction(double Energy, double[] Forces, double[]? Stress);
