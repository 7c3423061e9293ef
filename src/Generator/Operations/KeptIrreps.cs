using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Parsing;

namespace E3Gen.Generator.Operations;

/// <summary>The Keep option: the irreps of a product to keep, and mistakes in it.</summary>
/// <param name="context">The operation.</param>
/// <param name="keep">The option; null where it is not set.</param>
internal sealed class KeptIrreps(OperationContext context, IrrepsText? keep)
{
    private readonly List<Irrep>? _kept = keep?.Irreps.Select(e => e.Irrep).ToList();

    /// <summary>Whether an irrep is wanted.</summary>
    public bool Wants(Irrep irrep) => _kept?.Contains(irrep) != false;

    /// <summary>Reports what is wanted and cannot be had, and what is reached and has no couplings.</summary>
    /// <param name="reachable">What the product reaches.</param>
    /// <param name="product">The product as messages name it: "8x0e x 1x1o".</param>
    public void Check(IReadOnlyList<Irrep> reachable, string product)
    {
        for (int k = 0; keep is not null && k < keep.Irreps.Count; k++)
        {
            if (!reachable.Contains(keep.Irreps[k].Irrep))
            {
                string advice = $"{product} gives {Describe.List(reachable)}";
                var suggestion = Suggestion.Entry(keep, k, reachable, remove: true);
                context.ReportAt(keep, k, SelectionRules.Unreached, context.Name, keep.Irreps[k].Irrep, advice, suggestion);
            }
        }

        if (reachable.FirstOrDefault(r => r.L > Wigner3j.MaxL && Wants(r)) is { L: > 0 } high)
        {
            string message = $"'{context.Name}' reaches l = {high.L}, but E3Gen has couplings for l from 0 to {Wigner3j.MaxL}; set Keep to the irreps that you need";
            context.Report(IrrepsRules.DegreeOutOfRange, context.Attribute.Location, message);
        }
    }

    /// <summary>Reports the entries of an input that no path reads.</summary>
    /// <param name="input">The input.</param>
    /// <param name="isRead">Whether a path reads an entry.</param>
    public void CheckRead(IrrepsText input, Func<int, bool> isRead)
    {
        for (int i = 0; i < input.Irreps.Count; i++)
        {
            if (input.Irreps[i].Multiplicity > 0 && !isRead(i))
            {
                const string Advice = "leave it out, or Keep an irrep that it can reach";
                context.ReportAt(input, i, SelectionRules.Unread, context.Name, input.Irreps[i], Advice, Suggestion.Removal(input, i));
            }
        }
    }
}
