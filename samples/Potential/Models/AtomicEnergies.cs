using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Potential.Models;

/// <summary>
/// From what a network says of each atom to its energy: scale and shift of its element, which are learnt, and its E0. E0 may be thousands of eV, which float32 does not hold to 1 meV; the sum is
/// made in float64.
/// </summary>
[EquivariantModule]
public sealed partial class AtomicEnergies : nn.Module<Tensor, Tensor, Tensor>
{
    private static readonly Scalar One = 1;

    private readonly IReadOnlyList<string> _species;

    /// <summary>Of each element: [species, 1].</summary>
    private readonly Tensor _atomEnergies;

    private readonly Parameter _shifts, _scales;

    /// <param name="species">Symbols of the elements.</param>
    public AtomicEnergies(IReadOnlyList<string> species)
        : base(nameof(AtomicEnergies))
    {
        ArgumentNullException.ThrowIfNull(species);
        _species = species;
        _atomEnergies = zeros(species.Count, 1, dtype: float64);
        _shifts = nn.Parameter(zeros(species.Count, 1));
        _scales = nn.Parameter(ones(species.Count, 1));
        register_buffer(nameof(_atomEnergies), _atomEnergies);
        RegisterComponents();
    }

    /// <summary>Takes E0, and shift and scale to begin with, of data.</summary>
    /// <exception cref="ArgumentException">The data have other elements.</exception>
    public void Adapt(DatasetStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        if (!statistics.Species.SequenceEqual(_species))
            throw new ArgumentException($"The statistics are of {string.Join(", ", statistics.Species)}; the potential has {string.Join(", ", _species)}.", nameof(statistics));
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        _atomEnergies.copy_(tensor(statistics.AtomEnergies.ToArray()).view(-1, 1));
        _shifts.fill_(statistics.MeanEnergy);
        _scales.fill_(statistics.Scale);
    }

    /// <param name="atoms">What the network says: [N, 1].</param>
    /// <param name="species">Places of the elements: [N].</param>
    /// <returns>Energies: float64 [N].</returns>
    [return: Invariant]
    public override Tensor forward([Invariant] Tensor atoms, [Invariant] Tensor species)
    {
        using var scope = NewDisposeScope();
        Tensor energies = atoms.mul(_scales.index_select(0, species)).add(_shifts.index_select(0, species), One);
        return energies.to(float64).add(_atomEnergies.to(float64).index_select(0, species), One).squeeze(-1).MoveToOuterDisposeScope();
    }
}
