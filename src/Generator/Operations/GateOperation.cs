using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator.Operations;

/// <summary>The functions of a gate.</summary>
public sealed record GateFunctions(
    ActivationFunction EvenScalars = ActivationFunction.Silu,
    ActivationFunction OddScalars = ActivationFunction.Tanh,
    ActivationFunction EvenGates = ActivationFunction.Sigmoid,
    ActivationFunction OddGates = ActivationFunction.Tanh,
    MomentConstants Constants = MomentConstants.Exact)
{
    public ActivationFunction Scalar(Irrep irrep) => irrep.Parity > 0 ? EvenScalars : OddScalars;

    public ActivationFunction Gate(Irrep irrep) => irrep.Parity > 0 ? EvenGates : OddGates;

    /// <summary>Parity of f(x) for an odd x: odd functions keep it, even functions make it even, others leave none.</summary>
    public static int? ParityOfOdd(ActivationFunction function) => function switch
    {
        ActivationFunction.Tanh or ActivationFunction.Identity => -1,
        ActivationFunction.Abs => 1,
        _ => null,
    };

    public static Irrep Apply(ActivationFunction function, Irrep scalar) =>
        scalar.Parity > 0 ? scalar : new Irrep(0, ParityOfOdd(function) ?? 1);
}

/// <summary>[Gate]: activated scalars, and other irreps multiplied by activated scalars.</summary>
public sealed record GateModel(MethodModel Method, Irreps Scalars, Irreps Gates, Irreps Gated, GateFunctions Functions)
    : OperationModel(Method)
{
    public override string Kind => "Gate";

    /// <summary>Scalars, gates and gated irreps, sorted and simplified as e3nn does.</summary>
    public override Irreps Input => (Scalars + Gates + Gated).Sort().Irreps.Simplify();

    public override Irreps Output => Activated + GatedOutput;

    private Irreps Activated =>
        new Irreps(Scalars.Select(e => new MulIrrep(e.Multiplicity, GateFunctions.Apply(Functions.Scalar(e.Irrep), e.Irrep))));

    private Irreps GatedOutput => new(Products().Select(p => new MulIrrep(p.Multiplicity, p.Output)));

    public static GateModel Create(MethodModel method, Irreps scalars, Irreps gates, Irreps gated, GateFunctions functions) =>
        new(method, scalars.RemoveZeroMultiplicities().Simplify(), gates.RemoveZeroMultiplicities().Simplify(),
            gated.RemoveZeroMultiplicities().Simplify(), functions);

    /// <summary>Gated irreps cut against gates, so that each piece has one irrep and one kind of gate.</summary>
    public IEnumerable<(int Gate, int GateStart, int Gated, int GatedStart, int Multiplicity, Irrep Output)> Products()
    {
        int g = 0, x = 0, gateStart = 0, gatedStart = 0;
        while (g < Gates.Count && x < Gated.Count)
        {
            int count = Math.Min(Gates[g].Multiplicity - gateStart, Gated[x].Multiplicity - gatedStart);
            int parity = Gated[x].Irrep.Parity * GateFunctions.Apply(Functions.Gate(Gates[g].Irrep), Gates[g].Irrep).Parity;
            yield return (g, gateStart, x, gatedStart, count, new Irrep(Gated[x].Irrep.L, parity));
            (gateStart, gatedStart) = (gateStart + count, gatedStart + count);
            if (gateStart == Gates[g].Multiplicity)
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
        var functions = new GateFunctions(
            context.Enum(nameof(GateAttribute.EvenScalars), ActivationFunction.Silu),
            context.Enum(nameof(GateAttribute.OddScalars), ActivationFunction.Tanh),
            context.Enum(nameof(GateAttribute.EvenGates), ActivationFunction.Sigmoid),
            context.Enum(nameof(GateAttribute.OddGates), ActivationFunction.Tanh),
            context.Enum(nameof(GateAttribute.Constants), MomentConstants.Exact));
        var gates = context.OptionalIrreps(nameof(GateAttribute.Gates));
        var scalars = context.Irreps("scalars");
        var gated = context.Irreps("gated");
        if (scalars is null || gated is null || !context.IsValid)
        {
            return null;
        }

        CheckScalars(context, scalars, "The activated irreps", nameof(GateAttribute.OddScalars), functions.OddScalars);
        CheckUsed(context, "even scalars", nameof(GateAttribute.EvenScalars), Any(scalars, 1));
        CheckUsed(context, "odd scalars", nameof(GateAttribute.OddScalars), Any(scalars, -1));
        CheckUsed(context, "even gates", nameof(GateAttribute.EvenGates), gates is null ? gated.Irreps.Dim > 0 : Any(gates, 1));
        CheckUsed(context, "odd gates", nameof(GateAttribute.OddGates), gates is not null && Any(gates, -1));
        if (gates is not null)
        {
            CheckScalars(context, gates, "The gates", nameof(GateAttribute.OddGates), functions.OddGates);
            int gateCount = gates.Irreps.NumIrreps, gatedCount = gated.Irreps.NumIrreps;
            if (gateCount != gatedCount)
            {
                context.Report(
                    SelectionRules.GateCount, gates.Argument.Location, context.Name, gatedCount, Describe.List(gated.Irreps), gateCount,
                    Describe.List(gates.Irreps), Resized(gates, gatedCount));
            }
        }

        var gateIrreps = gates?.Irreps ?? new Irreps(gated.Irreps.Select(e => new MulIrrep(e.Multiplicity, new Irrep(0, 1))));
        return GateModel.Create(context.Method, scalars.Irreps, gateIrreps, gated.Irreps, functions);
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

    private static bool Any(IrrepsText scalars, int parity) => scalars.Irreps.Any(e => e.Irrep.Parity == parity && e.Multiplicity > 0);

    private static void CheckUsed(OperationContext context, string what, string option, bool used)
    {
        if (!used && context.Attribute.Has(option))
        {
            context.Report(SelectionRules.UnusedOption, context.Attribute.LocationOf(option), context.Name, what, option);
        }
    }

    private static void CheckScalars(OperationContext context, IrrepsText irreps, string which, string option, ActivationFunction odd)
    {
        for (int i = 0; i < irreps.Irreps.Count; i++)
        {
            var entry = irreps.Irreps[i];
            if (entry.Multiplicity == 0)
            {
                continue;
            }

            if (entry.Irrep.L > 0)
            {
                context.ReportAt(irreps, i, SelectionRules.NotScalar, which, context.Name, entry, entry.Irrep.L);
            }
            else if (entry.Irrep.Parity < 0 && GateFunctions.ParityOfOdd(odd) is null)
            {
                Location location = context.Attribute.Has(option)
                    ? context.Attribute.LocationOf(option)
                    : irreps.Argument.Locate(irreps.Entries[i]);
                context.Report(SelectionRules.ActivationParity, location, odd, entry);
                return;
            }
        }
    }
}
