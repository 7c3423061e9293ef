using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Parsing;

/// <summary>
/// The models of a project's classes as they were read last. The compiler asks for all of them after each keystroke, and binds attributes and signatures anew for it;
/// while nothing that is declared has changed (<see cref="Declarations"/>), a class in a file that has not been typed in keeps its model.
/// </summary>
/// <typeparam name="TModel">A model: it holds no syntax and no symbols, only what they say.</typeparam>
internal sealed class ModelCache<TModel>
    where TModel : class
{
    private readonly ConditionalWeakTable<SyntaxTree, ConcurrentDictionary<int, (Declarations Declarations, TModel? Model)>> _models = new();

    public TModel? Get(GeneratorAttributeSyntaxContext attributed, Func<INamedTypeSymbol, Compilation, TModel?> read, CancellationToken cancellation)
    {
        var compilation = attributed.SemanticModel.Compilation;
        var declarations = Declarations.Of(compilation, cancellation);
        var known = _models.GetOrCreateValue(attributed.TargetNode.SyntaxTree);
        int place = attributed.TargetNode.SpanStart;
        if (!known.TryGetValue(place, out var before) || !before.Declarations.Agrees(declarations))
        {
            before.Model = read((INamedTypeSymbol)attributed.TargetSymbol, compilation);
        }

        known[place] = (declarations, before.Model);
        return before.Model;
    }
}
