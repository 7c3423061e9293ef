using E3Gen.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>What follows from the energies of a potential.</summary>
public static class PotentialExtensions
{
    /// <summary>Kept: an implicit Scalar can be collected while native code reads it.</summary>
    private static readonly Scalar Half = 0.5;

    /// <summary>Energies, forces and virials by differentiation of the energies of the atoms.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="positions">[N, 3]; also with a gradient, which passes through where <paramref name="differentiable"/>.</param>
    /// <param name="species">Place of each atom's element in <see cref="IPotential.Species"/>: int64 [N]; see <see cref="SpeciesOf(IPotential, Tensor)"/>.</param>
    /// <param name="graph">Pairs of atoms closer than <see cref="IPotential.Cutoff"/>.</param>
    /// <param name="forces">Whether forces are wanted.</param>
    /// <param name="virials">Whether virials are wanted, of which the stress follows.</param>
    /// <param name="differentiable">Whether the results are to be differentiated, in a training; else nothing of the calculation is kept.</param>
    /// <returns>The results; dispose them.</returns>
    /// <exception cref="ArgumentException">A shape, a type or a species does not fit, or the result is not one energy for each atom.</exception>
    /// <exception cref="InvalidOperationException">Derivatives are wanted inside of <see cref="inference_mode(bool)"/>.</exception>
    public static PotentialResult Evaluate(
        this IPotential potential, [Positions] Tensor positions, [Invariant] Tensor species, Graph graph, bool forces = true, bool virials = false, bool differentiable = false)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentNullException.ThrowIfNull(graph);
        Check.Features(positions, 3, "x, y, z", $"{potential.GetType().Name}, argument 'positions'");
        Check.RowsOf(positions, graph.NodeCount, "nodes", $"{potential.GetType().Name}, argument 'positions'");
        if (forces || virials || differentiable) RequireGradients(potential);
        using var scope = NewDisposeScope();
        if (!forces && !virials)
        {
            using var noGradient = differentiable ? null : no_grad();
            return Keep(potential.Energies(positions, species, graph), null, null);
        }

        using var gradient = enable_grad();
        Tensor at = differentiable && positions.requires_grad ? positions : positions.detach().requires_grad_(true);
        Tensor? strain = virials ? zeros([graph.GraphCount, 3, 3], dtype: positions.dtype, device: positions.device, requires_grad: true) : null;
        (Tensor moved, Graph strained) = strain is null ? (at, graph) : graph.Strain(at, strain);
        using Graph? own = strain is null ? null : strained;
        Tensor atomEnergies = potential.Energies(moved, species, strained);
        // Energies that no position enters, of atoms without neighbours, have derivatives of zero all the same.
        Tensor total = strain is null ? atomEnergies.sum().Plus(Nothing(at)) : atomEnergies.sum().Plus(Nothing(at)).Plus(Nothing(strain));
        Tensor[] inputs = strain is null ? [at] : forces ? [at, strain] : [strain];
        IList<Tensor> slopes = autograd.grad([total], inputs, retain_graph: differentiable, create_graph: differentiable);
        Tensor? virial = strain is null ? null : slopes[^1].neg();
        virial = virial is null ? null : virial.Plus(virial.transpose(1, 2)).mul(Half);
        return differentiable
            ? Keep(atomEnergies, forces ? slopes[0].neg() : null, virial)
            : Keep(atomEnergies.detach(), forces ? slopes[0].neg() : null, virial);

        static Tensor Nothing(Tensor x) => x.mul(zeros_like(x)).sum();

        PotentialResult Keep(Tensor energies, Tensor? force, Tensor? virial) => new(
            energies.MoveToOuterDisposeScope(),
            Messages.SumNodes(energies.unsqueeze(-1), graph).view(graph.GraphCount).MoveToOuterDisposeScope(),
            force?.MoveToOuterDisposeScope(),
            virial?.MoveToOuterDisposeScope());
    }

    /// <summary>Energies, forces and virials of structures.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="structures">The structures, at least one.</param>
    /// <param name="dtype">Number type of the potential's parameters.</param>
    /// <param name="device">Device of the potential's parameters; null for the CPU.</param>
    /// <param name="forces">Whether forces are wanted.</param>
    /// <param name="virials">Whether virials are wanted.</param>
    /// <returns>The results, atoms and structures in their order; dispose them.</returns>
    /// <exception cref="ArgumentException">There is no structure, two atoms are at the same place, or the potential does not know an element.</exception>
    public static PotentialResult Evaluate(
        this IPotential potential, IReadOnlyList<Atoms> structures, ScalarType dtype = ScalarType.Float32, Device? device = null, bool forces = true, bool virials = false)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentNullException.ThrowIfNull(structures);
        using var scope = NewDisposeScope();
        using Graph graph = structures.ToGraph(potential.Cutoff, dtype, device);
        PotentialResult result = potential.Evaluate(structures.PositionTensor(dtype, device), potential.SpeciesOf(structures, device), graph, forces, virials);
        result.AtomEnergies.MoveToOuterDisposeScope();
        result.Energies.MoveToOuterDisposeScope();
        result.Forces?.MoveToOuterDisposeScope();
        result.Virials?.MoveToOuterDisposeScope();
        return result;
    }

    /// <summary>The species of the atoms of structures.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="structures">The structures.</param>
    /// <param name="device">Where the tensor is; null for the CPU.</param>
    /// <returns>int64 [ΣN].</returns>
    /// <exception cref="ArgumentException">The potential does not know an element.</exception>
    [return: Invariant]
    public static Tensor SpeciesOf(this IPotential potential, IReadOnlyList<Atoms> structures, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentNullException.ThrowIfNull(structures);
        Dictionary<long, long> places = Places(potential);
        long[] species = [.. structures.SelectMany(a => a.AtomicNumbers.Select((z, atom) => places.TryGetValue(z, out long place)
            ? place
            : throw new ArgumentException(
                $"{(a.Origin is null ? "" : $"{a.Origin}: ")}atom {atom} is {Elements.Symbol(z)}; the potential knows {string.Join(", ", potential.Species)}.", nameof(structures))))];
        return tensor(species, int64, device ?? CPU);
    }

    /// <summary>The species of atomic numbers.</summary>
    /// <param name="potential">The potential.</param>
    /// <param name="atomicNumbers">Whole numbers of any shape.</param>
    /// <returns>int64 of the same shape, on the same device.</returns>
    /// <exception cref="ArgumentException">The tensor does not hold whole numbers, or the potential does not know an element.</exception>
    [return: Invariant]
    public static Tensor SpeciesOf(this IPotential potential, [Invariant] Tensor atomicNumbers)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentNullException.ThrowIfNull(atomicNumbers);
        Check.Whole(atomicNumbers, "SpeciesOf, argument 'atomicNumbers'", "the atomic number of each atom");
        using var scope = NewDisposeScope();
        Dictionary<long, long> places = Places(potential);
        long[] numbers = atomicNumbers.to(ScalarType.Int64).cpu().flatten().data<long>().ToArray();
        long[] species = [.. numbers.Select(z => places.TryGetValue(z, out long place)
            ? place
            : throw new ArgumentException($"The atomic number {z} is not of an element that the potential knows: {string.Join(", ", potential.Species)}.", nameof(atomicNumbers)))];
        return tensor(species, int64, atomicNumbers.device).view(atomicNumbers.shape).MoveToOuterDisposeScope();
    }

    /// <summary>Tensors of inference_mode take no part in a differentiation.</summary>
    private static void RequireGradients(IPotential potential)
    {
        if (!is_inference_mode_enabled()) return;
        throw new InvalidOperationException(
            $"Derivatives of the energies of {potential.GetType().Name} are wanted, which torch.inference_mode() forbids: call Evaluate, and make its arguments, outside of it, "
            + "inside of torch.no_grad() perhaps; only energies (forces: false, virials: false, differentiable: false) can be had in it.");
    }

    /// <summary>Places by atomic number.</summary>
    private static Dictionary<long, long> Places(IPotential potential)
    {
        var places = new Dictionary<long, long>();
        for (int i = 0; i < potential.Species.Count; i++)
        {
            int number = Elements.Find(potential.Species[i])
                ?? throw new ArgumentException($"'{potential.Species[i]}' of the potential is no element; expected symbols such as H or Cl.", nameof(potential));
            if (!places.TryAdd(number, i)) throw new ArgumentException($"The potential has {potential.Species[i]} twice.", nameof(potential));
        }

        return places;
    }

    /// <summary>The energies of the atoms, with a check of their shape: a potential may be anybody's.</summary>
    private static Tensor Energies(this IPotential potential, Tensor positions, Tensor species, Graph graph)
    {
        Tensor energies = potential.forward(positions, species, graph);
        return energies.dim() == 1 && energies.size(0) == graph.NodeCount
            ? energies
            : throw new ArgumentException(
                $"{potential.GetType().Name}.forward returned [{string.Join(", ", energies.shape)}]; a potential returns the energy of each of the {graph.NodeCount} atoms, [{graph.NodeCount}].",
                nameof(potential));
    }
}
