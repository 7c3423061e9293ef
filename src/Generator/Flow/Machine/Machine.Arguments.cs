using System.Collections.Immutable;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Values;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Arguments of calls, and those that are given by reference.</summary>
internal sealed partial class Machine
{
    private readonly Dictionary<int, Value> _outs = [];

    /// <summary>The number of the receiver among the arguments by reference.</summary>
    private const int Receiver = -1;

    /// <summary>Whether a member of an extension block writes to what it extends.</summary>
    public static bool HasRefReceiver(ISymbol member) =>
        !member.IsStatic && member.ContainingType?.ExtensionParameter is { RefKind: RefKind.Ref };

    /// <summary>
    /// Evaluates arguments in the order that they are written in; those by reference are places that are assigned afterwards.
    /// </summary>
    private (ImmutableArray<Value> Values, List<(int Ordinal, Target Place)> Places) Arguments(
        ImmutableArray<IArgumentOperation> arguments, int count)
    {
        var values = new Value[count];
        var places = new List<(int, Target)>();
        foreach (var argument in arguments)
        {
            int ordinal = argument.Parameter?.Ordinal ?? 0;
            if (argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out)
            {
                var place = Place(argument.Value);
                places.Add((ordinal, place));
                values[ordinal] = argument.Parameter.RefKind == RefKind.Out ? Value.Null : Read(place);
            }
            else
            {
                values[ordinal] = Evaluate(argument.Value);
                if (argument.Parameter?.RefKind is RefKind.In or RefKind.RefReadOnlyParameter && IsCaptured(argument.Value))
                {
                    values[ordinal] = NotKnown(argument.Value, "is given by reference, and a function sees it too, which is not followed");
                }
            }
        }

        return ([.. values.Select(v => v ?? Value.Null)], places);
    }

    private static IReadOnlyList<IOperation?> Sources(ImmutableArray<IArgumentOperation> arguments, int count)
    {
        var sources = new IOperation?[count];
        foreach (var argument in arguments)
        {
            sources[argument.Parameter?.Ordinal ?? 0] = argument.ArgumentKind == ArgumentKind.DefaultValue ? null : argument.Value;
        }

        return sources;
    }

    /// <summary>
    /// Whether what is given by reference has another name, too: of a field, of an element, of a captured variable, or twice.
    /// </summary>
    private bool IsShared(IOperation place, IEnumerable<IOperation> all) =>
        place is IMemberReferenceOperation or IArrayElementReferenceOperation
        || (place is ILocalReferenceOperation or IParameterReferenceOperation
            && (IsCaptured(place) || all.Count(p => SameVariable(p, place)) > 1));

    private static bool SameVariable(IOperation a, IOperation b) => (a, b) switch
    {
        (ILocalReferenceOperation x, ILocalReferenceOperation y) => SymbolEqualityComparer.Default.Equals(x.Local, y.Local),
        (IParameterReferenceOperation x, IParameterReferenceOperation y) => SymbolEqualityComparer.Default.Equals(x.Parameter, y.Parameter),
        _ => false,
    };

    /// <summary>Whether a lambda or local function uses a variable of the method around it.</summary>
    private bool IsCaptured(IOperation place) => Assigned.Variable(place).Any(IsCaptured);

    private bool IsCaptured(ISymbol variable) =>
        variable.ContainingSymbol is IMethodSymbol around
        && (!SymbolEqualityComparer.Default.Equals(around.OriginalDefinition, _frame.Method.OriginalDefinition) // by this one
            || _source.Captured(around).Contains(variable));
}
