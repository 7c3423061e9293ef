using System.Globalization;

namespace E3Gen.Potentials;

/// <summary>
/// Along a path the energy changes by what the forces do: E(b) − E(a) = −∫ F·dx, piece by piece. A jump of the energy anywhere on the way is the difference of both sides, and a jump of the
/// force leaves about a thousandth of it (times 1 Å), which no check at the cutoff would see: switches at other radii, tables, branches of a forward. Paths are the separation of every pair of
/// elements, from the closest two atoms of the structures, images included, to the cutoff, and random motions of all atoms of a structure.
/// </summary>
internal sealed class WorkCheck : ICheck
{
    /// <summary>Of the largest force on the path (times 1 Å), beside rounding.</summary>
    private const double Allowed = 1e-6;

    /// <summary>Length of a piece, and how far the fastest atom of a structure moves to both sides, Å.</summary>
    private const double Piece = 0.04, Reach = 0.1;

    /// <summary>Pairs begin a little closer than any two atoms of the structures.</summary>
    private const double Closeness = 0.9;

    /// <summary>Atoms in one call of the potential.</summary>
    private const int AtomsAtOnce = 256;

    /// <summary>Boole's rule on five points with a spacing of a quarter of a piece: exact for polynomials of degree 5.</summary>
    private static readonly double[] Boole = [7.0 / 90, 32.0 / 90, 12.0 / 90, 32.0 / 90, 7.0 / 90];

    public string Name => "work along paths";

    public IEnumerable<Judgement> Run(Subject subject)
    {
        if (!subject.IsDouble)
        {
            yield return Judgement.Skipped(Name, "energy", "Differences of energies need float64: convert the potential with .to(torch.float64).");
            yield break;
        }

        var pairs = new Misfit();
        (double near, double far) = (Math.Min(Closeness * ClosestPair(subject), 0.5 * subject.Potential.Cutoff), (1 - 1e-6) * subject.Potential.Cutoff);
        int[] elements = [.. subject.Structures.SelectMany(a => a.AtomicNumbers).Distinct().Order()];
        foreach (int a in elements)
        {
            foreach (int b in elements.Where(b => b >= a))
            {
                var pair = new Atoms([a, b], [0, 0, 0, near, 0, 0]);
                Follow(subject, pair, [0, 0, 0, 1, 0, 0], far - near, $"{pair.SymbolOf(0)}-{pair.SymbolOf(1)} at", near, pairs);
            }
        }

        yield return pairs.Judge(this, "energy of a pair");

        var structures = new Misfit();
        Random random = subject.NewRandom();
        foreach (Atoms atoms in subject.Structures)
        {
            double[] direction = Geometry.Direction(random, 3 * atoms.Count);
            double fastest = direction.Chunk(3).Max(d => Math.Sqrt(d.Sum(x => x * x)));
            double[] along = [.. direction.Select(d => d / fastest)];
            Follow(subject, Geometry.Displace(atoms, along, -Reach), along, 2 * Reach, $"{atoms.Count} atoms moved by", -Reach, structures);
        }

        yield return structures.Judge(this, "energy of a structure");
    }

    private static void Follow(Subject subject, Atoms start, double[] along, double length, string name, double first, Misfit misfit)
    {
        int pieces = Math.Max(1, (int)Math.Ceiling(length / Piece));
        double step = length / (4 * pieces);
        Evaluation[] at = [.. Enumerable.Range(0, (4 * pieces) + 1).Select(k => Geometry.Displace(start, along, k * step))
            .Chunk(Math.Max(1, AtomsAtOnce / start.Count)).SelectMany(chunk => subject.Evaluate(chunk))];
        for (int piece = 0; piece < pieces; piece++)
        {
            Evaluation[] five = at[(4 * piece)..((4 * piece) + 5)];
            double work = 4 * step * five.Zip(Boole, (e, w) => w * Dot(e.Forces, along)).Sum();
            double from = first + (4 * piece * step);
            double allowed = (Allowed * Math.Max(subject.ForceScale, five.Max(e => e.Forces.Max(Math.Abs)))) + (4 * subject.Rounding * subject.EnergyScale);
            misfit.Add(Math.Abs(five[4].Energy - five[0].Energy + work), allowed, string.Create(CultureInfo.InvariantCulture, $"{name} {from:F3} to {from + (4 * step):F3} Å"));
        }
    }

    /// <summary>Of neighbours within the cutoff; the cutoff where there are none.</summary>
    private static double ClosestPair(Subject subject) =>
        subject.Structures.Min(a => NeighborDistances.Shortest(a, subject.Potential.Cutoff)) ?? subject.Potential.Cutoff;

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    /// <summary>The piece where energy and work differ most for what is allowed there; one that is no number is the worst.</summary>
    private sealed class Misfit
    {
        private double _difference, _allowed = 1;
        private string _where = "";

        public void Add(double difference, double allowed, string where)
        {
            if (_where.Length > 0 && (difference / allowed <= _difference / _allowed || double.IsNaN(_difference))) return;
            (_difference, _allowed, _where) = (difference, allowed, where);
        }

        public Judgement Judge(WorkCheck check, string quantity) => Judgement.Of(check.Name, quantity, _difference, _allowed, "eV", _where);
    }
}
