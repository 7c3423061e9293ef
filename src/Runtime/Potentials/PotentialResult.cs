using E3Gen.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>Energies of a potential and their derivatives, of G molecules or crystals with N atoms together.</summary>
public sealed class PotentialResult : IDisposable
{
    internal PotentialResult(Tensor atomEnergies, Tensor energies, Tensor? forces, Tensor? virials) =>
        (AtomEnergies, Energies, Forces, Virials) = (atomEnergies, energies, forces, virials);

    /// <summary>Energy of each atom: [N], in the type that the potential returns, float64 for those of attributes.</summary>
    public Tensor AtomEnergies { get; }

    /// <summary>Energy of each molecule or crystal: [G].</summary>
    public Tensor Energies { get; }

    /// <summary>Forces −∂E/∂r: [N, 3]; null where not asked for.</summary>
    public Tensor? Forces { get; }

    /// <summary>Virials −∂E/∂ε for a strain ε, symmetric: [G, 3, 3]; null where not asked for.</summary>
    public Tensor? Virials { get; }

    /// <summary>The stress σ = (1/V) ∂E/∂ε, negative for a crystal under pressure (as ASE's).</summary>
    /// <param name="cells">Lattice vectors as rows: [G, 3, 3]. A cell without a volume, of a molecule, has no stress: zeros.</param>
    /// <returns>[G, 3, 3], energy by volume.</returns>
    /// <exception cref="InvalidOperationException">Virials were not asked for.</exception>
    /// <exception cref="ArgumentException">There is not one cell for each molecule or crystal.</exception>
    public Tensor Stress(Tensor cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (Virials is null) throw new InvalidOperationException("The stress needs virials: evaluate with virials: true.");
        if (!cells.is_floating_point() || cells.shape is not [var count, 3, 3] || count != Virials.size(0))
        {
            throw new ArgumentException(
                $"The cells are {cells.dtype} [{string.Join(", ", cells.shape)}]; expected floating-point [{Virials.size(0)}, 3, 3], lattice vectors as rows.", nameof(cells));
        }

        using var scope = NewDisposeScope();
        Tensor volumes = cells.to(Virials.dtype, Virials.device).det().abs().view(-1, 1, 1), has = volumes.gt(0);
        // Never divided by zero: the derivative of what is not taken would be 0 · ∞.
        Tensor stress = Virials.neg().div(where(has, volumes, ones_like(volumes)));
        return where(has, stress, zeros_like(stress)).MoveToOuterDisposeScope();
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        AtomEnergies.Dispose();
        Energies.Dispose();
        Forces?.Dispose();
        Virials?.Dispose();
    }
}
