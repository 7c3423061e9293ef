using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Polynomials;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator.Operations;

/// <summary>[Gate]: activated scalars, and other irreps multiplied by activated scalars.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Scalars">The scalars that are activated.</param>
/// <param name="Gates">The gates.</param>
/// <param name="Gated">What they multiply.</param>
/// <param name="Constants">Constants of the functions.</param>
public sealed record GateModel(MethodModel Method, EquatableArray<Activated> Scalars, EquatableArray<Activated> Gates, Irreps Gated, MomentConstants Constants)
    : OperationModel(Method)
{
    public override string Kind => "Gate";

    /// <summary>Scalars, gates and gated irreps, one after the other.</summary>
    public Irreps Entries => new(Scalars.Concat(Gates).Select(e => e.Input).Concat(Gated));

    /// <summary>The same sorted and simplified, as e3nn does.</summary>
    public override Irreps Input => Entries.Sort().Irreps.Simplify();

    public override Irreps Output => new(Scalars.Select(e => e.Output).Concat(Products().Select(p => new MulIrrep(p.Multiplicity, p.Output))));

    public static GateModel Create(MethodModel method, IEnumerable<Activated> scalars, IEnumerable<Activated> gates, Irreps gated, MomentConstants constants) =>
        new(method, Activated.Simplify(scalars).ToEquatable(), Activated.Simplify(gates).ToEquatable(), gated.RemoveZeroMultiplicities().Simplify(), constants);

    /// <summary>Gated irreps cut against gates, so that each piece has one irrep and one kind of gate.</summary>
    public IEnumerable<(int Gate, int GateStart, int Gated, int GatedStart, int Multiplicity, Irrep Output)> Products()
    {
        int g = 0, x = 0, gateStart = 0, gatedStart = 0;
        while (g < Gates.Count && x < Gated.Count)
        {
            int copies = Gates[g].Input.Multiplicity, count = Math.Min(copies - gateStart, Gated[x].Multiplicity - gatedStart);
            int parity = Gated[x].Irrep.Parity * Gates[g].Output.Irrep.Parity;
            yield return (g, gateStart, x, gatedStart, count, new Irrep(Gated[x].Irrep.L, parity));
            (gateStart, gatedStart) = (gateStart + count, gatedStart + count);
            if (gateStart == copies)
            {
                (g, gateStart) = (g + 1, 0);
            }

            if (gatedStart == Gated[x].Multiplicity)
            {
                (x, gatedStart) = (x + 1, 0);
            }
        }
    }
}

internal sealed class GateOperation : OperationDefinition
{
    public override OperationModel? Parse(OperationContext context)
    {
        context.Expect((ParameterKind.Tensor, "x"));
        var ofScalars = new EntryFunctions(
            context, nameof(GateAttribute.ScalarFunctions), (nameof(GateAttribute.EvenScalars), ActivationFunction.Silu), (nameof(GateAttribute.OddScalars), ActivationFunction.Tanh));
        var ofGates = new EntryFunctions(
            context, nameof(GateAttribute.GateFunctions), (nameof(GateAttribute.EvenGates), ActivationFunction.Sigmoid), (nameof(GateAttribute.OddGates), ActivationFunction.Tanh));
        var constants = context.Enum(nameof(GateAttribute.Constants), MomentConstants.Exact);
        var gates = context.OptionalIrreps(nameof(GateAttribute.Gates));
        var scalars = context.Irreps("scalars");
        var gated = context.Irreps("gated");
        if (scalars is null || gated is null || !context.IsValid)
        {
            return null;
        }

        CheckScalars(context, scalars, "The activated irreps");
        if (gates is not null)
        {
            CheckScalars(context, gates, "The gates");
            int gateCount = gates.Irreps.NumIrreps, gatedCount = gated.Irreps.NumIrreps;
            if (gateCount != gatedCount)
            {
                context.Report(
                    SelectionRules.GateCount, gates.Argument.Location, context.Name, gatedCount, Describe.List(gated.Irreps), gateCount,
                    Describe.List(gates.Irreps), Resized(gates, gatedCount));
            }
        }

        if (!context.IsValid)
        {
            return null;
        }

        var gateIrreps = gates?.Irreps ?? new Irreps(gated.Irreps.Select(e => new MulIrrep(e.Multiplicity, new Irrep(0, 1))));
        var activated = ofScalars.Of(scalars.Irreps, "The activated irreps");
        var gating = ofGates.Of(gateIrreps, "The gates");
        ofScalars.CheckUsed(scalars.Irreps, "scalars");
        ofGates.CheckUsed(gateIrreps, "gates");
        return GateModel.Create(context.Method, activated, gating, gated.Irreps, constants);
    }

    /// <summary>As many gates as needed: of the same kinds in the same order, the last kind taking up the difference.</summary>
    private static Suggestion Resized(IrrepsText gates, int count)
    {
        var entries = new List<MulIrrep>();
        for (int i = 0; i < gates.Irreps.Count && count > 0; i++)
        {
            int multiplicity = i == gates.Irreps.Count - 1 ? count : Math.Min(count, gates.Irreps[i].Multiplicity);
            entries.Add(new MulIrrep(multiplicity, gates.Irreps[i].Irrep));
            count -= multiplicity;
        }

        bool hasReference = gates.Argument.Value.Contains('@');
        return hasReference || entries.Count == 0
            ? Suggestion.None
            : Suggestion.Edit(gates.Argument, new TextSpan(0, gates.Argument.Value.Length), [Describe.Sum(entries)]);
    }

    private static void CheckScalars(OperationContext context, IrrepsText irreps, string which)
    {
        for (int i = 0; i < irreps.Irreps.Count; i++)
        {
            if (irreps.Irreps[i] is { Multiplicity: > 0, Irrep.L: > 0 } entry)
            {
                context.ReportAt(irreps, i, SelectionRules.NotScalar, which, context.Name, entry, entry.Irrep.L);
            }
        }
    }
}
