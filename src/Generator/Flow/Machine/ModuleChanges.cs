using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Modules that may differ from their construction, because some code of the compilation attaches hooks to them,
/// sets TorchSharp properties, or adds parts. From any module all others can be reached (children, modules, apply), so the class
/// that holds one cannot exclude this; but any such code must name the module's class or a base class. The syntax of each file is searched
/// once for candidates, and only these few are bound.
/// </summary>
internal sealed class ModuleChanges
{
    private static readonly ConditionalWeakTable<SyntaxTree, IReadOnlyList<TextSpan>> Candidates = new();

    private static readonly HashSet<string> Adders =
        ["append", "extend", "clear", "pop", "popitem", "update", "insert", "Add", "Insert", "Remove", "RemoveAt", "Clear"];

    private readonly Lazy<(List<ITypeSymbol?> Hooked, List<ITypeSymbol?> Changed)> _found;

    public ModuleChanges(Compilation compilation, Func<SyntaxTree, SemanticModel> models) => _found = new(() => Find(compilation, models));

    /// <summary>
    /// Whether some code may have hung functions of its own on modules of this class: then a call does more than the module's forward.
    /// </summary>
    /// <param name="type">The class; null where it is not known.</param>
    public bool MayBeHooked(ITypeSymbol? type) => _found.Value.Hooked.Any(h => MayBeOne(h, type));

    /// <summary>Whether some code may have changed what modules of this class are made of.</summary>
    /// <param name="type">The class; null where it is not known.</param>
    public bool MayBeChanged(ITypeSymbol? type) => _found.Value.Changed.Any(c => MayBeOne(c, type));

    /// <summary>Whether an object may be of two types at once, as far as classes tell; null is any type.</summary>
    private static bool MayBeOne(ITypeSymbol? a, ITypeSymbol? b) =>
        a is not INamedTypeSymbol { TypeKind: TypeKind.Class } || b is not INamedTypeSymbol { TypeKind: TypeKind.Class }
        || Derives(a, b) || Derives(b, a);

    private static bool Derives(ITypeSymbol derived, ITypeSymbol from)
    {
        for (ITypeSymbol? t = derived; t is not null; t = t.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(t.OriginalDefinition, from.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    private static (List<ITypeSymbol?> Hooked, List<ITypeSymbol?> Changed) Find(
        Compilation compilation, Func<SyntaxTree, SemanticModel> models)
    {
        var (hooked, changed) = (new List<ITypeSymbol?>(), new List<ITypeSymbol?>());
        foreach (var tree in compilation.SyntaxTrees.Where(t => !Contracts.GeneratedTrees.IsOurs(t)))
        {
            foreach (var span in Candidates.GetValue(tree, In))
            {
                var name = tree.GetRoot().FindNode(span, getInnermostNodeForTie: true) as SimpleNameSyntax;
                if (name is null)
                {
                    continue;
                }

                var info = models(tree).GetSymbolInfo(name);
                var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
                if (symbol is not null && !FlowTypes.IsTorch(symbol))
                {
                    continue;
                }

                bool isHook = IsHook(name.Identifier.ValueText), isModules = symbol is null || FlowTypes.IsModule(symbol.ContainingType);
                var type = Receiver(name) is { } receiver ? models(tree).GetTypeInfo(receiver).Type : Enclosing(name, models(tree));
                if (isHook)
                {
                    hooked.Add(type);
                }
                else if (isModules && !IsOwn(name, models(tree)))
                {
                    changed.Add(type);
                }
            }
        }

        return (hooked, changed);
    }

    private static IReadOnlyList<TextSpan> In(SyntaxTree tree)
    {
        var names = tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().ToList();
        bool holdsLists = names.Any(n => n.Identifier.ValueText is "ModuleList" or "ModuleDict");
        return [.. names.Where(IsCandidate).Select(n => n.Span)];

        bool IsCandidate(SimpleNameSyntax name)
        {
            string text = name.Identifier.ValueText;
            bool isCalled = Access(name).Parent is InvocationExpressionSyntax call && call.Expression == Access(name);
            return IsHook(text)
                || (isCalled && Adders.Contains(text) && (holdsLists || char.IsLower(text[0])))
                || (text.Length > 0 && char.IsLower(text[0]) && (Receiver(name) is not null || IsInInitializer(name))
                    && IsAssigned(Access(name)));
        }
    }

    private static bool IsAssigned(SyntaxNode place)
    {
        while (place.Parent is TupleExpressionSyntax or ArgumentSyntax { Parent: TupleExpressionSyntax } or ParenthesizedExpressionSyntax
            or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression }
            or ConditionalAccessExpressionSyntax)
        {
            place = place.Parent;
        }

        return (place.Parent is AssignmentExpressionSyntax assignment && assignment.Left == place)
            || place.Parent?.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression
                or SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression;
    }

    private static bool IsHook(string name) =>
        name.StartsWith("register_", StringComparison.Ordinal) && name.EndsWith("hook", StringComparison.Ordinal);

    /// <summary>The expression that a name is the end of: x.name.</summary>
    private static ExpressionSyntax Access(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name => access,
        MemberBindingExpressionSyntax binding => binding,
        _ => name,
    };

    /// <summary>What stands before the dot; null where nothing does.</summary>
    private static ExpressionSyntax? Receiver(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name => access.Expression,
        MemberBindingExpressionSyntax binding => binding.Ancestors().OfType<ConditionalAccessExpressionSyntax>()
            .FirstOrDefault(a => a.WhenNotNull.Span.Contains(name.Span))?.Expression,
        _ => null,
    };

    private static bool IsInInitializer(SimpleNameSyntax name) =>
        name.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax };

    private static ITypeSymbol? Enclosing(SyntaxNode node, SemanticModel model) =>
        node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type ? model.GetDeclaredSymbol(type) as ITypeSymbol : null;

    /// <summary>
    /// Whether something is added to what a member of the class holds, or a variable that was made for it: of members the class knows
    /// itself what it does with them, and the variable is followed where it is used.
    /// </summary>
    private static bool IsOwn(SimpleNameSyntax name, SemanticModel model)
    {
        if (!Adders.Contains(name.Identifier.ValueText) || Access(name).Parent is not InvocationExpressionSyntax)
        {
            return false;
        }

        return Receiver(name) switch
        {
            IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } =>
                model.GetSymbolInfo(Receiver(name)!).Symbol switch
                {
                    IFieldSymbol or IPropertySymbol => true,
                    ILocalSymbol { DeclaringSyntaxReferences: [var declaration] } =>
                        declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var made }
                        && (made is BaseObjectCreationExpressionSyntax || (made is InvocationExpressionSyntax
                            && model.GetSymbolInfo(made).Symbol is IMethodSymbol { IsStatic: true } maker && FlowTypes.IsTorch(maker))),
                    _ => false,
                },
            _ => false,
        };
    }
}
