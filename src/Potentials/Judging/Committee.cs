using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>
/// Several potentials of the same elements, such as trainings from different seeds, evaluated together: their mean is the prediction, their spread says how sure it is. Elements may stand in another
/// order in each. Potentials of one cutoff radius share the search for neighbours.
/// </summary>
public sealed class Committee
{
    private readonly IPotential[] _members;

    /// <summary>A committee.</summary>
    /// <param name="members">Two or more potentials; kept by the caller.</param>
    /// <exception cref="ArgumentException">There are fewer than two, one is null, or their elements differ.</exception>
    public Committee(IReadOnlyList<IPotential> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count < 2) throw new ArgumentException($"A committee of {members.Count} has no spread; give at least two potentials.", nameof(members));
        for (int i = 0; i < members.Count; i++)
        {
            IPotential member = members[i] ?? throw new ArgumentException($"Member {i} is null.", nameof(members));
            if (member.Species.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(members[0].Species)) continue;
            string known = string.Join(", ", member.Species), first = string.Join(", ", members[0].Species);
            throw new ArgumentException($"Member {i} knows {known}, member 0 knows {first}; all must know the same elements.", nameof(members));
        }

        _members = [.. members];
    }

    /// <summary>The potentials.</summary>
    public IReadOnlyList<IPotential> Members => _members;

    /// <summary>Energies and forces of structures, with their spread; members that are modules are in evaluation mode meanwhile.</summary>
    /// <param name="structures">At least one; all go into one call of each member.</param>
    /// <param name="stresses">Whether stresses are computed, too.</param>
    /// <returns>Mean and spread.</returns>
    /// <exception cref="ArgumentException">There is no structure, one has no atoms, two atoms are at the same place, or an element is unknown.</exception>
    public CommitteeResult Evaluate(IReadOnlyList<Atoms> structures, bool stresses = false)
    {
        ArgumentNullException.ThrowIfNull(structures);
        if (structures.FirstOrDefault(a => a.Count == 0) is { } empty)
            throw new ArgumentException($"{(empty.Origin is null ? "" : $"{empty.Origin}: ")}the structure has no atoms.", nameof(structures));
        using var scope = NewDisposeScope();
        var graphs = new Dictionary<(double Cutoff, ScalarType Type, string Device), Graph>();
        var energies = new List<double[]>();
        var forces = new List<double[]>();
        var stress = new List<double[]>();
        Tensor? cells = stresses ? Cells(structures) : null;
        try
        {
            foreach (IPotential member in _members)
            {
                (ScalarType type, Device device) = PotentialNumbers.Of(member);
                (double, ScalarType, string) key = (member.Cutoff, type, device.ToString());
                if (!graphs.TryGetValue(key, out Graph? graph)) graphs.Add(key, graph = structures.ToGraph(member.Cutoff, type, device));
                using ModuleMode? mode = member is nn.Module module ? ModuleMode.Evaluation(module) : null;
                using PotentialResult result = member.Evaluate(structures.PositionTensor(type, device), member.SpeciesOf(structures, device), graph, virials: stresses);
                energies.Add(Numbers(result.Energies));
                forces.Add(Numbers(result.Forces!));
                if (cells is not null) stress.Add(Numbers(result.Stress(cells)));
            }
        }
        finally
        {
            foreach (Graph graph in graphs.Values) graph.Dispose();
        }

        return new CommitteeResult([.. structures.Select(a => a.Count)], energies, forces, stresses ? stress : null);
    }

    /// <summary>Zeros, which have no stress, where a structure is not periodic.</summary>
    private static Tensor Cells(IReadOnlyList<Atoms> structures) =>
        tensor([.. structures.SelectMany(a => a.IsPeriodic ? a.Cell! : new double[9])], [structures.Count, 3, 3], float64);

    private static double[] Numbers(Tensor x) => [.. x.to(float64).cpu().contiguous().data<double>()];
}
