using System.Collections.Immutable;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator.Diagnostics;

/// <summary>
/// A rule's suggested fix. The properties of the diagnostic carry it to the code fixes, which are independent of irreps;
/// a rule passes it with the arguments of its message.
/// </summary>
internal sealed class Suggestion
{
    /// <summary>
    /// Key: the text meant, as it reads in the string's value. A fix leaves source alone that reads otherwise (escapes, a term glued from several strings).
    /// </summary>
    public const string Text = "Text";

    /// <summary>Key: what could stand in place of the text, the nearest first, separated by '|'.</summary>
    public const string Replace = "Replace";

    /// <summary>Key: present where the text is a term that can go, together with its '+'.</summary>
    public const string Remove = "Remove";

    /// <summary>Key: a path that could be picked as well, such as "1o x 1o -> 1e".</summary>
    public const string Path = "Path";

    /// <summary>Key: the parameters that an operation must declare, such as "Tensor x, Graph graph".</summary>
    public const string Parameters = "Parameters";

    /// <summary>Key: an option with the nearest value that it can have, such as "Layers = 0".</summary>
    public const string Option = "Option";

    /// <summary>Key: the irreps of the value that a rule is about, or that it had before it was lost sight of.</summary>
    public const string Irreps = "Irreps";

    /// <summary>Key: the irreps that the value should have.</summary>
    public const string Wanted = "Wanted";

    /// <summary>Key: the columns of the nearest whole irreps, such as "4..7".</summary>
    public const string Columns = "Columns";

    public static readonly Suggestion None = new(ImmutableDictionary<string, string?>.Empty, []);

    private readonly ImmutableDictionary<string, string?> _properties;
    private readonly ImmutableArray<Location> _locations;

    private Suggestion(ImmutableDictionary<string, string?> properties, ImmutableArray<Location> locations) =>
        (_properties, _locations) = (properties, locations);

    /// <summary>One property that says all.</summary>
    public static Suggestion Of(string key, string value) => new(ImmutableDictionary<string, string?>.Empty.Add(key, value), []);

    /// <summary>The same and one property more; null for none.</summary>
    public Suggestion And(string key, string? value) => value is null ? this : new Suggestion(_properties.Add(key, value), _locations);

    /// <summary>
    /// Other texts for part of a string, or none of it. The diagnostic's first additional location is where that part is written, constants followed.
    /// </summary>
    public static Suggestion Edit(StringArgument argument, TextSpan part, IEnumerable<string> alternatives, bool remove = false)
    {
        string replace = string.Join("|", alternatives);
        var properties = ImmutableDictionary<string, string?>.Empty.Add(Text, argument.Value.Substring(part.Start, part.Length));
        properties = replace.Length > 0 ? properties.Add(Replace, replace) : properties;
        properties = remove ? properties.Add(Remove, "") : properties;
        return new Suggestion(properties, [argument.Locate(part, intoConstants: true)]);
    }

    /// <summary>Other irreps for an entry, with the multiplicity as written; irreps that stand there already are left out.</summary>
    /// <param name="text">The irreps.</param>
    /// <param name="entry">Index of the entry.</param>
    /// <param name="allowed">Irreps that would do.</param>
    /// <param name="remove">Whether the entry can go.</param>
    /// <param name="stays">Of a reference to another operation, which stands for several entries: the ones that need not go.</param>
    public static Suggestion Entry(IrrepsText text, int entry, IEnumerable<Irrep> allowed, bool remove, Func<int, bool>? stays = null)
    {
        var part = text.Entries[entry];
        string written = text.Argument.Value.Substring(part.Start, part.Length);
        if (written.StartsWith("@", StringComparison.Ordinal))
        {
            var rest = Enumerable.Range(0, text.Irreps.Count).Where(i => text.Entries[i] == part && stays?.Invoke(i) == true).Select(i => text.Irreps[i]).ToList();
            return rest.Count > 0 ? Edit(text.Argument, part, [Describe.Sum(rest)]) : None; // what stays is written out
        }

        var others = Nearest(text.Irreps[entry].Irrep, allowed.Where(a => text.Irreps.All(e => e.Irrep != a)));
        return Edit(text.Argument, part, others.Select(irrep => Rewrite(written, irrep)), remove);
    }

    /// <summary>That the entry can go.</summary>
    public static Suggestion Removal(IrrepsText text, int entry) => Entry(text, entry, [], remove: true);

    /// <summary>A term with another irrep and the multiplicity as it was written.</summary>
    public static string Rewrite(string term, Irrep irrep)
    {
        int start = term.LastIndexOf('x') + 1;
        start += term.Skip(start).TakeWhile(char.IsWhiteSpace).Count();
        return term.Substring(0, start) + irrep;
    }

    /// <summary>By distance in l, then equal parity before the other.</summary>
    public static IEnumerable<Irrep> Nearest(Irrep wanted, IEnumerable<Irrep> allowed) =>
        allowed.Distinct().OrderBy(a => Math.Abs(a.L - wanted.L)).ThenBy(a => a.Parity != wanted.Parity).ThenBy(a => a.L);

    /// <summary>A diagnostic whose suggestion, if there is one, is among the arguments.</summary>
    public static Diagnostic Report(DiagnosticDescriptor rule, Location location, object[] arguments)
    {
        var suggestion = arguments.OfType<Suggestion>().FirstOrDefault() ?? None;
        object[] words = [.. arguments.Where(a => a is not Suggestion)];
        return Diagnostic.Create(rule, location, suggestion._locations, suggestion._properties, words);
    }
}
