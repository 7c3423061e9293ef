using System.Numerics;
using E3Gen;
using TorchSharp;
using WaterDensity.Density;
using WaterDensity.Systems;

namespace WaterDensity.Tests;

/// <summary>Densities at points, and integrals over them.</summary>
public class DensityTests
{
    /// <summary>A quadrature that knows nothing of the uniform grid, and resolves the cores.</summary>
    private static readonly MolecularQuadrature Quadrature = new(40, 12);

    [Fact]
    public void HarmonicsAreE3nns()
    {
        var random = new Random(3);
        for (int repeat = 0; repeat < 20; repeat++)
        {
            double[] d = [random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5];
            var harmonics = new Vector<double>[Density.SolidHarmonics.Count];
            Density.SolidHarmonics.Evaluate(new Vector<double>(d[0]), new Vector<double>(d[1]), new Vector<double>(d[2]), harmonics);
            double[] expected = [.. O3.SphericalHarmonics(4, torch.tensor(d), normalize: false, Normalization.Norm).data<double>()];
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], harmonics[i][0], 1e-14);
        }
    }

    [Fact]
    public void DensityIntegratesToTheElectrons()
    {
        WaterSystem system = Shared.TestTetramers[0];
        double[] positions = system.PositionsInBohr();
        var field = new DensityField(Shared.Basis, system.Species, positions, system.Coefficients);
        Assert.Equal(40, Integrate(Quadrature.Around(system.Species, positions), field.Evaluate), 2e-4);
    }

    [Fact]
    public void ScreeningLeavesOutNothing()
    {
        WaterSystem system = Shared.TestTetramers[0];
        double[] positions = system.PositionsInBohr(), probes = Shared.Probes(positions, 50);
        var field = new DensityField(Shared.Basis, system.Species, positions, system.Coefficients);
        double[] together = field.Evaluate(Shared.Points(probes));
        for (int i = 0; i < together.Length - 2; i++)
            Assert.Equal(together[i], field.Evaluate(Shared.Points(probes[(3 * i)..(3 * i + 3)]))[0], 1e-13);
    }

    /// <summary>Boxes of atoms leave out nothing either, far from the origin and where a system is larger than a Gaussian's reach.</summary>
    [Fact]
    public void AtomsOutOfReachAreLeftOut()
    {
        WaterSystem system = Shared.TestTetramers[0];
        double[] one = system.PositionsInBohr();
        double[][] shifts = [[0, 0, 0], [-31, 7, 0], [40, -40, 500], [8, 8, -8]];
        double[] positions = [.. shifts.SelectMany(s => one.Select((x, i) => x + s[i % 3]))];
        int[] species = [.. shifts.SelectMany(_ => system.Species)];
        double[] coefficients = [.. shifts.SelectMany(_ => system.Coefficients)];
        var together = new DensityField(Shared.Basis, species, positions, coefficients);
        var alone = shifts.Select(s => new DensityField(Shared.Basis, system.Species, [.. one.Select((x, i) => x + s[i % 3])], system.Coefficients)).ToArray();
        double[] probes = Shared.Probes(positions, 60);
        for (int i = 0; i < probes.Length; i += 3)
        {
            PointSet point = Shared.Points(probes[i..(i + 3)]);
            Assert.Equal(alone.Sum(f => f.Evaluate(point)[0]), together.Evaluate(point)[0], 1e-13);
        }
    }

    [Fact]
    public void GridsHaveAsManyPointsAsMemoryHolds()
    {
        double[] positions = [0, 0, 0, 2000, 2000, 2000];
        string message = Assert.Throws<ArgumentException>(() => UniformGrid.Around(positions, 0.2)).Message;
        Assert.Contains("GiB", message);
        Assert.Contains("--spacing", message);
        double spacing = UniformGrid.SpacingFor(positions);
        Assert.InRange(UniformGrid.Around(positions, spacing).Points, UniformGrid.ManyPoints / 2, UniformGrid.ManyPoints);
        Assert.InRange(UniformGrid.Around([0, 0, 0, 1e6, 0, 0], UniformGrid.SpacingFor([0, 0, 0, 1e6, 0, 0])).Points, UniformGrid.ManyPoints / 20, UniformGrid.ManyPoints);
        Assert.Equal(UniformGrid.DefaultSpacing, UniformGrid.SpacingFor([0, 0, 0]));
        Assert.Throws<ArgumentException>(() => UniformGrid.Around([0, 0, 0], 1e-9));
    }

    [Fact]
    public void OneCentreOverlapsAgreeWithTheMatrix()
    {
        var functions = new FunctionList(Shared.Basis, [1]);
        double[] overlap = OverlapMatrix.Compute(Shared.Basis, functions, [0.3, -0.2, 0.1]);
        foreach (Shell a in Shared.Basis.Shells(1))
        {
            foreach (Shell b in Shared.Basis.Shells(1))
            {
                for (int m = 0; m < a.Size; m++)
                {
                    double expected = a.Degree == b.Degree ? AuxiliaryBasis.OneCentreOverlap(a, b) : 0;
                    int row = functions.Row(0, a) + m, column = functions.Row(0, b) + Math.Min(m, b.Size - 1);
                    Assert.Equal(expected, overlap[row * functions.Count + column], 1e-12);
                }
            }
        }
    }

    [Fact]
    public void OverlapMatrixGivesTheSquaredNorm()
    {
        foreach (WaterSystem system in Shared.TestTetramers[..2])
        {
            double[] positions = system.PositionsInBohr();
            double[] difference = Shared.Difference(system.Coefficients, Shared.Basis.IsolatedAtoms(system.Species));
            var field = new DensityField(Shared.Basis, system.Species, positions, difference);
            double expected = Integrate(Quadrature.Around(system.Species, positions),
                points => [.. field.Evaluate(points).Select(v => v * v)]);

            var functions = new FunctionList(Shared.Basis, system.Species);
            double[] overlap = OverlapMatrix.Compute(Shared.Basis, functions, positions);
            double sum = 0;
            for (int i = 0; i < functions.Count; i++)
            {
                for (int j = 0; j < functions.Count; j++)
                    sum += difference[functions.Entries[i]] * overlap[i * functions.Count + j] * difference[functions.Entries[j]];
            }
            Assert.Equal(expected, sum, 5e-5 * expected);
        }
    }

    /// <summary>
    /// The starting point of learning: how far isolated atoms are from unseen tetramers, by the grid that is reported and by one that is
    /// independent of it.
    /// </summary>
    [Fact]
    public void IsolatedAtomsAreElevenPercentOff()
    {
        double grid = 0, exact = 0;
        foreach (WaterSystem system in Shared.TestTetramers)
        {
            double[] positions = system.PositionsInBohr(), isolated = Shared.Basis.IsolatedAtoms(system.Species);
            var box = UniformGrid.Around(positions);
            grid += DensityComparison.Compare(Shared.Basis, system.Species, positions, isolated, system.Coefficients, box).Error;
            var field = new DensityField(Shared.Basis, system.Species, positions, Shared.Difference(isolated, system.Coefficients));
            PointSet[] sets = new MolecularQuadrature(25, 7).Around(system.Species, positions);
            exact += Integrate(sets, points => [.. field.Evaluate(points).Select(Math.Abs)]) / system.Electrons;
        }
        Assert.Equal(0.1103, exact / Shared.TestTetramers.Length, 0.0005);
        Assert.Equal(exact / Shared.TestTetramers.Length, grid / Shared.TestTetramers.Length, 0.001);
    }

    [Fact]
    public void PartsByDegreeAddUp()
    {
        WaterSystem system = Shared.TestTetramers[0];
        double[] positions = system.PositionsInBohr();
        PointSet points = Shared.Points(Shared.Probes(positions, 17));
        var field = new DensityField(Shared.Basis, system.Species, positions, system.Coefficients);
        double[] whole = field.Evaluate(points);
        double[][] parts = field.EvaluateByDegree(points);
        for (int i = 0; i < points.Count; i++)
            Assert.Equal(whole[i], parts.Sum(p => p[i]), 1e-12);

        double[] scalars = [.. system.Coefficients.Select((c, i) => i % AuxiliaryBasis.Columns < AuxiliaryBasis.Multiplicities[0] ? c : 0)];
        double[] expected = new DensityField(Shared.Basis, system.Species, positions, scalars).Evaluate(points);
        for (int i = 0; i < points.Count; i++)
            Assert.Equal(expected[i], parts[0][i], 1e-12);
    }

    [Fact]
    public void RotatedCoefficientsAreTheRotatedDensity()
    {
        WaterSystem system = Shared.TestTetramers[1];
        double[] positions = system.PositionsInBohr(), probes = Shared.Probes(positions, 60);
        torch.Tensor rotation = Shared.Rotation(), d = O3.WignerD(Irreps.Parse(AuxiliaryBasis.Irreps), rotation);
        torch.Tensor coefficients = torch.tensor(system.Coefficients, [system.Atoms, AuxiliaryBasis.Columns]);
        double[] rotated = coefficients.mm(d.t()).flatten().data<double>().ToArray();

        double[] expected = new DensityField(Shared.Basis, system.Species, positions, system.Coefficients).Evaluate(Shared.Points(probes));
        var rotatedField = new DensityField(Shared.Basis, system.Species, Shared.Rotate(positions, rotation), rotated);
        double[] actual = rotatedField.Evaluate(Shared.Points(Shared.Rotate(probes, rotation)));
        for (int i = 0; i < probes.Length / 3; i++)
            Assert.Equal(expected[i], actual[i], 1e-12 * Math.Max(1, Math.Abs(expected[i])));
    }

    private static double Integrate(PointSet[] sets, Func<PointSet, double[]> values)
        => sets.Sum(points => values(points).Take(points.Count).Select((v, i) => v * points.Weight[i]).Sum());
}
