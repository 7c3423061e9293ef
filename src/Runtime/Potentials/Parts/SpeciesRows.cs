using System.ComponentModel;
using E3Gen.Autograd;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Which atoms have which species: where maps have weights for each element, they are applied to the atoms of one after the other. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SpeciesRows
{
    private readonly (int Species, long Count)[] _groups;
    private readonly (Tensor Order, Tensor Inverse)? _permutation;

    private SpeciesRows(Tensor species, (int, long)[] groups, (Tensor, Tensor)? permutation) => (Species, _groups, _permutation) = (species, groups, permutation);

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

        (int, long)[] groups = [.. values.CountBy(s => (int)s).OrderBy(g => g.Key).Select(g => (g.Key, (long)g.Value))];
        if (groups.Length <= 1) return new SpeciesRows(numbers, groups, null);
        long[] order = [.. Enumerable.Range(0, values.Length).OrderBy(row => values[row]).Select(row => (long)row)], inverse = new long[order.Length];
        for (int place = 0; place < order.Length; place++) inverse[order[place]] = place;
        return new SpeciesRows(numbers, groups, (tensor(order, device: species.device), tensor(inverse, device: species.device)));
    }

    /// <summary>Applies to the atoms of each species the map of that species.</summary>
    /// <param name="x">[N, columns].</param>
    /// <param name="map">From the rows of a species, and the species, to rows of the result.</param>
    /// <returns>The results in the order of the atoms.</returns>
    public Tensor Map(Tensor x, Func<Tensor, int, Tensor> map)
    {
        if (_permutation is not var (order, inverse)) return map(x, _groups.Length == 0 ? 0 : _groups[0].Species);
        Tensor[] groups = Permutation.Of(x, order, inverse).split([.. _groups.Select(g => g.Count)]);
        return Permutation.Of(cat([.. groups.Zip(_groups, (rows, group) => map(rows, group.Species))]), inverse, order);
    }
}
