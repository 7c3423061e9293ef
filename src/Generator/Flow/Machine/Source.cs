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

/// <summary>
/// The source code of a compilation, as the analysis reads it: bodies that can be followed,
/// what fields hold from their construction on, what parameters take.
/// </summary>
internal sealed partial class Source(Compilation compilation)
{
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();
    private ModuleChanges? _modules;
    private readonly ConcurrentDictionary<ISymbol, IOperation?> _bodies = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, Contract?> _inferred = new(SymbolEqualityComparer.Default);

    private readonly ConcurrentDictionary<ISymbol, ImmutableHashSet<ISymbol>> _captured = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, string> _names = new(SymbolEqualityComparer.Default);

    public StatedContracts Contracts { get; } = new(compilation);

    public Compilation Compilation => compilation;

    private bool? _reshapes;

    /// <summary>
    /// Whether any code here changes the shape of existing tensors. Then the shape of a tensor in a field may differ
    /// from its initial one.
    /// </summary>
    public bool Reshapes => _reshapes ??= compilation.SyntaxTrees.Any(ReshapingCode.IsIn);

    /// <summary>The name of an overload of TorchSharp in the table of operations.</summary>
    public string NameOf(IMethodSymbol overload) =>
        _names.GetOrAdd(overload.OriginalDefinition, m => Flow.Torch.OverloadName.Of((IMethodSymbol)m));

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
            _ => syntax is ArrowExpressionClauseSyntax or AccessorDeclarationSyntax { Body: not null }
                or AccessorDeclarationSyntax { ExpressionBody: not null } ? Operation(syntax) : null,
        };
    }

    /// <summary>The variables of a method that lambdas and local functions in it use.</summary>
    public ImmutableHashSet<ISymbol> Captured(IMethodSymbol method) =>
        _captured.GetOrAdd(method.OriginalDefinition, m => Body((IMethodSymbol)m) is { } body
            ? body.Descendants().Where(o => o is IAnonymousFunctionOperation or ILocalFunctionOperation).SelectMany(f => f.Descendants())
                .SelectMany(Assigned.Variable).ToImmutableHashSet<ISymbol>(SymbolEqualityComparer.Default)
            : []);

    /// <summary>The call of another constructor with which a constructor begins; null where nothing is written.</summary>
    public IOperation? Initializer(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences is not [var declaration] || !compilation.ContainsSyntaxTree(declaration.SyntaxTree)
            ? null
            : declaration.GetSyntax() switch
            {
                ConstructorDeclarationSyntax { Initializer: not null } syntax =>
                    (Operation(syntax) as IConstructorBodyOperation)?.Initializer,
                TypeDeclarationSyntax { BaseList.Types: [PrimaryConstructorBaseTypeSyntax syntax, ..] } => Operation(syntax),
                _ => null,
            };

    /// <summary>
    /// Whether a method is meant to be an operation, but is not declared as one must be: that is reported there,
    /// and follows from nothing here.
    /// </summary>
    public bool IsMistaken(IMethodSymbol method) =>
        method.GetAttributes().Any(a => Parsing.WellKnown.IsOperation(a.AttributeClass)) && Contracts.Operation(method) is null;

    /// <summary>
    /// Whether what is not known of a parameter follows from a mistake that is reported elsewhere: an operation that it is passed to, or
    /// its own irreps, cannot be read.
    /// </summary>
    public bool DependsOnMistakes(IParameterSymbol parameter) =>
        parameter.GetAttributes().Any(a => Parsing.WellKnown.Is<IrrepsAttribute>(a.AttributeClass))
        || (parameter.ContainingSymbol is IMethodSymbol method && Body(method) is { } body
            && body.DescendantsAndSelf().OfType<IArgumentOperation>().Any(a =>
                a.Value is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter)
                && a.Parameter?.ContainingSymbol is IMethodSymbol target && (IsMistaken(target) || MistakenForward(a))))
        || (parameter.ContainingSymbol is IMethodSymbol owner && Body(owner) is { } code
            && code.DescendantsAndSelf().OfType<IInvalidOperation>().Any(i =>
                i.DescendantsAndSelf().OfType<IParameterReferenceOperation>()
                    .Any(r => SymbolEqualityComparer.Default.Equals(r.Parameter, parameter))));

    /// <summary>Whether an argument goes into the forward of a module whose own parameter depends on a mistake.</summary>
    private bool MistakenForward(IArgumentOperation argument) =>
        argument.Parent is IInvocationOperation call && ModuleCalls.Forward(call, call.Instance?.Type as INamedTypeSymbol) is { } forward
        && forward.Parameters.ElementAtOrDefault(argument.Parameter!.Ordinal) is { } parameter
        && !SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, argument.Parameter.ContainingSymbol)
        && Contracts.Of(parameter) is null && Inferred(parameter) is null && DependsOnMistakes(parameter);

#pragma warning disable RS1030 // bodies of other files are read on purpose; each model is made once a compilation
    /// <summary>
    /// The meaning of a file. Models of other files are kept as long as the compilation: helpers are followed wherever they stand.
    /// </summary>
    private SemanticModel Model(SyntaxTree tree) => _models.GetOrAdd(tree, t => compilation.GetSemanticModel(t));
#pragma warning restore RS1030

    /// <summary>What a piece of syntax means.</summary>
    public IOperation? Operation(SyntaxNode syntax) => Model(syntax.SyntaxTree).GetOperation(syntax) switch
    {
        IArrayInitializerOperation { Parent: IArrayCreationOperation array } => array, // int[] a = { … } makes an array without saying so
        var operation => operation,
    };

    /// <summary>How a value is taken apart: by which methods, where it is no tuple.</summary>
    public DeconstructionInfo? Deconstruction(SyntaxNode syntax) => syntax switch
    {
        AssignmentExpressionSyntax assignment => Model(syntax.SyntaxTree).GetDeconstructionInfo(assignment),
        ForEachVariableStatementSyntax loop => Model(syntax.SyntaxTree).GetDeconstructionInfo(loop),
        _ => null,
    };

    public ISymbol? Symbol(SyntaxNode syntax) => Model(syntax.SyntaxTree).GetSymbolInfo(syntax).Symbol;

    /// <summary>What code of the compilation does to modules.</summary>
    public ModuleChanges Modules => LazyInitializer.EnsureInitialized(ref _modules, () => new(compilation, Model))!;

    /// <summary>Whether values are converted by an operator of the user's, or parts of a tuple are.</summary>
    public bool ConvertsByOperator(ITypeSymbol from, ITypeSymbol to) =>
        from is INamedTypeSymbol { IsTupleType: true } x && to is INamedTypeSymbol { IsTupleType: true } y
            && x.TupleElements.Length == y.TupleElements.Length
            ? x.TupleElements.Zip(y.TupleElements, (a, b) => ConvertsByOperator(a.Type, b.Type)).Any(c => c)
            : compilation.ClassifyCommonConversion(from, to).IsUserDefined;

    /// <summary>Whether a call of this method runs this body: no override can replace it, and it is here.</summary>
    public bool CanFollow(IMethodSymbol method, Value? instance)
    {
        if (method is { IsAsync: true } or { IsAbstract: true } or { IsExtern: true } || Body(method) is not { } body
            || body.Descendants().Any(o => o is { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak }))
        {
            return false;
        }

        bool replaceable = (method.IsVirtual || method.IsOverride) && !method.IsSealed && !method.ContainingType.IsSealed;
        return !replaceable || instance is This { IsExact: true };
    }

    /// <summary>
    /// What a parameter without annotation takes, inferred from its uses: the requirement of the places that it is passed to directly, if all
    /// agree. Null if there are none, or if they differ.
    /// </summary>
    public Contract? Inferred(IParameterSymbol parameter) =>
        _inferred.GetOrAdd(parameter.OriginalDefinition, p => Infer((IParameterSymbol)p, []));

    private Contract? Infer(IParameterSymbol parameter, HashSet<ISymbol> seen)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol method || !seen.Add(parameter.OriginalDefinition)
            || Body(method) is not { } body)
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

            if (passed is not IParameterReferenceOperation reference
                || !SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter) || argument.Parameter is not { } target)
            {
                continue;
            }

            target = argument.Parent is IInvocationOperation call
                && ModuleCalls.Forward(call, call.Instance?.Type as INamedTypeSymbol) is { } forward
                ? forward.Parameters.ElementAtOrDefault(target.Ordinal) ?? target
                : target;
            if ((Contracts.Of(target) ?? Infer(target.OriginalDefinition, seen)) is { } contract)
            {
                wanted.Add(contract);
            }
        }

        if (wanted.Count == 0 || wanted.Any(w => w.Kind != wanted[0].Kind || w.Irreps != wanted[0].Irreps))
        {
            return null;
        }

        // Operations take any axes in front; a method that says how many its result has means its parameters, too.
        var inferred = wanted.FirstOrDefault(w => w.Rows is not null) ?? wanted[0];
        return inferred is { Kind: ContractKind.Irreps, Rows: null } ? inferred with { Rows = Contracts.Result(method)?.Rows } : inferred;
    }
}

/// <summary>Arrays, lists and other collections, as types.</summary>
internal static class Elements
{
    public static bool IsCollection(ITypeSymbol type) => ElementOf(type) is { } element && FlowTypes.IsTensor(element);

    /// <summary>Whether [a, b] of this type holds these elements in this order, and making it runs no code of anybody's.</summary>
    public static bool IsListed(ITypeSymbol? type) => ElementOf(type) is not null;

    public static ITypeSymbol? ElementOf(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol
        {
            Name: "List" or "IList" or "IReadOnlyList" or "IEnumerable" or "ICollection" or "IReadOnlyCollection" or "Span"
            or "ReadOnlySpan" or "ImmutableArray",
            TypeArguments: [var element]
        } named
            when FlowTypes.IsFramework(named) => element,
        _ => null,
    };

    /// <summary>What a collection or object of this type may give out.</summary>
    public static IEnumerable<ITypeSymbol> Held(ITypeSymbol type) => ElementOf(type) is { } element ? [element]
        : type is INamedTypeSymbol { TypeKind: not TypeKind.Delegate } named && !FlowTypes.IsModule(type) ? named.TypeArguments
        : [];

    /// <summary>
    /// Whether an object of this type can be changed by whoever gets hold of it, so that what is known of it would be wrong. Of tensors
    /// only the kind is known, and of modules what no code changes (<see cref="ModuleChanges"/>).
    /// </summary>
    public static bool CanBeChanged(ITypeSymbol type) => type switch
    {
        { SpecialType: not SpecialType.None and not SpecialType.System_Object and not SpecialType.System_Array }
            and not INamedTypeSymbol { IsGenericType: true } => false,
        { TypeKind: TypeKind.Enum or TypeKind.Delegate } => false,
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.Any(e => CanBeChanged(e.Type)),
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] } =>
            CanBeChanged(value),
        _ => !FlowTypes.IsTensor(type) && !FlowTypes.IsModule(type) && !FlowTypes.IsBasis(type) && type.ContainingAssembly?.Name != "E3Gen.Algebra",
    };
}
