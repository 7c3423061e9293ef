using System.Globalization;

namespace E3Gen.Potentials;

/// <summary>
/// An atom crosses the cutoff radius of another: of two atoms alone, for every pair of elements, and of an atom of a cluster that keeps other neighbours. Energy, forces and the forces' slope are
/// extrapolated to the radius from within and from beyond; what they differ by is the jump. Dynamics conserve energy if forces are continuous; the accuracy of an integrator of the second order needs
/// their slope, too.
/// </summary>
internal sealed class SmoothnessCheck : ICheck
{
    /// <summary>Allowed jumps of energy and force, and of the slope, relative to the force scale (times 1 Å, 1, 1/Å), beside rounding.</summary>
    private const double Allowed = 1e-6, AllowedSlope = 1e-4;

    private const string EnergyUnit = "eV", ForceUnit = "eV/Å", SlopeUnit = "eV/Å²";

    public string Name => "smoothness at the cutoff";

    public IEnumerable<Judgement> Run(Subject subject)
    {
        // Steps are short against the waves of radial bases, and long against rounding.
        OneSidedLimit limit = subject.IsDouble ? new(6, 2e-3) : new(4, 5e-3);
        var pair = new Jumps();
        int[] elements = [.. subject.Structures.SelectMany(a => a.AtomicNumbers).Distinct().Order()];
        foreach (int a in elements)
        {
            foreach (int b in elements.Where(b => b >= a))
            {
                pair.Add(Crossing(subject, limit, new Atoms([a, b], [0, 0, 0, subject.Potential.Cutoff, 0, 0]), 1, [1, 0, 0]));
            }
        }

        foreach (Judgement judgement in Judge(subject, limit, "of a pair", pair)) yield return judgement;

        var cluster = new Jumps();
        int crossings = 0;
        foreach (Atoms atoms in subject.Structures)
        {
            if (CutoffCrossing.Find(atoms, subject.Potential.Cutoff, 2 * limit.Offsets[^1], subject.NewRandom()) is not { } found) continue;
            crossings++;
            cluster.Add(Crossing(subject, limit, found.Atoms, found.Moving, found.Direction));
        }

        if (crossings == 0)
        {
            yield return Judgement.Skipped(Name, "of a cluster", "No structure has three atoms of which one could cross the cutoff of a second and stay within that of a third.");
            yield break;
        }

        foreach (Judgement judgement in Judge(subject, limit, "of a cluster", cluster)) yield return judgement;
    }

    private IEnumerable<Judgement> Judge(Subject subject, OneSidedLimit limit, string where, Jumps jumps)
    {
        double values = limit.Value.Sum(Math.Abs) * subject.Rounding, slopes = limit.Slope.Sum(Math.Abs) * subject.Rounding, scale = subject.ForceScale;
        yield return Judgement.Of(Name, $"energy {where}", jumps.Energy, (Allowed * scale) + (values * subject.EnergyScale), EnergyUnit, jumps.At);
        yield return Judgement.Of(Name, $"forces {where}", jumps.Force, (Allowed + values) * scale, ForceUnit, jumps.At);
        yield return Judgement.Of(Name, $"slope of forces {where}", jumps.Slope, (AllowedSlope + slopes) * scale, SlopeUnit, jumps.At);
    }

    /// <param name="subject">The potential.</param>
    /// <param name="limit">How limits are taken.</param>
    /// <param name="atoms">A structure where the moving atom is at the cutoff radius of another.</param>
    /// <param name="moving">The atom.</param>
    /// <param name="direction">The direction away from the other.</param>
    private static (double Energy, double Force, double Slope, string At) Crossing(Subject subject, OneSidedLimit limit, Atoms atoms, int moving, double[] direction)
    {
        var along = new double[3 * atoms.Count];
        direction.CopyTo(along, 3 * moving);
        Evaluation[] beyond = [.. limit.Offsets.Select(t => subject.Evaluate(Geometry.Displace(atoms, along, t)))];
        Evaluation[] within = [.. limit.Offsets.Select(t => subject.Evaluate(Geometry.Displace(atoms, along, -t)))];
        double Jump(double[] weights, Func<Evaluation, double> of, int inner) => Math.Abs(weights.Select((w, k) => w * (of(beyond[k]) - (inner * of(within[k])))).Sum());
        double energy = Jump(limit.Value, e => e.Energy, 1), force = 0, slope = 0;
        for (int i = 0; i < along.Length; i++)
        {
            force = Largest.Of(force, Jump(limit.Value, e => e.Forces[i], 1));
            // From within, the slope is taken against the direction.
            slope = Largest.Of(slope, Jump(limit.Slope, e => e.Forces[i], -1));
        }

        return (energy, force, slope, string.Create(CultureInfo.InvariantCulture, $"atom {moving} ({atoms.SymbolOf(moving)}) of {atoms.Count} at {subject.Potential.Cutoff} Å"));
    }

    /// <summary>The largest jumps, and where that of the force was.</summary>
    private sealed class Jumps
    {
        public double Energy { get; private set; }

        public double Force { get; private set; }

        public double Slope { get; private set; }

        public string At { get; private set; } = "";

        public void Add((double Energy, double Force, double Slope, string At) found)
        {
            if (At.Length == 0 || found.Force > Force) At = found.At;
            (Energy, Force, Slope) = (Largest.Of(Energy, found.Energy), Largest.Of(Force, found.Force), Largest.Of(Slope, found.Slope));
        }
    }
}
