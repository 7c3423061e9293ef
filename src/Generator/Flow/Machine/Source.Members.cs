using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Fields and properties: what they get from their construction, who writes to them afterwards, and what is done with what they hold.
/// </summary>
internal sealed partial class Source
{
    /// <summary>
    /// Whether code of other classes can assign a member: then its initialiser says nothing of what it holds.
    /// null: while an object is made, and never after that.
    /// </summary>
    public static bool? IsOpen(ISymbol member) => member switch
    {
        // Others may change what is in it.
        IFieldSymbol { DeclaredAccessibility: not Accessibility.Private, IsReadOnly: true } field
            when Elements.ElementOf(field.Type) is not null => null,
        IPropertySymbol { DeclaredAccessibility: not Accessibility.Private, SetMethod: null } property
            when Elements.ElementOf(property.Type) is not null => null,
        IFieldSymbol field => field is { IsReadOnly: false, IsConst: false } && field.DeclaredAccessibility != Accessibility.Private,
        IPropertySymbol { SetMethod: { } setter } =>
            setter.DeclaredAccessibility == Accessibility.Private ? false : setter.IsInitOnly ? null : true,
        _ => false,
    };

    /// <summary>Whether the compiler writes a property's accessors.</summary>
    public bool IsAuto(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>()
            .Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property))
        && property.DeclaringSyntaxReferences.All(r => r.GetSyntax() is not PropertyDeclarationSyntax { AccessorList: { } accessors }
            || accessors.Accessors.All(a => a.Body is null && a.ExpressionBody is null))
        && property.DeclaringSyntaxReferences.All(r => r.GetSyntax() is not PropertyDeclarationSyntax { ExpressionBody: not null });

    /// <summary>
    /// Where a field or property gets its value while its object is constructed. Null where other code assigns it,
    /// too: then it may hold anything.
    /// </summary>
    public InitialValues? Initial(ISymbol member)
    {
        if (member is IPropertySymbol { SetMethod: not null } and ({ IsOverride: true } or { IsVirtual: true } or { IsAbstract: true }))
        {
            return null; // it may be assigned through what it overrides
        }

        // C# lets constructors alone, and accessors that run with them, assign what is read-only.
        bool isReadOnly = member is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null };
        bool isUnderstood = true, isByConstructors = true;
        var values = new List<(SyntaxNode, IMethodSymbol?)>();
        foreach (var declaration in member.DeclaringSyntaxReferences.Select(r => r.GetSyntax()))
        {
            switch (declaration)
            {
                case VariableDeclaratorSyntax { Initializer: { } initializer }:
                    values.Add((initializer.Value, null));
                    break;
                case PropertyDeclarationSyntax { Initializer: { } initializer }:
                    values.Add((initializer.Value, null));
                    break;
            }
        }

        foreach (var type in member.ContainingType.DeclaringSyntaxReferences.Select(r => r.GetSyntax()))
        {
            foreach (var name in type.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == member.Name))
            {
                ExpressionSyntax reference = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
                if (Written(reference) is not { } writer)
                {
                    continue;
                }

                if (!SymbolEqualityComparer.Default.Equals(Symbol(reference)?.OriginalDefinition, member.OriginalDefinition))
                {
                    continue;
                }

                var constructor = reference.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>() as ConstructorDeclarationSyntax;
                bool nested = reference.Ancestors().TakeWhile(a => a != constructor)
                    .Any(a => a is LambdaExpressionSyntax or LocalFunctionStatementSyntax);
                bool isOther = reference is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax };
                if ((constructor is null || nested || isOther) && !isReadOnly)
                {
                    return null;
                }

                isByConstructors &= constructor is not null && !nested && !isOther;
                if (isByConstructors
                    && writer is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment
                    && assignment.Left == reference)
                {
                    values.Add((assignment.Right, DeclaredConstructor(constructor!)));
                }
                else
                {
                    isUnderstood = false;
                }
            }
        }

        return new InitialValues(values, isUnderstood, isByConstructors);
    }

    /// <summary>What a field or property is initialised with where it is declared.</summary>
    public IOperation? InitialValue(ISymbol member) => member.DeclaringSyntaxReferences.Select(r => r.GetSyntax() switch
    {
        VariableDeclaratorSyntax { Initializer.Value: { } value } => value,
        PropertyDeclarationSyntax { Initializer.Value: { } value } => value,
        _ => null,
    }).FirstOrDefault(v => v is not null) is { } initial ? Operation(initial) : null;

    private IMethodSymbol? DeclaredConstructor(ConstructorDeclarationSyntax constructor) =>
        Model(constructor.SyntaxTree).GetDeclaredSymbol(constructor) as IMethodSymbol;

    /// <summary>
    /// Whether the object in a member is what its initial expression made of it: nobody else can reach it, and the class does no more with
    /// it than call it, go through it and read its elements. Anything else may add to it or change it; and where an element is an object
    /// that can be changed itself, nobody may get hold of that.
    /// </summary>
    /// <param name="member">The field or property.</param>
    /// <param name="exceptWhereMade">Whether constructors may do more: put something into it, and register it.</param>
    public bool IsOnlyRead(ISymbol member, bool exceptWhereMade = false) => member.DeclaredAccessibility == Accessibility.Private
        && member.ContainingType.DeclaringSyntaxReferences.Select(r => r.GetSyntax())
            .SelectMany(t => t.DescendantNodes().OfType<IdentifierNameSyntax>())
            .Where(n => n.Identifier.ValueText == member.Name)
            .Select(n => n.Parent is MemberAccessExpressionSyntax access && access.Name == n ? (ExpressionSyntax)access : n)
            .All(r => OnlyReads(r, TypeOf(member)) || (exceptWhereMade && IsMadeBy(r))
                || !SymbolEqualityComparer.Default.Equals(Symbol(r)?.OriginalDefinition, member.OriginalDefinition));

    private static readonly HashSet<string> Makers = ["Add", "AddRange", "Insert", "TryAdd", "append", "Append"];

    /// <summary>Whether a constructor puts something into an object, registers it, or draws the numbers that it begins with.</summary>
    private bool IsMadeBy(ExpressionSyntax reference)
    {
        bool isOther = reference is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax };
        if (isOther || reference.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>() is not ConstructorDeclarationSyntax constructor
            || reference.Ancestors().TakeWhile(a => a != constructor).Any(a => a is LambdaExpressionSyntax or LocalFunctionStatementSyntax))
        {
            return false;
        }

        return reference.Parent switch
        {
            AssignmentExpressionSyntax or ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax } } =>
                Written(reference) is AssignmentExpressionSyntax,
            MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: "weight" or "bias",
                Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax call } }
            } =>
                call.Expression is IdentifierNameSyntax { Identifier.ValueText: "init" }
                    or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "init" },
            MemberAccessExpressionSyntax access => access.Expression == reference && access.Parent is InvocationExpressionSyntax
                && Makers.Contains(access.Name.Identifier.ValueText),
            ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax } element => element.Expression == reference,
            ArgumentSyntax
            {
                RefOrOutKeyword.RawKind: 0, Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax called }
            } =>
                called.Identifier.ValueText is "register_module" or "register_buffer" or "register_parameter" or "add_module",
            _ => false,
        };
    }

    private static readonly HashSet<string> Readers =
    [
        "call", "forward", "Invoke", "Select", "Aggregate", "First", "Last", "Any", "All", "Zip", "Skip", "Take", "ToArray", "ToList",
        "ContainsKey", "Contains", "Count", "Sum", "Max", "Min", "Concat", "Append", "Length",
    ];

    private static ITypeSymbol TypeOf(ISymbol member) => member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;

    private static bool OnlyReads(ExpressionSyntax reference, ITypeSymbol type)
    {
        bool givesOut = Elements.Held(type).Any(Elements.CanBeChanged);
        SyntaxNode node = reference;
        while (node.Parent is ParenthesizedExpressionSyntax
            or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
        {
            node = node.Parent;
        }

        return node.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == node && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression),
            MemberAccessExpressionSyntax access => access.Expression == node && Readers.Contains(access.Name.Identifier.ValueText)
                && (!givesOut || access.Name.Identifier.ValueText is "Length" or "ContainsKey" or "Invoke"
                    || (access.Name.Identifier.ValueText == "Count" && access.Parent is not InvocationExpressionSyntax))
                && (access.Parent as AssignmentExpressionSyntax)?.Left != access,
            ElementAccessExpressionSyntax element when givesOut => element.Expression == node && IsReadAtOnce(element, type),
            ElementAccessExpressionSyntax element => element.Expression == node && element.Parent switch
            {
                MemberAccessExpressionSyntax access =>
                    access.Expression == element && access.Name.Identifier.ValueText is "call" or "forward",
                AssignmentExpressionSyntax assignment => assignment.Left != element,
                ArgumentSyntax argument => argument.RefOrOutKeyword.RawKind == 0 && argument.Parent is BaseArgumentListSyntax,
                PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax or RefExpressionSyntax => false,
                _ => true,
            },
            IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax or UnaryPatternSyntax { Pattern: ConstantPatternSyntax } } test =>
                test.Expression == node,
            BinaryExpressionSyntax
            {
                RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression,
                Right.RawKind: (int)SyntaxKind.NullLiteralExpression
            } => true,
            ConditionalAccessExpressionSyntax
            {
                WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name: var called } }
            } access
                when called.Identifier.ValueText is "call" or "forward" or "Invoke" => access.Expression == node,
            CommonForEachStatementSyntax loop => loop.Expression == node && !givesOut,
            InvocationExpressionSyntax call => call.Expression == node, // a delegate
            _ => false,
        };
    }

    /// <summary>Whether an element that can be changed is not kept, but something is read of it where it is taken: numbers[i][j].</summary>
    private static bool IsReadAtOnce(ElementAccessExpressionSyntax element, ITypeSymbol type) =>
        Elements.ElementOf(type) is { } inner && Elements.ElementOf(inner) is not null
        && element.Parent is ElementAccessExpressionSyntax or MemberAccessExpressionSyntax or ParenthesizedExpressionSyntax
        && OnlyReads(element, inner);

    /// <summary>Whether a member takes what it is called on by reference, as extensions may.</summary>
    private static bool WritesReceiver(ISymbol? member) =>
        (member as IMethodSymbol)?.ReducedFrom?.Parameters[0].RefKind is RefKind.Ref
            || member?.ContainingType?.ExtensionParameter?.RefKind is RefKind.Ref;

    /// <summary>The expression that writes to a reference; null where it is only read.</summary>
    private SyntaxNode? Written(ExpressionSyntax reference)
    {
        SyntaxNode node = reference;
        while (node.Parent is TupleExpressionSyntax or ArgumentSyntax { Parent: TupleExpressionSyntax } or ParenthesizedExpressionSyntax
            or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } or CastExpressionSyntax)
        {
            node = node.Parent;
        }

        // A part of a value that is no object of its own: t.A = …
        while (node.Parent is MemberAccessExpressionSyntax part && part.Expression == node)
        {
            if (WritesReceiver(Symbol(part)))
            {
                return part;
            }

            node = part;
        }

        return node.Parent switch
        {
            AssignmentExpressionSyntax assignment when assignment.Left == node => assignment,
            PrefixUnaryExpressionSyntax
            {
                RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression
                or (int)SyntaxKind.AddressOfExpression
            } unary => unary,
            PostfixUnaryExpressionSyntax
            {
                RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression
            } unary => unary,
            ArgumentSyntax { RefOrOutKeyword.RawKind: not 0 } argument => argument,
            RefExpressionSyntax alias => alias,
            _ => null,
        };
    }
}

/// <summary>Where a member gets its value.</summary>
/// <param name="Values">
/// The expressions that are assigned to it, and the constructors that do it; null for what stands in the declaration.
/// </param>
/// <param name="IsUnderstood">Whether these are all.</param>
/// <param name="IsByConstructors">Whether constructors and declarations alone assign it.</param>
internal sealed record InitialValues(
    IReadOnlyList<(SyntaxNode Value, IMethodSymbol? Constructor)> Values, bool IsUnderstood, bool IsByConstructors);
