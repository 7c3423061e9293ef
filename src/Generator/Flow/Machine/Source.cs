using System.Collections.Concurrent;
using System.Collections.Immutable;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Values;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>The source code of a compilation, as the analysis reads it: bodies that can be followed, what fields hold from their construction on, what parameters take.</summary>
internal sealed class Source(Compilation compilation)
{
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();
    private readonly ConcurrentDictionary<ISymbol, IOperation?> _bodies = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, Contract?> _inferred = new(SymbolEqualityComparer.Default);

    private readonly ConcurrentDictionary<ISymbol, string> _names = new(SymbolEqualityComparer.Default);

    public StatedContracts Contracts { get; } = new(compilation);

    public Compilation Compilation => compilation;

    /// <summary>The name of an overload of TorchSharp in the table of operations.</summary>
    public string NameOf(IMethodSymbol overload) => _names.GetOrAdd(overload.OriginalDefinition, m => Flow.Torch.OverloadName.Of((IMethodSymbol)m));

    /// <summary>The body of a method, accessor, local function or constructor; null where its source is not here.</summary>
    public IOperation? Body(IMethodSymbol method) => _bodies.GetOrAdd(method.OriginalDefinition, m => Find((IMethodSymbol)m));

    private IOperation? Find(IMethodSymbol method)
    {
        method = method.PartialImplementationPart ?? method;
        if (method.DeclaringSyntaxReferences is not [var declaration] || !compilation.ContainsSyntaxTree(declaration.SyntaxTree))
        {
            return null;
        }

        var syntax = declaration.GetSyntax();
        return Operation(syntax) switch
        {
            IMethodBodyOperation body => body.BlockBody ?? body.ExpressionBody,
            IConstructorBodyOperation body => body.BlockBody ?? body.ExpressionBody,
            ILocalFunctionOperation local => local.Body,
            IAnonymousFunctionOperation lambda => lambda.Body,
            IBlockOperation block => block,
            _ => syntax is ArrowExpressionClauseSyntax or AccessorDeclarationSyntax { Body: not null } or AccessorDeclarationSyntax { ExpressionBody: not null } ? Operation(syntax) : null,
        };
    }

    /// <summary>The call of another constructor with which a constructor begins; null where nothing is written.</summary>
    public IOperation? Initializer(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences is [var declaration] && compilation.ContainsSyntaxTree(declaration.SyntaxTree) && declaration.GetSyntax() is ConstructorDeclarationSyntax { Initializer: not null } syntax
            ? (Operation(syntax) as IConstructorBodyOperation)?.Initializer
            : null;

    /// <summary>Whether a method is meant to be an operation, but is not declared as one must be: that is reported there, and follows from nothing here.</summary>
    public bool IsMistaken(IMethodSymbol method) => method.GetAttributes().Any(a => Parsing.WellKnown.IsOperation(a.AttributeClass)) && Contracts.Operation(method) is null;

    /// <summary>Whether what is not known of a parameter follows from a mistake that is reported elsewhere: an operation that it is passed to, or its own irreps, cannot be read.</summary>
    public bool DependsOnMistakes(IParameterSymbol parameter) =>
        parameter.GetAttributes().Any(a => Parsing.WellKnown.Is<IrrepsAttribute>(a.AttributeClass))
        || (parameter.ContainingSymbol is IMethodSymbol method && Body(method) is { } body && body.DescendantsAndSelf().OfType<IArgumentOperation>().Any(a =>
            a.Value is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter)
            && a.Parameter?.ContainingSymbol is IMethodSymbol target && (IsMistaken(target) || MistakenForward(a))))
        || (parameter.ContainingSymbol is IMethodSymbol owner && Body(owner) is { } code && code.DescendantsAndSelf().OfType<IInvalidOperation>().Any(i =>
            i.DescendantsAndSelf().OfType<IParameterReferenceOperation>().Any(r => SymbolEqualityComparer.Default.Equals(r.Parameter, parameter))));

    /// <summary>Whether an argument goes into the forward of a module whose own parameter depends on a mistake.</summary>
    private bool MistakenForward(IArgumentOperation argument) =>
        argument.Parent is IInvocationOperation call && ModuleCalls.Forward(call, call.Instance?.Type as INamedTypeSymbol) is { } forward
        && forward.Parameters.ElementAtOrDefault(argument.Parameter!.Ordinal) is { } parameter && !SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, argument.Parameter.ContainingSymbol)
        && Contracts.Of(parameter) is null && Inferred(parameter) is null && DependsOnMistakes(parameter);

    /// <summary>What a piece of syntax means. The models of other files are kept as long as the compilation: helpers are followed wherever they stand.</summary>
#pragma warning disable RS1030 // bodies of other files are read on purpose; each model is made once a compilation
    public IOperation? Operation(SyntaxNode syntax) => _models.GetOrAdd(syntax.SyntaxTree, t => compilation.GetSemanticModel(t)).GetOperation(syntax);

    public ISymbol? Symbol(SyntaxNode syntax) => _models.GetOrAdd(syntax.SyntaxTree, t => compilation.GetSemanticModel(t)).GetSymbolInfo(syntax).Symbol;
#pragma warning restore RS1030

    /// <summary>Whether a call of this method runs this body: no override can replace it, and it is here.</summary>
    public bool CanFollow(IMethodSymbol method, Value? instance)
    {
        if (method is { IsAsync: true } or { IsAbstract: true } or { IsExtern: true } || Body(method) is not { } body || body.Descendants().Any(o => o is { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak }))
        {
            return false;
        }

        bool replaceable = (method.IsVirtual || method.IsOverride) && !method.IsSealed && !method.ContainingType.IsSealed;
        return !replaceable || instance is This { IsExact: true };
    }

    /// <summary>
    /// Whether code of other classes can assign a member: then its initialiser says nothing of what it holds. null: while an object is made, and never after that.
    /// </summary>
    public static bool? IsOpen(ISymbol member) => member switch
    {
        IFieldSymbol { DeclaredAccessibility: not Accessibility.Private, IsReadOnly: true } field when Elements.ElementOf(field.Type) is not null => null, // others may change what is in it
        IPropertySymbol { DeclaredAccessibility: not Accessibility.Private, SetMethod: null } property when Elements.ElementOf(property.Type) is not null => null,
        IFieldSymbol field => field is { IsReadOnly: false, IsConst: false } && field.DeclaredAccessibility != Accessibility.Private,
        IPropertySymbol { SetMethod: { } setter } => setter.DeclaredAccessibility == Accessibility.Private ? false : setter.IsInitOnly ? null : true,
        _ => false,
    };

    /// <summary>Whether the compiler writes a property's accessors.</summary>
    public bool IsAuto(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property))
        && property.DeclaringSyntaxReferences.All(r => r.GetSyntax() is not PropertyDeclarationSyntax { AccessorList: { } accessors } || accessors.Accessors.All(a => a.Body is null && a.ExpressionBody is null))
        && property.DeclaringSyntaxReferences.All(r => r.GetSyntax() is not PropertyDeclarationSyntax { ExpressionBody: not null });

    /// <summary>
    /// Where a field or property gets its value while its object is constructed. Null where other code assigns it, too: then it may hold anything.
    /// </summary>
    public IReadOnlyList<(SyntaxNode Value, IMethodSymbol? Constructor)>? Initial(ISymbol member)
    {
        if (member is IPropertySymbol { SetMethod: not null } and ({ IsOverride: true } or { IsVirtual: true } or { IsAbstract: true }))
        {
            return null; // it may be assigned through what it overrides
        }

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
                bool nested = reference.Ancestors().TakeWhile(a => a != constructor).Any(a => a is LambdaExpressionSyntax or LocalFunctionStatementSyntax);
                if (constructor is null || nested || writer is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment || assignment.Left != reference
                    || reference is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax })
                {
                    return null;
                }

                values.Add((assignment.Right, DeclaredConstructor(constructor)));
            }
        }

        return values;
    }

#pragma warning disable RS1030
    private IMethodSymbol? DeclaredConstructor(ConstructorDeclarationSyntax constructor) =>
        _models.GetOrAdd(constructor.SyntaxTree, t => compilation.GetSemanticModel(t)).GetDeclaredSymbol(constructor) as IMethodSymbol;
#pragma warning restore RS1030

    /// <summary>
    /// Whether the object in a member is what its initial expression made of it: nobody else can reach it, and the class does no more with it than call it, go through it
    /// and read its elements. Anything else may add to it or change it.
    /// </summary>
    public bool IsOnlyRead(ISymbol member) => member.DeclaredAccessibility == Accessibility.Private
        && member.ContainingType.DeclaringSyntaxReferences.Select(r => r.GetSyntax()).SelectMany(t => t.DescendantNodes().OfType<IdentifierNameSyntax>())
            .Where(n => n.Identifier.ValueText == member.Name)
            .Select(n => n.Parent is MemberAccessExpressionSyntax access && access.Name == n ? (ExpressionSyntax)access : n)
            .All(r => OnlyReads(r) || !SymbolEqualityComparer.Default.Equals(Symbol(r)?.OriginalDefinition, member.OriginalDefinition));

    /// <summary>Whether a class hangs functions of its own on modules, which then do more than their class says.</summary>
    public bool HasHooks(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Any(r => r.GetSyntax().DescendantTokens().Any(t => t.ValueText.StartsWith("register_", StringComparison.Ordinal) && t.ValueText.EndsWith("hook", StringComparison.Ordinal)));

    private static readonly HashSet<string> Readers =
        ["call", "forward", "Select", "Aggregate", "First", "Last", "Any", "All", "Zip", "Skip", "Take", "ToArray", "ToList", "ContainsKey", "Contains", "Count", "Sum", "Max", "Min", "Concat", "Append", "Length"];

    private static bool OnlyReads(ExpressionSyntax reference)
    {
        SyntaxNode node = reference;
        while (node.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
        {
            node = node.Parent;
        }

        return node.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == node && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression),
            MemberAccessExpressionSyntax access => access.Expression == node && Readers.Contains(access.Name.Identifier.ValueText)
                && (access.Parent as AssignmentExpressionSyntax)?.Left != access,
            ElementAccessExpressionSyntax element => element.Expression == node && element.Parent switch
            {
                MemberAccessExpressionSyntax access => access.Expression == element && access.Name.Identifier.ValueText is "call" or "forward",
                AssignmentExpressionSyntax assignment => assignment.Left != element,
                ArgumentSyntax argument => argument.RefOrOutKeyword.RawKind == 0 && argument.Parent is BaseArgumentListSyntax,
                PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax or RefExpressionSyntax => false,
                _ => true,
            },
            ForEachStatementSyntax loop => loop.Expression == node,
            _ => false,
        };
    }

    /// <summary>Whether a member gets its one value however its object is constructed: in its declaration, or unconditionally in the only constructor.</summary>
    public static bool IsUnconditional(SyntaxNode value, IMethodSymbol? constructor)
    {
        if (constructor is null)
        {
            return true;
        }

        bool isOnly = constructor.IsStatic || constructor.ContainingType.InstanceConstructors.Count(c => !c.IsImplicitlyDeclared) == 1;
        return isOnly && value.Parent?.Parent is ExpressionStatementSyntax { Parent: BlockSyntax { Parent: ConstructorDeclarationSyntax } } or ArrowExpressionClauseSyntax { Parent: ConstructorDeclarationSyntax };
    }

    /// <summary>The expression that writes to a reference; null where it is only read.</summary>
    private static SyntaxNode? Written(ExpressionSyntax reference)
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
            node = part;
        }

        return node.Parent switch
        {
            AssignmentExpressionSyntax assignment when assignment.Left == node => assignment,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression } unary => unary,
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } unary => unary,
            ArgumentSyntax { RefOrOutKeyword.RawKind: not 0 } argument => argument,
            RefExpressionSyntax alias => alias,
            _ => null,
        };
    }

    /// <summary>
    /// What a parameter without annotation takes, found from its uses: what it is passed to directly, where all of these places want the same. Null where there are none,
    /// or where they differ.
    /// </summary>
    public Contract? Inferred(IParameterSymbol parameter) => _inferred.GetOrAdd(parameter.OriginalDefinition, p => Infer((IParameterSymbol)p, []));

    private Contract? Infer(IParameterSymbol parameter, HashSet<ISymbol> seen)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol method || !seen.Add(parameter.OriginalDefinition) || Body(method) is not { } body)
        {
            return null;
        }

        var wanted = new List<Contract>();
        foreach (var argument in body.DescendantsAndSelf().OfType<IArgumentOperation>())
        {
            var passed = argument.Value;
            while (passed is IConversionOperation conversion)
            {
                passed = conversion.Operand;
            }

            if (passed is not IParameterReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter) || argument.Parameter is not { } target)
            {
                continue;
            }

            target = argument.Parent is IInvocationOperation call && ModuleCalls.Forward(call, call.Instance?.Type as INamedTypeSymbol) is { } forward
                ? forward.Parameters.ElementAtOrDefault(target.Ordinal) ?? target
                : target;
            if ((Contracts.Of(target) ?? Infer(target.OriginalDefinition, seen)) is { } contract)
            {
                wanted.Add(contract);
            }
        }

        return wanted.Count == 0 || wanted.Any(w => w.Kind != wanted[0].Kind || w.Irreps != wanted[0].Irreps)
            ? null
            : wanted.FirstOrDefault(w => w.Rows is not null) ?? wanted[0];
    }
}

/// <summary>Calls of modules: x.call(…) runs x.forward(…).</summary>
internal static class ModuleCalls
{
    /// <summary>The forward that a call of a module runs, as its class or one that it derives from declares it; null for any other call.</summary>
    public static IMethodSymbol? Forward(IInvocationOperation call, INamedTypeSymbol? type)
    {
        var method = call.TargetMethod;
        if (method.Name is not ("call" or "forward") || type is null || !FlowTypes.IsModule(type))
        {
            return null;
        }

        for (var t = type; t is not null; t = t.BaseType)
        {
            foreach (var forward in t.GetMembers("forward").OfType<IMethodSymbol>())
            {
                if ((forward.IsOverride || forward.IsAbstract || forward.IsVirtual) && forward.Parameters.Select(p => p.Type).SequenceEqual(method.Parameters.Select(p => p.Type), SymbolEqualityComparer.Default))
                {
                    return forward;
                }
            }
        }

        return null;
    }
}

/// <summary>Arrays, lists and other collections, as types.</summary>
internal static class Elements
{
    public static bool IsCollection(ITypeSymbol type) => ElementOf(type) is { } element && FlowTypes.IsTensor(element);

    public static ITypeSymbol? ElementOf(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol { Name: "List" or "IList" or "IReadOnlyList" or "IEnumerable" or "ICollection" or "IReadOnlyCollection" or "Span" or "ReadOnlySpan" or "ImmutableArray", TypeArguments: [var element] } => element,
        _ => null,
    };
}
