using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace E3Gen.Generator.Flow;

/// <summary>Overrides and implementations of interfaces must state the irreps of the base member, or none.</summary>
internal static class OverrideCheck
{
    public static void Report(SymbolAnalysisContext context, StatedContracts contracts, AnnotatedNames names)
    {
        if (!names.Contain(context.Symbol))
        {
            return;
        }

        foreach (var replaced in Replaced(context.Symbol))
        {
            switch (context.Symbol, replaced)
            {
                case (IMethodSymbol method, IMethodSymbol other):
                    Compare(contracts.Result(method), contracts.Result(other), method);
                    for (int i = 0; i < Math.Min(method.Parameters.Length, other.Parameters.Length); i++)
                    {
                        Compare(contracts.Of(method.Parameters[i]), contracts.Of(other.Parameters[i]), method.Parameters[i]);
                    }

                    break;
                case (IPropertySymbol property, IPropertySymbol other):
                    Compare(contracts.Of(property), contracts.Of(other), property);
                    break;
            }
        }

        // A parameter of a record and the property that it becomes may both state something.
        if (context.Symbol is IPropertySymbol { ContainingType.IsRecord: true } own
            && own.ContainingType.InstanceConstructors.SelectMany(c => c.Parameters)
                .FirstOrDefault(p => SymbolEqualityComparer.Default.Equals(StatedContracts.Positional(p), own)) is { } parameter)
        {
            Compare(contracts.Of(own), contracts.Of(parameter), own);
        }

        void Compare(Contract? stated, Contract? wanted, ISymbol symbol)
        {
            if (stated is not null && wanted is not null && !stated.Equals(wanted))
            {
                string why = stated.Kind != wanted.Kind ? "they transform differently"
                    : stated.Rows == wanted.Rows ? Difference.Describe(wanted.Irreps, stated.Irreps)
                    : "they differ in the number of row axes";
                context.ReportDiagnostic(Diagnostic.Create(FlowRules.Override, symbol.Locations[0], symbol.Name, stated, wanted, why));
            }
        }
    }

    /// <summary>
    /// A class that implements an interface by a method that it inherits: that method was proven without what the interface states.
    /// </summary>
    public static void ReportInherited(SymbolAnalysisContext context, StatedContracts contracts)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || type.AllInterfaces.IsEmpty)
        {
            return;
        }

        var interfaces = type.AllInterfaces.Where(i => !FlowTypes.IsFramework(i));
        foreach (var member in interfaces.SelectMany(i => i.GetMembers()).OfType<IMethodSymbol>())
        {
            if (contracts.Result(member) is { } wanted && type.FindImplementationForInterfaceMember(member) is IMethodSymbol implementation
                && !SymbolEqualityComparer.Default.Equals(implementation.ContainingType, type)
                && contracts.Result(implementation)?.Equals(wanted) != true)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    FlowRules.Override, type.Locations[0], implementation.Name, contracts.Result(implementation)?.ToString() ?? "nothing",
                    wanted, "state the same where it is implemented"));
            }
        }
    }

    private static IEnumerable<ISymbol> Replaced(ISymbol symbol) =>
        symbol is IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet } || symbol.Locations.IsEmpty
            ? [] // the property says it
            : StatedContracts.Replaced(symbol);
}
