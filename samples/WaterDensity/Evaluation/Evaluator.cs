using WaterDensity.Density;
using WaterDensity.Learning;
using WaterDensity.Systems;

namespace WaterDensity.Evaluation;

/// <summary>How well one system is predicted.</summary>
/// <param name="Density">Against the reference on the grid.</param>
/// <param name="IsolatedAtoms">The same for the superposition of isolated atoms.</param>
/// <param name="Electrons">∫ρ of the prediction, in closed form.</param>
/// <param name="DipoleError">|μ − μ_ref|, e·bohr.</param>
/// <param name="Dipole">|μ_ref|, e·bohr.</param>
internal sealed record SystemResult(
    WaterSystem System, DensityComparison Density, DensityComparison IsolatedAtoms, double Electrons, double DipoleError, double Dipole)
{
    /// <summary>Relative error of the number of electrons.</summary>
    public double ElectronError => Math.Abs(Electrons / System.Electrons - 1);
}

/// <summary>Compares predicted with ab-initio densities.</summary>
internal static class Evaluator
{
    public static SystemResult Evaluate(DensityModel model, WaterSystem system, double spacing = UniformGrid.DefaultSpacing)
    {
        AuxiliaryBasis basis = model.Scaling.Basis;
        double[] coefficients = model.Predict(system);
        UniformGrid grid = UniformGrid.Around(system.PositionsInBohr(), spacing);
        double[] dipole = Moments.Dipole(basis, system, coefficients), reference = Moments.Dipole(basis, system, system.Coefficients);
        return new SystemResult(system, Compare(basis, system, coefficients, grid),
            Compare(basis, system, basis.IsolatedAtoms(system.Species), grid),
            Moments.Electrons(basis, system.Species, coefficients), Norm([.. dipole.Zip(reference, (a, b) => a - b)]), Norm(reference));
    }

    /// <summary>Compares coefficients with a system's own.</summary>
    public static DensityComparison Compare(AuxiliaryBasis basis, WaterSystem system, double[] coefficients, UniformGrid grid)
        => DensityComparison.Compare(basis, system.Species, system.PositionsInBohr(), coefficients, system.Coefficients, grid);

    private static double Norm(double[] v) => Math.Sqrt(v.Sum(x => x * x));
}
