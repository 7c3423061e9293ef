using System.ComponentModel;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>The elements of a potential. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PotentialElements
{
    private readonly string _name;

    /// <summary>Checks the symbols.</summary>
    /// <param name="symbols">Symbols of chemical elements, each once.</param>
    /// <param name="name">Name of the potential, for messages.</param>
    /// <exception cref="ArgumentException">There is none, one is no element, or one is there twice.</exception>
    public PotentialElements(IEnumerable<string> symbols, string name)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        string[] all = [.. symbols];
        if (all.Length == 0) throw new ArgumentException($"{name} needs at least one element, such as \"H\".", nameof(symbols));
        if (all.FirstOrDefault(s => s is null || ElementSymbols.AtomicNumber(s) == 0) is { } stray)
            throw new ArgumentException($"'{stray}' is no chemical element; {name} takes symbols such as \"H\" and \"Cl\".", nameof(symbols));
        if (all.GroupBy(s => s).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"{name} was given {twice.Key} twice; each element has its weights once.", nameof(symbols));
        (Symbols, AtomicNumbers, _name) = (all, [.. all.Select(ElementSymbols.AtomicNumber)], name);
    }

    /// <summary>The symbols, by species.</summary>
    public IReadOnlyList<string> Symbols { get; }

    /// <summary>The atomic numbers, by species.</summary>
    public IReadOnlyList<int> AtomicNumbers { get; }

    /// <summary>The atomic numbers as files of weights hold them.</summary>
    public double[] Numbers => [.. AtomicNumbers.Select(z => (double)z)];

    /// <summary>Number of elements.</summary>
    public int Count => Symbols.Count;

    /// <summary>Checks the arguments of a potential and groups its atoms.</summary>
    /// <param name="positions">[N, 3].</param>
    /// <param name="species">[N].</param>
    /// <param name="graph">Of N nodes.</param>
    /// <param name="parameters">Parameters of the potential, whose type and device positions must have.</param>
    /// <returns>The groups, in the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">An argument does not fit.</exception>
    public SpeciesRows Rows(Tensor positions, Tensor species, Graph graph, Tensor parameters)
    {
        string method = $"{_name}.forward", label = $"{method}, argument 'positions'";
        ArgumentNullException.ThrowIfNull(graph, $"{method}, argument 'graph'");
        Check.Features(positions, 3, "x, y, z", label);
        Check.RowsOf(positions, graph.NodeCount, "nodes", label);
        Check.Alike(positions, parameters, method, "'positions' and the potential's parameters");
        Check.Species(species, positions, $"{method}, argument 'species'");
        return SpeciesRows.Of(species, Symbols, method);
    }

    /// <summary>A number for each species, for the atoms.</summary>
    /// <param name="values">By species.</param>
    /// <param name="atoms">The atoms.</param>
    /// <param name="like">Type and device of the result.</param>
    /// <returns>[N].</returns>
    internal static Tensor PerAtom(IEnumerable<double> values, SpeciesRows atoms, Tensor like) =>
        tensor([.. values], dtype: like.dtype, device: like.device).index_select(0, atoms.Species);

    /// <summary>The sums of the covalent radii of the two atoms of each edge.</summary>
    /// <param name="atoms">The atoms.</param>
    /// <param name="source">Atom at one end: [edges].</param>
    /// <param name="destination">Atom at the other end: [edges].</param>
    /// <param name="like">Type and device of the result.</param>
    /// <returns>[edges], Å.</returns>
    /// <exception cref="ArgumentException">An element has no known radius.</exception>
    public Tensor RadiusSums(SpeciesRows atoms, Tensor source, Tensor destination, Tensor like)
    {
        using var scope = NewDisposeScope();
        IEnumerable<double> radii = AtomicNumbers.Select(z => Elements.CovalentRadius(z)
            ?? throw new ArgumentException($"{_name} uses covalent radii, and none is known of {ElementSymbols.All[z]}."));
        Tensor all = PerAtom(radii, atoms, like);
        return all.index_select(0, source).Plus(all.index_select(0, destination)).MoveToOuterDisposeScope();
    }

    /// <summary>Whether statistics are of these elements, in this order, and can be divided by.</summary>
    /// <param name="statistics">The statistics.</param>
    /// <exception cref="ArgumentException">They are of others, or a number that is divided by is 0.</exception>
    public void Expect(DatasetStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        if (!statistics.Species.SequenceEqual(Symbols) || statistics.AtomEnergies.Count != Count)
        {
            throw new ArgumentException(
                $"The statistics are of {string.Join(", ", statistics.Species)} with {statistics.AtomEnergies.Count} energies; "
                + $"{_name} needs those of {string.Join(", ", Symbols)}, in this order.",
                nameof(statistics));
        }

        Divisor(statistics.Neighbors, "number of neighbours (Neighbors)", "the structures have no pairs of atoms within the cutoff, perhaps");
        Divisor(statistics.Scale, "scale of energies (Scale)", "the structures have neither forces nor different energies, perhaps; 1 leaves energies as they are");

        void Divisor(double value, string what, string why)
        {
            if (value > 0 && double.IsFinite(value)) return;
            throw new ArgumentException(FormattableString.Invariant($"The {what} of the statistics is {value}, and {_name} divides by it; expected a positive number: {why}."), nameof(statistics));
        }
    }
}
