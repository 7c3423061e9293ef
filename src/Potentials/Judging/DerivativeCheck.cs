namespace E3Gen.Potentials;

/// <summary>
/// Forces and virials against finite differences of the energy along random directions: central differences with two steps, extrapolated to none (Richardson), which leaves errors of
/// the fourth order.
/// </summary>
internal sealed class DerivativeCheck : ICheck
{
    private const int Directions = 3;

    /// <summary>Å along a direction of length 1, and strain along a symmetric matrix of norm 1.</summary>
    private const double Step = 2e-3, StrainStep = 1e-4;

    /// <summary>Of the force or virial scale.</summary>
    private const double Allowed = 1e-6;

    public string Name => "derivatives of the energy";

    public IEnumerable<Judgement> Run(Subject subject)
    {
        if (!subject.IsDouble)
        {
            yield return Judgement.Skipped(Name, "forces, virial", "Differences of energies need float64: convert the potential with .to(torch.float64).");
            yield break;
        }

        Random random = subject.NewRandom();
        double force = 0, virial = 0, virialScale = subject.ForceScale;
        foreach (Atoms atoms in subject.Structures)
        {
            Evaluation at = subject.Evaluate(atoms, virial: true);
            virialScale = Math.Max(virialScale, at.Virial.Max(Math.Abs));
            for (int i = 0; i < Directions; i++)
            {
                double[] d = Geometry.Direction(random, 3 * atoms.Count), s = SymmetricDirection(random);
                double slope = Slope(h => subject.Evaluate(Geometry.Displace(atoms, d, h)).Energy, Step), strained = Slope(h => subject.Evaluate(Geometry.Strain(atoms, s, h)).Energy, StrainStep);
                force = Largest.Of(force, Math.Abs(slope + Dot(at.Forces, d)));
                virial = Largest.Of(virial, Math.Abs(strained + Dot(at.Virial, s)));
            }
        }

        double rounding = subject.Rounding / 10 * subject.EnergyScale;
        yield return Judgement.Of(Name, "forces", force, (Allowed * subject.ForceScale) + (rounding / Step), "eV/Å");
        yield return Judgement.Of(Name, "virial", virial, (Allowed * virialScale) + (rounding / StrainStep), "eV");
    }

    private static double Slope(Func<double, double> energy, double step)
    {
        double Central(double h) => (energy(h) - energy(-h)) / (2 * h);
        return ((4 * Central(step / 2)) - Central(step)) / 3;
    }

    private static double[] SymmetricDirection(Random random)
    {
        double[] m = Geometry.Direction(random, 9), s = [.. m.Select((v, i) => (v + m[(i % 3 * 3) + (i / 3)]) / 2)];
        double norm = Math.Sqrt(Dot(s, s));
        return [.. s.Select(v => v / norm)];
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
