namespace E3Gen.Potentials;

/// <summary>Weights of the parts of the loss; energies are those of an atom, forces and stresses their components.</summary>
/// <param name="Energy">Of (ΔE / N)².</param>
/// <param name="Forces">Of the components of ΔF.</param>
/// <param name="Stress">Of the components of Δσ.</param>
public sealed record LossWeights(double Energy = 1, double Forces = 100, double Stress = 1);
