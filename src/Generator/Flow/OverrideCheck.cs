using E3Gen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace E3Gen.Generator.Flow;

/// <summary>Overrides and implementations of interfaces must state the irreps of what they stand for, or none.</summary>
internal static class OverrideCheck
{
    public static void Report(SymbolAnalysisContext context, Annotations annotations, AnnotatedNames names)
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
                    Compare(annotations.Result(method), annotations.Result(other), method);
                    for (int i = 0; i < Math.Min(method.Parameters.Length, other.Parameters.Length); i++)
                    {
                        Compare(annotations.Of(method.Parameters[i]), annotations.Of(other.Parameters[i]), method.Parameters[i]);
                    }

                    break;
                case (IPropertySymbol property, IPropertySymbol other):
                    Compare(annotations.Of(property), annotations.Of(other), property);
                    break;
            }
        }

        void Compare(Known? stated, Known? wanted, ISymbol symbol)
        {
            if (stated is not null && wanted is not null && stated.Irreps != wanted.Irreps)
            {
                var finding = Diagnostic.Create(
                    FlowRules.Override,
                    symbol.Locations[0],
                    wanted.Origin is null ? null : new[] { wanted.Origin },
                    symbol.Name, stated, wanted, Difference.Describe(wanted.Irreps, stated.Irreps));
                context.ReportDiagnostic(finding);
            }
        }
    }

    private static IEnumerable<ISymbol> Replaced(ISymbol symbol)
    {
        if (symbol is IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet } || symbol.Locations.IsEmpty)
        {
            yield break; // the property says it
        }

        ISymbol? overridden = symbol switch { IMethodSymbol method => method.OverriddenMethod, IPropertySymbol property => property.OverriddenProperty, _ => null };
        if (overridden is not null)
        {
            yield return overridden;
        }

        if (symbol.ContainingType.TypeKind == TypeKind.Interface)
        {
            yield break;
        }

        foreach (var member in symbol.ContainingType.AllInterfaces.SelectMany(i => i.GetMembers()).Where(m => m.Kind == symbol.Kind && m.Name == symbol.MetadataName.Split('.').Last()))
        {
            if (SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol))
            {
                yield return member;
            }
        }
    }
}
