using HierarchicalLearning.Runs;
using HierarchicalLearning.Targets;
using WaterDensity.Density;
using WaterDensity.Systems;
using static TorchSharp.torch;

namespace HierarchicalLearning.Training;

/// <summary>Errors of predictions on sets of systems.</summary>
internal static class Evaluation
{
    /// <summary>
    /// E_l = Σ(t − t_ref)² / Σ t_ref² over a set's atoms and their columns of degree l: 0 for perfection, 1 for t = 0, the mean atom.
    /// </summary>
    public static double[] ErrorByDegree(DegreeBlocks blocks, Func<WaterDensity.Learning.Batch, Tensor> predict, ExampleBatch set)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Tensor squares = blocks.SumOfSquares(predict(set.Inputs).sub(set.Targets), set.Inputs.Species);
        Tensor reference = blocks.SumOfSquares(set.Targets, set.Inputs.Species);
        return [.. squares.to_type(ScalarType.Float64).div(reference.to_type(ScalarType.Float64)).data<double>()];
    }

    /// <summary>ε_ρ and ε_l of densities on a grid, means over the systems of each size.</summary>
    public static IReadOnlyList<DensityErrors> Densities(
        AuxiliaryBasis basis, TargetVariables variables, Func<WaterDensity.Learning.Batch, Tensor> predict, IReadOnlyList<Example> examples, RunSpec spec,
        CancellationToken cancellation)
    {
        var errors = new List<DensityErrors>();
        foreach (IGrouping<int, Example> size in examples.GroupBy(e => e.System.Waters).OrderBy(g => g.Key))
        {
            (DensityComparison Prediction, DensityComparison Isolated)[] all = [.. size.Select(e => Compare(basis, variables, predict, e, spec.GridSpacing, cancellation))];
            errors.Add(new DensityErrors(size.Key, all.Length, size.Key <= spec.LargestWaters, all.Average(c => c.Prediction.Error),
                [.. Enumerable.Range(0, DegreeBlocks.Degrees).Select(l => all.Average(c => c.Prediction.ErrorOf(l)))], all.Average(c => c.Isolated.Error)));
        }
        return errors;
    }

    private static (DensityComparison Prediction, DensityComparison Isolated) Compare(
        AuxiliaryBasis basis, TargetVariables variables, Func<WaterDensity.Learning.Batch, Tensor> predict, Example example, double spacing,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var batch = new ExampleBatch([example]);
        WaterSystem system = example.System;
        double[] positions = system.PositionsInBohr();
        UniformGrid grid = UniformGrid.Around(positions, spacing);
        DensityComparison With(double[] c) => DensityComparison.Compare(basis, system.Species, positions, c, system.Coefficients, grid);
        return (With(variables.ToCoefficients(system, predict(batch.Inputs))), With(basis.IsolatedAtoms(system.Species)));
    }
}
