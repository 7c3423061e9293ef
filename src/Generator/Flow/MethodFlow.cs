using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Follows irreps through one method body: a forward analysis over the control-flow graph. A first pass repeats until nothing changes (every value can only rise
/// in its lattice, which is three steps high, so it ends); a second walks every block once with the final states and reports.
/// </summary>
internal sealed class MethodFlow(Annotations annotations, bool isChecked, Action<Diagnostic> report, CancellationToken cancellation)
{
    public void Analyze(ControlFlowGraph graph, IMethodSymbol method, FlowState? outer = null)
    {
        var entry = outer ?? FlowState.Empty;
        foreach (var parameter in method.Parameters)
        {
            entry = entry.With(FlowState.Key(parameter), annotations.Of(parameter) ?? IrrepsValue.Unknown);
        }

        var states = new FlowState?[graph.Blocks.Length];
        states[0] = entry;
        var work = new SortedSet<int> { 0 };
        while (work.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            int index = work.Min;
            work.Remove(index);
            var block = graph.Blocks[index];
            var after = new ExpressionTyper(annotations, isChecked, null, cancellation).Visit(block, states[index]!, method);
            foreach (var next in Successors(graph, block))
            {
                var joined = states[next.Ordinal] is { } known ? FlowState.Join(known, after) : after;
                if (states[next.Ordinal] is not { } before || !joined.SameAs(before))
                {
                    states[next.Ordinal] = joined;
                    work.Add(next.Ordinal);
                }
            }
        }

        foreach (var block in graph.Blocks.Where(b => states[b.Ordinal] is not null))
        {
            var typer = new ExpressionTyper(annotations, isChecked, report, cancellation);
            var after = typer.Visit(block, states[block.Ordinal]!, method);
            foreach (var lambda in block.Operations.SelectMany(o => o.DescendantsAndSelf()).Concat(block.BranchValue?.DescendantsAndSelf() ?? []).OfType<IFlowAnonymousFunctionOperation>())
            {
                Analyze(graph.GetAnonymousFunctionControlFlowGraph(lambda, cancellation), lambda.Symbol, after);
            }
        }

        foreach (var local in graph.LocalFunctions)
        {
            Analyze(graph.GetLocalFunctionControlFlowGraph(local, cancellation), local);
        }
    }

    /// <summary>Blocks that control can go to next: branches, and handlers, which an exception can enter with what was known at the start of the block that throws.</summary>
    private static IEnumerable<BasicBlock> Successors(ControlFlowGraph graph, BasicBlock block)
    {
        foreach (var branch in new[] { block.FallThroughSuccessor, block.ConditionalSuccessor })
        {
            if (branch?.Destination is { } destination)
            {
                yield return destination;
            }

            foreach (var region in branch?.FinallyRegions ?? [])
            {
                yield return graph.Blocks[region.FirstBlockOrdinal];
            }
        }

        for (var region = block.EnclosingRegion; region is not null && region != graph.Root; region = region.EnclosingRegion)
        {
            if (region.Kind == ControlFlowRegionKind.Try && region.EnclosingRegion is { Kind: ControlFlowRegionKind.TryAndCatch or ControlFlowRegionKind.TryAndFinally } whole)
            {
                foreach (var handler in whole.NestedRegions.Where(r => r != region))
                {
                    yield return graph.Blocks[handler.FirstBlockOrdinal];
                }
            }
        }
    }
}
