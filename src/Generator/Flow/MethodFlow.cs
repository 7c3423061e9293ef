using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>What a walk over a body is for.</summary>
internal enum FlowPurpose
{
    /// <summary>To find what is known; nothing is reported.</summary>
    Values,

    /// <summary>To report what is wrong.</summary>
    Report,

    /// <summary>To report what is wrong, and to note what is not proven.</summary>
    Prove,
}

/// <summary>
/// Follows irreps through one body: a forward analysis over its control-flow graph. A first pass repeats until nothing changes (every value can only rise in its
/// lattice, which is a few steps high, so it ends); a second walks every block that can be reached once, with the final states.
/// </summary>
/// <param name="context">What all passes over the method share.</param>
/// <param name="graph">The body.</param>
/// <param name="function">The method, local function or lambda that it belongs to.</param>
/// <param name="callers">Functions being followed around this one.</param>
internal sealed class MethodFlow(FlowContext context, ControlFlowGraph graph, IMethodSymbol function, IReadOnlyList<IMethodSymbol> callers)
{
    public ControlFlowGraph Graph => graph;

    public IMethodSymbol Function => function;

    public CapturedTargets Captured { get; } = new(graph);

    /// <summary>This function and those around it.</summary>
    public IReadOnlyList<IMethodSymbol> Callers { get; } = [function, .. callers];

    /// <summary>Follows a method and reports: first the body, then the bodies of its lambdas and local functions for themselves, of whose arguments nothing is known.</summary>
    public void Analyze(FlowState entry, FlowPurpose purpose)
    {
        var (_, constants) = Run(entry, purpose);
        foreach (var lambda in graph.Blocks.SelectMany(Operations).SelectMany(o => o.DescendantsAndSelf()).OfType<IFlowAnonymousFunctionOperation>())
        {
            AnalyzeClosure(graph.GetAnonymousFunctionControlFlowGraph(lambda, context.Cancellation), lambda.Symbol, constants);
        }

        foreach (var local in graph.LocalFunctions)
        {
            AnalyzeClosure(graph.GetLocalFunctionControlFlowGraph(local, context.Cancellation), local, constants);
        }
    }

    /// <summary>Follows the body.</summary>
    /// <param name="entry">What is known where it starts.</param>
    /// <param name="purpose">Whether to report.</param>
    /// <returns>What is known of the returned value, and of the variables that have one value for good.</returns>
    public (IrrepsValue Result, FlowState Constants) Run(FlowState entry, FlowPurpose purpose)
    {
        foreach (var local in graph.LocalFunctions)
        {
            context.LocalFunctions[local] = graph;
        }

        var states = Fixpoint(entry);
        var constants = entry.Where(context.Variables.IsConstant);
        IrrepsValue? result = null;
        foreach (var block in graph.Blocks.Where(b => states[b.Ordinal] is not null))
        {
            var typer = new ExpressionTyper(context, this, purpose);
            var (after, returned) = typer.Visit(block, states[block.Ordinal]!);
            constants = constants.With(after.Where(context.Variables.IsConstant));
            result = returned is null || result is null ? returned ?? result : IrrepsValue.Join(result, returned);
        }

        return (result ?? IrrepsValue.Unknown, constants);
    }

    private void AnalyzeClosure(ControlFlowGraph body, IMethodSymbol closure, FlowState constants)
    {
        var entry = closure.Parameters.Aggregate(constants, (state, p) => state.With(FlowState.Key(p), context.Annotations.Of(p) ?? IrrepsValue.Unknown));
        new MethodFlow(context, body, closure, Callers).Analyze(entry, FlowPurpose.Report);
    }

    /// <summary>What is known at the start of each block, whichever way leads there; null where none does.</summary>
    private FlowState?[] Fixpoint(FlowState entry)
    {
        var states = new FlowState?[graph.Blocks.Length];
        states[0] = entry;
        var work = new SortedSet<int> { 0 };
        while (work.Count > 0)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            int index = work.Min;
            work.Remove(index);
            var before = states[index]!;
            var (after, _) = new ExpressionTyper(context, this, FlowPurpose.Values).Visit(graph.Blocks[index], before);
            foreach (var (next, state) in Successors(graph.Blocks[index], before, after))
            {
                var joined = states[next] is { } known ? FlowState.Join(known, state) : state;
                if (states[next] is not { } old || !joined.SameAs(old))
                {
                    states[next] = joined;
                    work.Add(next);
                }
            }
        }

        return states;
    }

    /// <summary>
    /// Blocks that control can go to next, and what is known there. What a 'finally' on the way writes is unknown behind it. An exception can leave a 'try' anywhere:
    /// what the 'try' writes is unknown in its handlers.
    /// </summary>
    private IEnumerable<(int Block, FlowState State)> Successors(BasicBlock block, FlowState before, FlowState after)
    {
        foreach (var branch in new[] { block.FallThroughSuccessor, block.ConditionalSuccessor })
        {
            if (branch?.Destination is { } destination)
            {
                yield return (destination.Ordinal, after.Without(branch.FinallyRegions.SelectMany(Written)));
            }
        }

        for (var region = block.EnclosingRegion; region is not null && region != graph.Root; region = region.EnclosingRegion)
        {
            if (region is { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { } whole })
            {
                var state = before.Without(Written(region));
                foreach (var handler in whole.NestedRegions.Where(r => r != region))
                {
                    yield return (handler.FirstBlockOrdinal, state);
                }
            }
        }
    }

    private IEnumerable<ISymbol> Written(ControlFlowRegion region) =>
        graph.Blocks.Skip(region.FirstBlockOrdinal).Take(region.LastBlockOrdinal - region.FirstBlockOrdinal + 1)
            .SelectMany(Operations).SelectMany(o => o.DescendantsAndSelf()).SelectMany(o => Writes.Of(o, Captured));

    private static IEnumerable<IOperation> Operations(BasicBlock block) => block.BranchValue is { } value ? block.Operations.Append(value) : block.Operations;
}
