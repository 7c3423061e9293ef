using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>
/// The energy E0 of an atom of each species, which is subtracted before anything is learnt: given, of the isolated atom, or by least squares of total energies on the numbers of atoms.
/// </summary>
public sealed class ReferenceEnergies
{
    private ReferenceEnergies(IReadOnlyList<string> species, IReadOnlyList<double> values, string source) => (Species, Values, Source) = (species, values, source);

    /// <summary>Symbols.</summary>
    public IReadOnlyList<string> Species { get; }

    /// <summary>E0 of each, in the unit of the data.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Where they come from, a phrase; also whether least squares could not tell them apart.</summary>
    public string Source { get; }

    /// <summary>Finds E0 of every species: the given one, else of its isolated atom, else by regression over the structures.</summary>
    /// <remarks>
    /// The regression minimises Σ (E − Σ_s n_s E0_s)² over the species that are not known otherwise. Where compositions do not determine them (all structures are of one formula), the solution of
    /// the least norm is taken: energies of these compositions are met, differences between species mean nothing.
    /// </remarks>
    /// <param name="species">Symbols.</param>
    /// <param name="set">Structures of the training set and their isolated atoms.</param>
    /// <param name="given">E0 by symbol, which precede all else; null for none.</param>
    /// <returns>The energies.</returns>
    /// <exception cref="InvalidDataException">Species are left for a regression, but no structure has an energy.</exception>
    /// <exception cref="ArgumentException">An energy is given of an element that is none of the species.</exception>
    public static ReferenceEnergies Find(IReadOnlyList<string> species, StructureSet set, IReadOnlyDictionary<string, double>? given = null)
    {
        ArgumentNullException.ThrowIfNull(species);
        ArgumentNullException.ThrowIfNull(set);
        foreach (string symbol in given?.Keys ?? [])
        {
            if (!species.Contains(symbol)) throw new ArgumentException($"E0 of {symbol} is given, but the data have {string.Join(", ", species)}.", nameof(given));
        }

        var known = new Dictionary<string, double>(set.IsolatedAtoms);
        foreach ((string symbol, double energy) in given ?? new Dictionary<string, double>()) known[symbol] = energy;
        string[] unknown = [.. species.Where(s => !known.ContainsKey(s))];
        string source = given is { Count: > 0 } ? "as given" : "of isolated atoms";
        if (unknown.Length > 0)
        {
            bool determined = Regress(unknown, known, set.Structures);
            source = $"{(unknown.Length == species.Count ? "" : $"{source}; of {string.Join(", ", unknown)} ")}by least squares over the structures"
                + (determined ? "" : ", whose compositions do not determine them: the smallest that fit were taken");
        }

        return new ReferenceEnergies(species, [.. species.Select(s => known[s])], source);
    }

    /// <summary>ΣE0 of a structure.</summary>
    internal double Of(Atoms atoms)
    {
        double sum = 0;
        for (int i = 0; i < atoms.Count; i++) sum += Values[Place(atoms, i)];
        return sum;
    }

    private int Place(Atoms atoms, int atom)
    {
        string symbol = atoms.SymbolOf(atom);
        for (int s = 0; s < Species.Count; s++)
        {
            if (Species[s] == symbol) return s;
        }

        throw new InvalidDataException($"{(atoms.Origin is null ? "" : $"{atoms.Origin}: ")}atom {atom} is {symbol}; the potential knows {string.Join(", ", Species)}.");
    }

    /// <returns>Whether there is one solution alone.</returns>
    private static bool Regress(string[] unknown, Dictionary<string, double> known, IReadOnlyList<LabelledStructure> structures)
    {
        LabelledStructure[] with = [.. structures.Where(s => s.Energy is not null)];
        if (with.Length == 0)
            throw new InvalidDataException($"No structure has an energy, so that E0 of {string.Join(", ", unknown)} cannot be found; give them (--e0 {unknown[0]}=…).");
        var counts = new double[with.Length, unknown.Length];
        var energies = new double[with.Length];
        for (int i = 0; i < with.Length; i++)
        {
            energies[i] = with[i].Energy!.Value;
            Atoms atoms = with[i].Atoms;
            for (int atom = 0; atom < atoms.Count; atom++)
            {
                int place = Array.IndexOf(unknown, atoms.SymbolOf(atom));
                if (place >= 0) counts[i, place]++;
                else energies[i] -= known[atoms.SymbolOf(atom)];
            }
        }

        using var scope = NewDisposeScope();
        Tensor a = tensor(counts), solution = linalg.pinv(a, rtol: 1e-10).mv(tensor(energies));
        double[] values = [.. solution.data<double>()];
        for (int s = 0; s < unknown.Length; s++) known[unknown[s]] = values[s];
        return linalg.matrix_rank(a).item<long>() == unknown.Length;
    }
}
