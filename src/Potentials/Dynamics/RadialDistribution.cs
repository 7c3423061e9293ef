using System.Globalization;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>
/// How far atoms are from each other, over the frames of a trajectory, for each pair of elements. Of crystals and liquids, periodic in three directions, it is g(r): neighbours in a shell
/// relative to those of an ideal gas of the same density, with all images in a cell of any shape. Of molecules, which have no density, it is dn/dr: neighbours of an atom by Å.
/// </summary>
public sealed class RadialDistribution
{
    private readonly double[] _edges;
    private readonly SortedDictionary<(int A, int B), Counts> _pairs = [];
    private readonly bool _perVolume;
    private bool _isEmpty = true;

    /// <summary>An empty distribution.</summary>
    /// <param name="range">Largest distance, Å; it may be larger than the cell.</param>
    /// <param name="bins">Number of shells of equal width.</param>
    /// <param name="isPeriodic">Whether frames are periodic in three directions, and g(r) is meant.</param>
    public RadialDistribution(double range, int bins, bool isPeriodic)
    {
        if (!(range > 0 && double.IsFinite(range))) throw new ArgumentOutOfRangeException(nameof(range), range, "The range must be positive and finite, Å.");
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        _edges = [.. Enumerable.Range(0, bins + 1).Select(i => range * i / bins)];
        _perVolume = isPeriodic;
        Distances = [.. Enumerable.Range(0, bins).Select(i => (_edges[i] + _edges[i + 1]) / 2)];
    }

    /// <summary>Middles of the shells, Å: [bins].</summary>
    public IReadOnlyList<double> Distances { get; }

    /// <summary>What the values are: g(r), or dn/dr in 1/Å.</summary>
    public string Quantity => _perVolume ? "g(r)" : "dn/dr, 1/Å";

    /// <summary>Pairs of elements, such as O-H, the lighter element first.</summary>
    public IReadOnlyList<string> Pairs => [.. _pairs.Values.Select(p => p.Name)];

    /// <summary>Counts the distances of a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <exception cref="ArgumentException">The frame is not periodic in three directions, and g(r) was asked for; or atoms are at the same place.</exception>
    public void Add(Atoms frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (_perVolume && frame.Periodic is not (true, true, true))
            throw new ArgumentException("g(r) needs frames that are periodic in three directions; this one is not: use isPeriodic: false.", nameof(frame));
        _isEmpty = false;
        using var scope = NewDisposeScope();
        using Graph graph = frame.ToGraph(_edges[^1], float64);
        long[] source = graph.Source.data<long>().ToArray(), destination = graph.Destination.data<long>().ToArray();
        double[] lengths = graph.EdgeVectors(frame.PositionTensor(float64)).square().sum(1).sqrt().data<double>().ToArray();
        int[] elements = [.. frame.AtomicNumbers.Distinct().Order()], sorts = [.. frame.AtomicNumbers.Select(z => Array.IndexOf(elements, z))];
        int[] atoms = [.. elements.Select((_, sort) => sorts.Count(s => s == sort))];
        var counts = new Counts?[elements.Length, elements.Length];
        for (int a = 0; a < elements.Length; a++)
        {
            for (int b = a; b < elements.Length; b++)
            {
                // An atom alone in a molecule has no neighbour of its own element to tell of.
                if (a == b && atoms[a] == 1 && !_perVolume) continue;
                // Neighbours of sort b around each atom of sort a.
                Counts pair = counts[a, b] = Of(frame, elements[a], elements[b]);
                pair.Centres += atoms[a];
                pair.Expected += _perVolume ? atoms[a] * (double)atoms[b] / frame.Volume() : 0;
            }
        }

        for (int e = 0; e < lengths.Length; e++)
        {
            int bin = (int)(lengths[e] / _edges[^1] * Distances.Count);
            if (bin < Distances.Count && counts[sorts[destination[e]], sorts[source[e]]] is { } pair) pair.Bins[bin]++;
        }
    }

    /// <summary>The values of a pair of elements.</summary>
    /// <param name="pair">One of <see cref="Pairs"/>.</param>
    /// <returns>[bins].</returns>
    /// <exception cref="KeyNotFoundException">There is no such pair.</exception>
    public double[] Of(string pair)
    {
        Counts counts = _pairs.Values.FirstOrDefault(p => p.Name == pair) ?? throw new KeyNotFoundException($"There is no pair '{pair}'; there are: {string.Join(", ", Pairs)}.");
        return [.. counts.Bins.Select((n, i) => _perVolume
            ? n / (counts.Expected * 4 * Math.PI / 3 * (Math.Pow(_edges[i + 1], 3) - Math.Pow(_edges[i], 3)))
            : n / (counts.Centres * (_edges[i + 1] - _edges[i])))];
    }

    /// <summary>Writes distances and the values of all pairs as a table.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">No frame was added.</exception>
    public void SaveCsv(string path)
    {
        if (_isEmpty) throw new InvalidOperationException("There is no frame to make a distribution of; add one first.");
        double[][] columns = [.. Pairs.Select(Of)];
        AtomicFile.Write(path, stream =>
        {
            using var text = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            text.WriteLine($"r_A,{string.Join(',', Pairs)}");
            for (int i = 0; i < Distances.Count; i++)
                text.WriteLine(string.Join(',', columns.Select(c => c[i]).Prepend(Distances[i]).Select(x => x.ToString("R", CultureInfo.InvariantCulture))));
        });
    }

    private Counts Of(Atoms frame, int a, int b)
    {
        if (_pairs.TryGetValue((a, b), out Counts? counts)) return counts;
        string Symbol(int number) => frame.SymbolOf(Array.IndexOf(frame.AtomicNumbers, number));
        return _pairs[(a, b)] = new Counts($"{Symbol(a)}-{Symbol(b)}", new long[Distances.Count]);
    }

    private sealed class Counts(string name, long[] bins)
    {
        public string Name { get; } = name;

        public long[] Bins { get; } = bins;

        /// <summary>Atoms that neighbours were counted around.</summary>
        public double Centres { get; set; }

        /// <summary>Neighbours of all centres that an ideal gas has, by volume.</summary>
        public double Expected { get; set; }
    }
}
