using WaterDensity.Density;
using WaterDensity.Systems;

namespace WaterDensity.Pages;

/// <summary>
/// A predicted density on a grid, in parts of which the page makes all its views by sums alone: nothing that is shown is the small difference
/// of large rounded numbers. Values in electrons per bohr³, points in the order of <see cref="LaboratoryGrid"/>.
/// </summary>
/// <param name="Grid">Where the points are.</param>
/// <param name="IsolatedAtoms">The superposition of spherical isolated atoms; it has l = 0 only.</param>
/// <param name="Deformation"><c>[l]</c>: prediction minus isolated atoms, by the degree of the functions that make it up.</param>
/// <param name="Error"><c>[l]</c>: prediction minus reference; null where no reference is known.</param>
internal sealed record DensityFields(LaboratoryGrid Grid, double[] IsolatedAtoms, double[][] Deformation, double[][]? Error)
{
    /// <summary>Finer than this shows nothing new; bohr.</summary>
    private const double FinestSpacing = 0.2;

    /// <summary>More points, give or take a few, are a large page and a slow slider.</summary>
    private const double MostPoints = 500_000;

    /// <param name="reference">Coefficients of the ab-initio density, or null.</param>
    public static DensityFields Sample(AuxiliaryBasis basis, Molecule molecule, double[] prediction, double[]? reference)
    {
        double[] positions = molecule.PositionsInBohr(), isolated = basis.IsolatedAtoms(molecule.Species);
        DensityField Field(double[] coefficients) => new(basis, molecule.Species, positions, coefficients);
        DensityField atoms = Field(isolated), deformation = Field(Difference(prediction, isolated));
        DensityField? error = reference is null ? null : Field(Difference(prediction, reference));

        var grid = new LaboratoryGrid(UniformGrid.Around(positions, SpacingFor(molecule)));
        const int Degrees = DensityField.Degrees;
        double[][] values = grid.Sample(error is null ? 1 + Degrees : 1 + 2 * Degrees, points =>
        [
            atoms.Evaluate(points), .. deformation.EvaluateByDegree(points), .. error?.EvaluateByDegree(points) ?? [],
        ]);
        return new DensityFields(grid, values[0], values[1..(1 + Degrees)], error is null ? null : values[(1 + Degrees)..]);
    }

    /// <summary>The spacing of the points that a page of this molecule has, bohr.</summary>
    public static double SpacingFor(Molecule molecule) => UniformGrid.SpacingFor(molecule.PositionsInBohr(), MostPoints, FinestSpacing);

    private static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];
}
