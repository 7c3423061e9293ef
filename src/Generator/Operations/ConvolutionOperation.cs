using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Operations;

/// <summary>[Convolution]: gather along edges, weighted tensor product, sum over incoming edges.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Nodes">Irreps of the node features.</param>
/// <param name="Edges">Irreps of the edge attributes.</param>
/// <param name="Messages">Irreps of the result with one segment a path, sorted.</param>
/// <param name="Paths">The paths in order of their weights.</param>
public sealed record ConvolutionModel(MethodModel Method, Irreps Nodes, Irreps Edges, Irreps Messages, EquatableArray<BilinearPath> Paths)
    : OperationModel(Method)
{
    public override string Kind => "Convolution";

    public override Irreps Input => Nodes;

    public override IReadOnlyList<Irreps?> Arguments => [Nodes, Edges, PassedArgument, null];

    /// <summary>The nodes: edges are summed up.</summary>
    public override int RowArguments => 1;

    public override string Map => $"{Nodes} ⊗ {Edges} → {Output}";

    public override long Cost => Planning.Cost.Bilinear(Plan);

    /// <summary>
    /// One segment a path, or the paths of an irrep as one segment (which is the same row in mul_ir, but another in ir_mul).
    /// </summary>
    public override Irreps Output => IsSimplified ? Messages.Simplify() : Messages;

    /// <summary>Whether the paths of an irrep make up one segment of the result.</summary>
    public bool IsSimplified { get; init; } = true;

    /// <summary>How many paths, one after the other in <see cref="Messages"/>, each segment of the result holds.</summary>
    public IEnumerable<int> Runs => IsSimplified ? Output.Select(o => Messages.Count(m => m.Irrep == o.Irrep)) : Messages.Select(_ => 1);

    public override SegmentedPolynomial Plan => Once(() => TensorProductPlanner.Plan(
        [(Operand.Of("x", Nodes, RowSource.Source, Layout), Nodes), (Operand.Of("y", Edges), Edges)],
        (Operand.Of("z", Messages, RowSource.Destination, Layout), Messages),
        RowSource.Own,
        Paths));

    public override int? PassedWeights => WeightCount;

    public static ConvolutionModel Create(MethodModel method, Irreps nodes, Irreps edges, Func<Irrep, bool> keep)
    {
        var (messages, paths) = ConvolutionPlanner.Paths(nodes, edges, keep);
        return new ConvolutionModel(method, nodes, edges, messages, paths.ToEquatable());
    }
}

internal sealed class ConvolutionOperation : OperationDefinition
{
    public override bool PassesWeights(AttributeReader attribute) => true;

    public override OperationModel? Parse(OperationContext context)
    {
        context.Expect((ParameterKind.Tensor, "nodes"), (ParameterKind.Tensor, "edges"), (ParameterKind.Tensor, "weights"),
            (ParameterKind.Graph, "graph"));
        var keep = context.OptionalIrreps(nameof(ConvolutionAttribute.Keep));
        var nodes = context.Irreps("nodes");
        var edges = context.Irreps("edges");
        if (nodes is null || edges is null || !context.IsValid)
        {
            return null;
        }

        var kept = new KeptIrreps(context, keep);
        kept.Check(Describe.Products(nodes.Irreps, edges.Irreps), $"{Describe.List(nodes.Irreps)} x {Describe.List(edges.Irreps)}");
        if (!context.IsValid || !context.CheckPaths(
            nodes.Irreps.Sum(x => edges.Irreps.Sum(y => (long)(x.Irrep * y.Irrep).Count(kept.Wants)))))
        {
            return null;
        }

        var model = ConvolutionModel.Create(context.Method, nodes.Irreps, edges.Irreps, kept.Wants);
        kept.CheckRead(nodes, i => model.Paths.Any(p => p.Input1 == i));
        kept.CheckRead(edges, i => model.Paths.Any(p => p.Input2 == i));
        return model;
    }
}
