using System.Collections.Immutable;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>
/// Results of the functions of E3Gen's own runtime. Annotated functions need no rule;
/// functions not listed here prove nothing.
/// </summary>
internal static class RuntimeRules
{
    /// <summary>Functions of invariants, such as radial bases: invariant of invariants, and of nothing else.</summary>
    private static readonly HashSet<string> Functions =
    [
        "RadialBasis.SoftOneHotLinspace", "RadialBasis.Of", "RadialBasis.Bessel", "RadialBasis.SoftUnitStep", "Cutoff.Smooth", "Cutoff.Cosine",
        "Cutoff.Polynomial", "Cutoff.Mollifier", "Cutoff.SoftStep", "Cutoff.Of", "RadialTransform.Agnesi", "RadialTransform.Soft", "RadialTransform.SoftClamp", "Elements.CovalentRadius",
        "Activations.Apply", "Activations.Constant", "O3.Wigner3j", "O3.Generators", "Graph.to", "Graph.Concat",
    ];

    /// <summary>Those whose result has the shape of their one tensor.</summary>
    private static readonly HashSet<string> Pointwise =
    [
        "RadialBasis.SoftUnitStep", "Cutoff.Smooth", "Cutoff.Cosine", "Cutoff.Polynomial", "Cutoff.Mollifier", "Cutoff.SoftStep", "Cutoff.Of", "RadialTransform.Agnesi", "RadialTransform.Soft",
        "RadialTransform.SoftClamp",
    ];

    /// <returns>The result; null where nothing is known of the function.</returns>
    public static Value? Apply(TorchCall c)
    {
        var machine = c.Machine;
        string name = $"{c.ContainingType.Name}.{c.Method.Name}";
        if (c.Values.Select(machine.Look).FirstOrDefault(v => machine.WhyUnknown(v) is not null) is { } unknown)
        {
            return unknown is Unknown ? unknown : machine.WhyUnknown(unknown);
        }

        bool invariant = c.Values.All(machine.IsInvariant);
        var tensors = c.Values.Select(machine.Tensor).OfType<TensorValue>().ToList();
        switch (name)
        {
            case "Graph.EdgeVectors":
                return null; // states what it takes and yields
            case "Graph.FromPositions" or "Graph.FromBatch" or "Graph.FromEdges":
                return Value.Plain; // of its positions, cell and shifts it was checked that they are
            case "Graph.to" or "Graph.Concat"
                when machine.State.Reachable(c.Values).Any(id => machine.State.Objects.TryGetValue(id, out var made) && made is Made):
                // A graph that was made before the call is in it.
                return machine.New(new Made(c.Method.ContainingType, ImmutableDictionary<string, Value>.Empty, []));
            case "Graph.Dispose" or "Backends.Use" or "Allocator.KeepFreedMemory":
                return Value.Plain;
            case "Graph.Softmax" when invariant && c.Values.Select(machine.Tensor).FirstOrDefault(t => t is not null) is { } scores:
                // Neighbours that were equal need not arrive at one node.
                return machine.New(Gathering.WithoutRuns(scores) with { IsZero = false, Memory = [] });
            case "CartesianTensor.ToCartesian" or "CartesianTensor.FromCartesian":
                return CartesianRules.Apply(c);
            case "O3.SphericalHarmonics":
                return Harmonics(c);
            case var _ when c.Method.AssociatedSymbol is IPropertySymbol property && property.ContainingType.Name == "Graph":
                return property.Name == "Shifts" ? null
                    : !FlowTypes.IsTensor(property.Type) ? Value.Plain
                    : machine.New(new TensorValue([Axis.Plain(machine.Fresh())], 0)
                    {
                        Numbers = NumberKind.Whole,
                        Memory = [TensorValue.Outside],
                    });
            case var _ when c.Method.AssociatedSymbol is IPropertySymbol plain && FlowTypes.IsPlain(plain.Type) && invariant:
                return Value.Plain;
            case "FullyConnectedNetwork.call" or "FullyConnectedNetwork.forward":
                return tensors.All(t => t.IsInvariant) && tensors is [var input, ..]
                    ? machine.New(input with
                    {
                        Axes = input.Axes.IsEmpty ? [] : input.Axes.SetItem(input.Axes.Length - 1, Axis.Plain(Output(c))),
                        IsZero = false,
                        Memory = [],
                    })
                    : null;
            case "BesselBasis.call" or "BesselBasis.forward" or "GaussianBasis.call" or "GaussianBasis.forward":
                return tensors is [{ IsInvariant: true } length]
                    ? machine.New(length with { Axes = length.Axes.Add(Axis.Plain(Number(c))), IsZero = false, Memory = [] })
                    : null;
            case var _ when Functions.Contains(name) && invariant:
                return FlowTypes.IsPlain(c.Method.ReturnType) ? Value.Plain
                    : Pointwise.Contains(name) && tensors is [var x] ? machine.New(x with { IsZero = false, Memory = [] })
                    : tensors is [{ } r] && name.StartsWith("RadialBasis", StringComparison.Ordinal)
                        && c["number"] is Data { Extent: { } number }
                        ? machine.New(r with { Axes = r.Axes.Add(Axis.Plain(number)), IsZero = false, Memory = [] })
                    : FlowTypes.IsTensor(c.Method.ReturnType) ? machine.New(machine.Anything())
                    : Value.Plain; // a graph: who is whose neighbour does not depend on the frame
            default:
                return null;
        }
    }

    /// <summary>The number of outputs of a fully connected network, where it is known.</summary>
    private static Extent Output(TorchCall c) => c.Values.Select(c.Machine.State.Content).OfType<Made>().FirstOrDefault() is { } made
        && made.Arguments.Values.Select(c.Machine.State.Content).OfType<Sequence>()
            .FirstOrDefault(s => s is { IsListed: true, Elements.Length: > 0 }) is { } widths
        && widths.Elements[widths.Elements.Length - 1] is Data { Extent: { } extent } ? extent : c.Machine.Fresh();

    /// <summary>The number of functions of a radial basis, where it is written.</summary>
    private static Extent Number(TorchCall c) => c.Values.Select(c.Machine.State.Content).OfType<Made>().FirstOrDefault() is { } made
        && made.Arguments.TryGetValue("number", out var number) && number is Data { Extent: { } extent } ? extent : c.Machine.Fresh();

    /// <summary>Y of vectors: harmonics of degree l have the parity of the vector to the l.</summary>
    private static Value? Harmonics(TorchCall c)
    {
        var machine = c.Machine;
        var x = c.Values.Select(machine.Tensor).FirstOrDefault(t => t is not null);
        if (x is not { Weight: 0, Written: null, Axes: [.., { Irreps: [{ Multiplicity: 1, Irrep: { L: 1 } vector }] }] }
            || x.Axes.Take(x.Axes.Length - 1).Any(a => a.Turns))
        {
            return null;
        }

        if (c.Values.OfType<Data>().Select(d => d.Constant).OfType<string>().FirstOrDefault() is not { } text
            || !Irreps.TryParse(text, out var irreps, out _)
            || irreps.Any(e => e.Irrep.Parity != (e.Irrep.L % 2 == 0 ? 1 : vector.Parity)))
        {
            return null;
        }

        return machine.New(Machine.Carrying(irreps, x.Axes.RemoveAt(x.Axes.Length - 1)) with { HasMoreInFront = x.HasMoreInFront });
    }
}
