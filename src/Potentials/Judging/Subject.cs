using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>The potential that is judged, the structures, and what is large or small for it.</summary>
internal sealed class Subject(IPotential potential, IReadOnlyList<Atoms> structures, int seed)
{
    private readonly (ScalarType Type, Device Device) _numbers = PotentialNumbers.Of(potential);

    public IPotential Potential => potential;

    public IReadOnlyList<Atoms> Structures => structures;

    public ScalarType Type => _numbers.Type;

    public Device Device => _numbers.Device;

    public int Seed => seed;

    public bool IsDouble => Type == ScalarType.Float64;

    public string TypeName => IsDouble ? "float64" : Type == ScalarType.Float32 ? "float32" : Type.ToString();

    /// <summary>What rounding may do to a result, relative to its scale.</summary>
    public double Rounding => IsDouble ? 1e-13 : 1e-6;

    /// <summary>Allowed differences of what must be equal, relative to its scale: rounding, magnified by cancellation in a network and by stiff bonds.</summary>
    public double Relative => IsDouble ? 1e-9 : 1e-3;

    /// <summary>Largest component of a force in the structures, eV/Å, or 10⁻³.</summary>
    public double ForceScale { get; private set; } = 1e-3;

    /// <summary>Largest Σ|energies of the atoms| of a structure, eV, or 1.</summary>
    public double EnergyScale { get; private set; } = 1;

    /// <summary>Allowed differences of energies: float32 has seven digits.</summary>
    public double EnergyTolerance => (IsDouble ? 1e-10 : 1e-5) * EnergyScale;

    public double ForceTolerance => Relative * ForceScale;

    /// <summary>A generator of random numbers for one check.</summary>
    public Random NewRandom() => new(seed);

    /// <exception cref="ArithmeticException">An energy or a force is not finite.</exception>
    public void MeasureScales()
    {
        foreach (Atoms atoms in structures)
        {
            Evaluation result = Evaluate(atoms);
            if (!double.IsFinite(result.Energy) || !result.Forces.All(double.IsFinite))
                throw new ArithmeticException($"{(atoms.Origin is null ? "" : $"{atoms.Origin}: ")}the potential gives an energy or a force that is not finite.");
            ForceScale = Math.Max(ForceScale, result.Forces.Max(Math.Abs));
            EnergyScale = Math.Max(EnergyScale, result.AtomEnergies.Sum(Math.Abs));
        }
    }

    /// <summary>Energy, forces and virial of a structure.</summary>
    public Evaluation Evaluate(Atoms atoms, bool virial = false) => Evaluate([atoms], virial)[0];

    /// <summary>The same of several in one call.</summary>
    public Evaluation[] Evaluate(IReadOnlyList<Atoms> batch, bool virials = false)
    {
        using var scope = NewDisposeScope();
        using PotentialResult result = potential.Evaluate(batch, Type, Device, forces: true, virials);
        double[] energies = Numbers(result.Energies), atomEnergies = Numbers(result.AtomEnergies), forces = Numbers(result.Forces!);
        double[] virial = result.Virials is null ? [] : Numbers(result.Virials);
        var found = new Evaluation[batch.Count];
        for (int g = 0, first = 0; g < batch.Count; first += batch[g++].Count)
        {
            int end = first + batch[g].Count;
            found[g] = new Evaluation(energies[g], atomEnergies[first..end], forces[(3 * first)..(3 * end)], virials ? virial[(9 * g)..(9 * g + 9)] : []);
        }

        return found;
    }

    /// <summary>The two judgements of results that must be equal.</summary>
    public IEnumerable<Judgement> Equal(string check, string suffix, double energyDifference, double forceDifference)
    {
        yield return Judgement.Of(check, $"energy{suffix}", energyDifference, EnergyTolerance, "eV");
        yield return Judgement.Of(check, $"forces{suffix}", forceDifference, ForceTolerance, "eV/Å");
    }

    private static double[] Numbers(Tensor x) => x.to(float64).cpu().contiguous().data<double>().ToArray();
}

/// <summary>Results of one structure: eV, eV/Å [3N], eV [9].</summary>
internal sealed record Evaluation(double Energy, double[] AtomEnergies, double[] Forces, double[] Virial);
