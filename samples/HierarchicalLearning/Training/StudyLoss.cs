using HierarchicalLearning.Runs;
using HierarchicalLearning.Targets;
using static TorchSharp.torch;

namespace HierarchicalLearning.Training;

/// <summary>
/// L = Σ_l a_l · mean over the batch's entries of degree l of (t − t_ref)². Standardised: a_l = 1 / number of the target's degrees. Raw: a_l is the share of the entries that are of degree l, so
/// that every entry counts the same.
/// </summary>
internal sealed class StudyLoss
{
    private readonly DegreeBlocks _blocks;
    private readonly TargetUnits _units;
    private readonly Tensor _selected;

    public StudyLoss(RunSpec spec, DegreeBlocks blocks)
    {
        (_blocks, _units) = (blocks, spec.Units);
        _selected = tensor(Enumerable.Range(0, DegreeBlocks.Degrees).Select(l => spec.Degrees.Contains(l) ? 1f / spec.Degrees.Count : 0f).ToArray())
            .DetachFromDisposeScope();
    }

    public Tensor Of(Tensor prediction, ExampleBatch batch)
    {
        using var scope = NewDisposeScope();
        Tensor squares = _blocks.SumOfSquares(prediction.sub(batch.Targets), batch.Inputs.Species);
        Tensor entries = _blocks.Entries(batch.Inputs.Species);
        Tensor loss = _units == TargetUnits.Standardised
            ? squares.div(entries).dot(_selected)
            : squares.dot(_selected).div(entries.dot(_selected));
        return loss.MoveToOuterDisposeScope();
    }
}
