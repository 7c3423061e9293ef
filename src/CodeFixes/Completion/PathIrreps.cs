using System.Text.RegularExpressions;
using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Completion;

/// <summary>
/// What can stand in a [Path("1o x 1o -> 0e")]: irreps of the product, as far as the selection rules allow them beside what is written
/// before.
/// </summary>
internal static class PathIrreps
{
    private static readonly Regex Written = new(
        @"^\s*(?:(\d+[eo])\s*[x×]\s*(?:(\d+[eo])\s*(?:->|→)\s*)?)?\d*[eo]?$", RegexOptions.CultureInvariant);

    /// <param name="place">The place, in a [Path].</param>
    /// <param name="before">What is written before the caret.</param>
    /// <param name="cancellation">Stops early.</param>
    public static IEnumerable<MulIrrep> At(IrrepsPlace place, string before, CancellationToken cancellation)
    {
        if (Written.Match(before) is not { Success: true } match
            || Product(place, cancellation) is not [var input1, var input2, var output])
        {
            return [];
        }

        Irrep? first = Read(match.Groups[1]), second = Read(match.Groups[2]);
        bool Reaches(Irrep x, Irrep y) => (x * y).Any(z => output.Any(e => e.Irrep == z));
        return (first, second) switch
        {
            (null, _) => input1.Where(x => input2.Any(y => Reaches(x.Irrep, y.Irrep))),
            ({ } x, null) => input2.Where(y => Reaches(x, y.Irrep)),
            ({ } x, { } y) => output.Where(z => (x * y).Contains(z.Irrep)),
        };
    }

    private static Irrep? Read(Group group) => group.Success && Irrep.TryParse(group.Value, out var irrep) ? irrep : null;

    /// <summary>
    /// Both inputs and the output of the [TensorProduct] on the same method. It is read on its own, since the path that is being typed is
    /// none yet.
    /// </summary>
    private static IReadOnlyList<Irreps> Product(IrrepsPlace place, CancellationToken cancellation)
    {
        if (place.At.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method
            || place.Model.GetDeclaredSymbol(method, cancellation) is not { } symbol)
        {
            return [];
        }

        var product = symbol.GetAttributes().FirstOrDefault(a => WellKnown.Is<TensorProductAttribute>(a.AttributeClass));
        var texts = product?.ConstructorArguments.Select(a => a.Value as string) ?? [];
        var models = ModuleParser.ParseOperations(symbol.ContainingType, place.Model.Compilation, cancellation);
        return [.. texts.Select(t => new Irreps((t ?? "").Split('+').SelectMany(term => Term(term.Trim(), models)))).ToList()];
    }

    private static IEnumerable<MulIrrep> Term(string term, IReadOnlyDictionary<string, OperationModel> models)
    {
        if (!term.StartsWith("@", StringComparison.Ordinal))
        {
            return Irreps.TryParse(term, out var irreps, out _) ? irreps : Irreps.Empty;
        }

        string[] parts = term.Substring(1).Split('.');
        return !models.TryGetValue(parts[0].Trim(), out var model) || model is InvalidOperationModel ? Irreps.Empty
            : parts.Length > 1 ? model.Input
            : model.Output;
    }
}
