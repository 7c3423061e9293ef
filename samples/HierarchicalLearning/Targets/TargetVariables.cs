using WaterDensity.Density;
using WaterDensity.Learning;
using WaterDensity.Systems;
using static TorchSharp.torch;

namespace HierarchicalLearning.Targets;

/// <summary>
/// From a system's coefficients to the variables t that a network predicts, and back: t = v / unit_l, with v as <see cref="TargetMetric"/> says
/// and units as <see cref="TargetUnits"/> says, determined from the whole training split, so that they are the same for every run.
/// </summary>
internal sealed class TargetVariables
{
    /// <summary>The paper's factor between coefficients over norms and targets.</summary>
    private const double CoefficientFactor = 2.8284271247461903;                // 2√2

    private readonly TargetMetric _metric;
    private readonly TargetScaling _scaling;
    private readonly Tensor _norms, _isolated, _unitOfColumn;

    public TargetVariables(TargetMetric metric, TargetUnits units, TargetScaling scaling, DegreeBlocks blocks, IReadOnlyList<WaterSystem> training)
    {
        (_metric, _scaling, Units) = (metric, scaling, units);
        using var scope = NewDisposeScope();
        AuxiliaryBasis basis = scaling.Basis;
        long[] shape = [AuxiliaryBasis.SpeciesCount, AuxiliaryBasis.Columns];
        // Padding has norm 0; 1 in its place lets one divide.
        _norms = tensor([.. basis.Table(shell => shell.Norm).Select(n => n == 0 ? 1 : n)], shape).DetachFromDisposeScope();
        _isolated = tensor([.. basis.IsolatedCoefficients.SelectMany(c => c)], shape).DetachFromDisposeScope();

        Tensor species = cat([.. training.Select(Species)]);
        Tensor squares = blocks.SumOfSquares(cat([.. training.Select(Natural)]).to_type(ScalarType.Float32), species);
        Tensor entries = blocks.Entries(species);
        Tensor unit = units == TargetUnits.Standardised ? squares.div(entries).sqrt() : squares.sum().div(entries.sum()).sqrt().expand(DegreeBlocks.Degrees);
        long[] degreeOfColumn = [.. Enumerable.Range(0, DegreeBlocks.Degrees)
            .SelectMany(l => Enumerable.Repeat((long)l, AuxiliaryBasis.Multiplicities[l] * (2 * l + 1)))];
        _unitOfColumn = unit.to_type(ScalarType.Float64).index_select(0, tensor(degreeOfColumn)).DetachFromDisposeScope();
    }

    public TargetUnits Units { get; }

    /// <summary>t of a system: [atoms, 70], float32.</summary>
    public Tensor Of(WaterSystem system)
    {
        using var scope = NewDisposeScope();
        return Natural(system).div(_unitOfColumn).to_type(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>The coefficients that t [atoms, 70] stands for.</summary>
    public double[] ToCoefficients(Molecule molecule, Tensor t)
    {
        using var scope = NewDisposeScope();
        Tensor natural = t.to_type(ScalarType.Float64).mul(_unitOfColumn);
        if (_metric == TargetMetric.Density)
            return _scaling.ToCoefficients(molecule, natural);
        Tensor species = Species(molecule);
        return natural.mul(_norms.index_select(0, species)).div(CoefficientFactor).add(_isolated.index_select(0, species)).data<double>().ToArray();
    }

    /// <summary>v: [atoms, 70], float64.</summary>
    private Tensor Natural(WaterSystem system)
    {
        if (_metric == TargetMetric.Density)
            return _scaling.FromCoefficients(system, system.Coefficients);
        using var scope = NewDisposeScope();
        Tensor species = Species(system);
        Tensor difference = tensor(system.Coefficients, [system.Atoms, AuxiliaryBasis.Columns]).sub(_isolated.index_select(0, species));
        return difference.mul(CoefficientFactor).div(_norms.index_select(0, species)).MoveToOuterDisposeScope();
    }

    private static Tensor Species(Molecule molecule) => tensor(molecule.Species.Select(z => (long)z).ToArray());
}
