using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Targets of assignments that the control-flow graph evaluates before a branch in the assigned value: <c>h = a ? x : y</c> becomes "capture h; branch; assign to what
/// was captured".
/// </summary>
internal sealed class CapturedTargets
{
    private readonly ILookup<CaptureId, IOperation> _captures;

    public CapturedTargets(ControlFlowGraph graph) => _captures = graph.Blocks
        .SelectMany(b => b.Operations)
        .SelectMany(o => o.DescendantsAndSelf())
        .OfType<IFlowCaptureOperation>()
        .ToLookup(c => c.Id, c => c.Value);

    /// <summary>What was captured, where that is one thing whichever way was taken; otherwise the reference itself.</summary>
    public IOperation Resolve(IOperation target) => target is IFlowCaptureReferenceOperation reference && _captures[reference.Id].ToList() is [var value] ? value : target;
}
