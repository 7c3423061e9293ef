using System.ComponentModel;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Which atoms have which species: where maps have weights for each element, they are applied to the atoms of one after the other. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SpeciesRows
{
    private readonly (int Species, Tensor Rows)[] _groups;
    private readonly Tensor? _order;

    private SpeciesRows(Tensor species, (int, Tensor)[] groups, Tensor? order) => (Species, _groups, _order) = (species, groups, order);

    /// <summary>The species of each atom: int64 [N].</summary>
    public Tensor Species { get; }

    /// <summary>Groups atoms; the tensors belong to the caller's dispose scope.</summary>
    /// <param name="species">The species of each atom: whole numbers [N].</param>
    /// <param name="symbols">Symbols of all species.</param>
    /// <param name="label">The method that takes them, for messages.</param>
    /// <returns>The groups.</returns>
    /// <exception cref="ArgumentException">A species is none.</exception>
    public static SpeciesRows Of(Tensor species, IReadOnlyList<string> symbols, string label)
    {
        Tensor numbers = species.to(ScalarType.Int64);
        long[] values = numbers.cpu().data<long>().ToArray();
        int wrong = Array.FindIndex(values, s => s < 0 || s >= symbols.Count);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"{label}, argument 'species': atom {wrong} has species {values[wrong]}, but the species are 0 to {symbols.Count - 1} ({string.Join(", ", symbols)}). "
                + "Pass places in this list, not atomic numbers: SpeciesOf converts them.");
        }

        int[] present = [.. values.Select(s => (int)s).Distinct().Order()];
        if (present.Length <= 1) return new SpeciesRows(numbers, [.. present.Select(s => (s, numbers))], null);
        long[][] rows = [.. present.Select(s => Enumerable.Range(0, values.Length).Where(r => values[r] == s).Select(r => (long)r).ToArray())];
        var place = new long[values.Length];
        long next = 0;
        foreach (long row in rows.SelectMany(r => r)) place[row] = next++;
        return new SpeciesRows(numbers, [.. present.Zip(rows, (s, r) => (s, tensor(r, device: species.device)))], tensor(place, device: species.device));
    }

    /// <summary>Applies to the atoms of each species the map of that species.</summary>
    /// <param name="x">[N, columns].</param>
    /// <param name="map">From the rows of a species, and the species, to rows of the result.</param>
    /// <returns>The results in the order of the atoms.</returns>
    public Tensor Map(Tensor x, Func<Tensor, int, Tensor> map) => _groups.Length switch
    {
        0 => map(x, 0),
        1 => map(x, _groups[0].Species),
        _ => cat([.. _groups.Select(g => map(x.index_select(0, g.Rows), g.Species))]).index_select(0, _order!),
    };
}
