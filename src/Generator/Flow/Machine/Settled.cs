using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Whether a member holds the value of its single assignment at every read. Before the assignment it holds its default,
/// and early readers may keep that: a static member initialised from a later one, code called by static initialisers, code that creates
/// a struct without its constructor.
/// </summary>
internal static class Settled
{
    /// <summary>Whether a member has the value of an expression in every run.</summary>
    /// <param name="source">The source code.</param>
    /// <param name="member">The member.</param>
    /// <param name="value">The expression that assigns it.</param>
    /// <param name="constructor">The constructor that it stands in; null in the member's declaration.</param>
    public static bool IsCertain(Source source, ISymbol member, SyntaxNode value, IMethodSymbol? constructor) =>
        member.IsStatic ? constructor is null && !IsOfThread(member) && IsSetFirst(source, member, value)
        : member.ContainingType is { IsValueType: false } && (constructor is null || IsUnconditional(value, constructor));

    /// <summary>Each thread but one finds the default in it.</summary>
    private static bool IsOfThread(ISymbol member) =>
        member.GetAttributes().Any(a => a.AttributeClass?.Name == nameof(ThreadStaticAttribute));

    private static bool IsUnconditional(SyntaxNode value, IMethodSymbol constructor)
    {
        bool isOnly = constructor.ContainingType.InstanceConstructors.Count(c => !c.IsImplicitlyDeclared) == 1;
        bool isDirect = value.Parent?.Parent is ExpressionStatementSyntax { Parent: BlockSyntax { Parent: ConstructorDeclarationSyntax } }
            or ArrowExpressionClauseSyntax { Parent: ConstructorDeclarationSyntax };
        return isOnly && isDirect && !value.FirstAncestorOrSelf<ConstructorDeclarationSyntax>()!.DescendantNodes()
            .Any(n => n is ReturnStatementSyntax or GotoStatementSyntax && n.SpanStart < value.SpanStart);
    }

    /// <summary>
    /// Whether a static member is set before any code of the user's can run: what is set before it, and its own value, calls none.
    /// </summary>
    private static bool IsSetFirst(Source source, ISymbol member, SyntaxNode value) => Initializers(member.ContainingType)
        .Where(i => i.SyntaxTree != value.SyntaxTree || i.SpanStart <= value.SpanStart || !IsInSamePart(i, value))
        .All(i => source.Operation(i) is { } operation && CallsNothing(source, operation, i));

    private static bool IsInSamePart(SyntaxNode a, SyntaxNode b) =>
        a.FirstAncestorOrSelf<TypeDeclarationSyntax>() == b.FirstAncestorOrSelf<TypeDeclarationSyntax>();

    /// <summary>The values of static members in their declarations.</summary>
    private static IEnumerable<ExpressionSyntax> Initializers(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Select(r => r.GetSyntax()).OfType<TypeDeclarationSyntax>()
        .SelectMany(t => t.Members).SelectMany(m => m switch
        {
            FieldDeclarationSyntax field when field.Modifiers.Any(SyntaxKind.StaticKeyword) =>
                field.Declaration.Variables.Select(v => v.Initializer?.Value),
            PropertyDeclarationSyntax property when property.Modifiers.Any(SyntaxKind.StaticKeyword) => [property.Initializer?.Value],
            _ => [],
        }).OfType<ExpressionSyntax>();

    private static bool CallsNothing(Source source, IOperation value, SyntaxNode at)
    {
        while (value is IConversionOperation { OperatorMethod: null } or IDelegateCreationOperation)
        {
            value = value.ChildOperations.First();
        }

        return value is IAnonymousFunctionOperation or ILiteralOperation or { ConstantValue.HasValue: true }
            || value.DescendantsAndSelf().All(o => o switch
            {
                { ConstantValue.HasValue: true } => true,
                IInvocationOperation call => !IsOwn(call.TargetMethod) && call.TargetMethod.MethodKind != MethodKind.DelegateInvoke,
                IObjectCreationOperation creation => creation.Constructor is { } constructor && !IsOwn(constructor),
                IMemberReferenceOperation member => !IsOwn(member.Member) || IsEarlier(source, member.Member, at),
                IBinaryOperation binary => binary.OperatorMethod is not { } method || !IsOwn(method),
                IUnaryOperation unary => unary.OperatorMethod is not { } method || !IsOwn(method),
                IConversionOperation conversion => conversion.OperatorMethod is not { } method || !IsOwn(method),
                ICollectionExpressionOperation collection =>
                    collection.Type is IArrayTypeSymbol || (collection.Type is { } type && !IsOwn(type)),
                IAnonymousFunctionOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation
                    or IDynamicObjectCreationOperation => false,
                _ => true,
            });

        bool IsOwn(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, source.Compilation.Assembly);
    }

    /// <summary>Whether a static member of the same class is set before a value is computed, or is a constant.</summary>
    private static bool IsEarlier(Source source, ISymbol member, SyntaxNode at) => member is IFieldSymbol { HasConstantValue: true }
        || (member.IsStatic && (member is IFieldSymbol || (member is IPropertySymbol property && source.IsAuto(property)))
            && member.DeclaringSyntaxReferences is [var declaration] && declaration.SyntaxTree == at.SyntaxTree
            && declaration.Span.Start < at.SpanStart
            && IsInSamePart(declaration.GetSyntax(), at));
}
