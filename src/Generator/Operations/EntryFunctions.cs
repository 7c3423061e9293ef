using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Operations;

/// <summary>Which function each entry of irreps has: a list says so for one after the other, or two options for even and odd scalars.</summary>
internal sealed class EntryFunctions
{
    private readonly OperationContext _context;
    private readonly string _list;
    private readonly IReadOnlyList<(ActivationFunction Value, Location Location)>? _functions;
    private readonly (string Name, ActivationFunction Function) _even, _odd;

    /// <param name="context">The operation.</param>
    /// <param name="list">The argument with one function for each entry.</param>
    /// <param name="even">The option for even scalars, and its default.</param>
    /// <param name="odd">The option for odd scalars, and its default.</param>
    public EntryFunctions(OperationContext context, string list, (string Name, ActivationFunction Function) even, (string Name, ActivationFunction Function) odd)
    {
        (_context, _list) = (context, list);
        (_even, _odd) = ((even.Name, context.Enum(even.Name, even.Function)), (odd.Name, context.Enum(odd.Name, odd.Function)));
        _functions = context.Attribute.List<ActivationFunction>(list) is { } given && (given.Count > 0 || context.Attribute.Has(list)) ? given : null;
        foreach (var (function, location) in _functions ?? [])
        {
            if (!System.Enum.IsDefined(typeof(ActivationFunction), function))
            {
                context.Report(DeclarationRules.OptionOutOfRange, location, list, context.Name, function, OperationContext.OneOf<ActivationFunction>());
            }
        }

        foreach (string option in new[] { even.Name, odd.Name }.Where(o => _functions is not null && context.Attribute.Has(o)))
        {
            context.Report(SelectionRules.EntryFunctions, context.Attribute.LocationOf(option), context.Name, $"has {list}, one for each entry, so that {option} means nothing; leave one of them out");
        }
    }

    /// <summary>Whether one function is given for each entry.</summary>
    public bool IsList => _functions is not null;

    /// <summary>Reads a function for each entry, and checks that the result has a parity.</summary>
    /// <param name="entries">The entries as written; those with l > 0 are left alone by the two options.</param>
    /// <param name="which">What they are, in messages: "The gates".</param>
    public IReadOnlyList<Activated> Of(Irreps entries, string which)
    {
        if (_functions is { } given && given.Count != entries.Count)
        {
            _context.Report(
                SelectionRules.EntryFunctions, _context.Attribute.LocationOf(_list), _context.Name,
                $"has {given.Count} {(given.Count == 1 ? "function" : "functions")} for {entries.Count} {(entries.Count == 1 ? "entry" : "entries")} ({Describe.List(entries)}); "
                + "give one for each entry as written");
            return [];
        }

        var activated = entries.Select((e, i) => new Activated(
            e, _functions?[i].Value ?? (e.Irrep.L > 0 ? ActivationFunction.Identity : e.Irrep.Parity > 0 ? _even.Function : _odd.Function))).ToList();
        bool isOddReported = false;
        for (int i = 0; i < activated.Count; i++)
        {
            var (entry, function) = activated[i];
            if (entry.Multiplicity > 0 && entry.Irrep.L > 0 && function != ActivationFunction.Identity)
            {
                _context.Report(SelectionRules.NotScalar, _functions![i].Location, which, _context.Name, entry, entry.Irrep.L);
            }
            else if (entry.Multiplicity > 0 && entry.Irrep is { L: 0, Parity: < 0 } && Activated.ParityOfOdd(function) is null && !isOddReported)
            {
                isOddReported = _functions is null; // one option is wrong for all of them
                _context.Report(SelectionRules.ActivationParity, _functions?[i].Location ?? _context.Attribute.LocationOf(_odd.Name), function, entry);
            }
        }

        return activated;
    }

    /// <summary>Mentions options for scalars that are not there.</summary>
    /// <param name="scalars">All that is activated.</param>
    /// <param name="what">What it is, in messages: "gates".</param>
    public void CheckUsed(IEnumerable<MulIrrep> scalars, string what)
    {
        foreach (var (option, parity, name) in new[] { (_even.Name, 1, "even"), (_odd.Name, -1, "odd") })
        {
            if (!IsList && _context.Attribute.Has(option) && !scalars.Any(e => e.Irrep.L == 0 && e.Irrep.Parity == parity && e.Multiplicity > 0))
            {
                _context.Report(SelectionRules.UnusedOption, _context.Attribute.LocationOf(option), _context.Name, $"{name} {what}", option);
            }
        }
    }
}
