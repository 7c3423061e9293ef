using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Operations;

/// <summary>[Activation]: a function for each entry; a gate without gates, whose irreps stay where they are.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Entries">What becomes of each entry.</param>
/// <param name="Constants">Constants of the functions.</param>
public sealed record ActivationModel(MethodModel Method, EquatableArray<Activated> Entries, MomentConstants Constants) : OperationModel(Method)
{
    public override string Kind => "Activation";

    public override Irreps Input => new(Entries.Select(e => e.Input));

    public override Irreps Output => new(Entries.Select(e => e.Output));

    /// <summary>All columns of an entry at once: a function of scalars, or a copy, which has no constant.</summary>
    internal IEnumerable<GatePlanPath> Paths()
    {
        int column = 0;
        foreach (var (entry, function) in Entries.Where(e => e.Input.Dim > 0))
        {
            yield return new GatePlanPath(function, column, entry.Dim, column, null) { IsScaled = function != ActivationFunction.Identity };
            column += entry.Dim;
        }
    }
}

internal sealed class ActivationOperation : OperationDefinition
{
    public override OperationModel? Parse(OperationContext context)
    {
        context.Expect((ParameterKind.Tensor, "x"));
        var functions = new EntryFunctions(
            context, "functions", (nameof(ActivationAttribute.EvenScalars), ActivationFunction.Silu), (nameof(ActivationAttribute.OddScalars), ActivationFunction.Tanh));
        var constants = context.Enum(nameof(ActivationAttribute.Constants), MomentConstants.Exact);
        if (context.Irreps("input") is not { } input || !context.IsValid)
        {
            return null;
        }

        var entries = functions.Of(input.Irreps, "The activated irreps");
        functions.CheckUsed(input.Irreps, "scalars");
        return new ActivationModel(context.Method, entries.ToEquatable(), constants);
    }
}
