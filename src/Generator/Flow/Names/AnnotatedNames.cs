using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.Generator.Flow;

/// <summary>
/// The names of everything that states irreps, in a compilation and its references. Code that mentions none of them needs no
/// check: syntax decides this, so only the few remaining bodies are bound. The set of names may be too large,
/// never too small.
/// </summary>
internal sealed class AnnotatedNames
{
    private static readonly ConditionalWeakTable<SyntaxTree, StatedNames> Trees = new();
    private static readonly ConditionalWeakTable<IAssemblySymbol, IReadOnlyCollection<string>> Assemblies = new();
    private static readonly string Attributes = typeof(IrrepsAttribute).Assembly.GetName().Name;

    private readonly Lazy<HashSet<string>> _names;

    public AnnotatedNames(Compilation compilation) => _names = new(() => Collect(compilation));

    /// <summary>
    /// Whether a compilation can use our attributes at all. To look one up by its name would load every namespace of every reference.
    /// </summary>
    public static bool MayBeIn(Compilation compilation) =>
        References(compilation) || compilation.ContainsSymbolsWithName(nameof(IrrepsAttribute), SymbolFilter.Type);

    /// <summary>
    /// Whether a method, property or field may state irreps, or replace one that does. A record's constructor takes what its properties
    /// state, perhaps by an interface.
    /// </summary>
    public bool Contain(ISymbol symbol) => symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType.IsRecord: true }
        || _names.Value.Contains(NameOf(symbol is IMethodSymbol { AssociatedSymbol: { } property } ? property : symbol));

    /// <summary>Whether code may use something that states irreps, or declare a local function that does.</summary>
    public bool OccurIn(SyntaxNode code)
    {
        var names = _names.Value;
        foreach (var token in code.DescendantTokens())
        {
            bool occurs = token.Kind() switch
            {
                SyntaxKind.IdentifierToken => names.Contains(token.ValueText),
                SyntaxKind.NewKeyword or SyntaxKind.InterpolatedStringStartToken => names.Contains(ImpliedName.Constructor),
                SyntaxKind.ThisKeyword or SyntaxKind.BaseKeyword when token.Parent is ConstructorInitializerSyntax =>
                    names.Contains(ImpliedName.Constructor),
                SyntaxKind.OpenParenToken when token.Parent?.Parent is InvocationExpressionSyntax => names.Contains(ImpliedName.Delegate),
                SyntaxKind.OpenBracketToken when token.Parent is BracketedArgumentListSyntax => names.Contains(ImpliedName.Indexer),
                SyntaxKind.OpenBraceToken when token.Parent is InitializerExpressionSyntax => names.Contains(ImpliedName.Element),
                SyntaxKind.FieldKeyword => names.Contains(ImpliedName.BackingField),
                SyntaxKind.FromKeyword => true, // a query calls Select and the like
                SyntaxKind.OpenBracketToken => token.Parent is AttributeListSyntax, // of a local function or lambda
                _ => false,
            };
            if (occurs)
            {
                return true;
            }
        }

        return false;
    }

    private static bool References(Compilation compilation) => compilation.ReferencedAssemblyNames.Any(r => r.Name == Attributes);

    private static HashSet<string> Collect(Compilation compilation)
    {
        // Of projects that are open beside this one the IDE gives the syntax, too.
        var names = new HashSet<string>();
        var trees = new List<SyntaxTree>(compilation.SyntaxTrees);
        foreach (var reference in compilation.References)
        {
            if (reference is CompilationReference { Compilation: CSharpCompilation project })
            {
                trees.AddRange(References(project) ? project.SyntaxTrees : []);
            }
            else if (reference is CompilationReference { Compilation: var foreign })
            {
                names.UnionWith(References(foreign)
                    ? [.. foreign.GetSymbolsWithName(_ => true, SymbolFilter.Member).Select(NameOf), .. ImpliedName.All]
                    : []);
            }
            else if (compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly
                && assembly.Modules.Any(m => m.ReferencedAssemblies.Any(r => r.Name == Attributes)))
            {
                names.UnionWith(Assemblies.GetValue(assembly, MetadataNames.Of));
            }
        }

        var stated = trees.Select(t => Trees.GetValue(t, StatedNames.Of)).ToList();
        var words = new HashSet<string>(StatedNames.Attributes.Concat(stated.SelectMany(s => s.Aliases)));
        names.UnionWith(stated.SelectMany(s => s.Names).Where(n => words.Contains(n.Attribute)).Select(n => n.Name));
        if (names.Contains("forward"))
        {
            names.Add("call"); // x.call(…) runs x.forward(…)
        }

        return names;
    }

    /// <summary>The name by which code refers to a member.</summary>
    private static string NameOf(ISymbol member) => MetadataNames.Shorten(member.Name);
}

/// <summary>What stands for the name of something that is used without being named.</summary>
internal static class ImpliedName
{
    public const string Constructor = WellKnownMemberNames.InstanceConstructorName;
    public const string Delegate = WellKnownMemberNames.DelegateInvokeName;
    public const string Indexer = WellKnownMemberNames.Indexer;
    public const string Element = WellKnownMemberNames.CollectionInitializerAddMethodName;
    public const string BackingField = "field";

    public static readonly string[] All = [Constructor, Delegate, Indexer, Element, BackingField];
}
