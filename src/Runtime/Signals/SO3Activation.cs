using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// A pointwise function of a signal on the group of rotations, as <c>e3nn.nn.SO3Activation</c>: evaluates the coefficients on an <see cref="SO3Grid"/>, applies the function, scaled to unit
/// second moment, and takes the coefficients of the result. No parameters. Equivariant up to the grid only, as <see cref="S2Activation"/>; inversion does not act on the group of rotations, so all
/// irreps are even. For lmaxOut ≠ lmaxIn the factors are e3nn's: those of the grid of each.
/// </summary>
public sealed class SO3Activation : nn.Module<Tensor, Tensor>
{
    private readonly ActivationFunction _function;
    private readonly MomentConstants _constants;

    /// <summary>Makes the tables.</summary>
    /// <param name="lmaxIn">Largest degree of the argument, 0 … 11.</param>
    /// <param name="lmaxOut">Largest degree of the result, 0 … 11.</param>
    /// <param name="function">The function.</param>
    /// <param name="resolution">Half of the number of points in β.</param>
    /// <param name="aspect">Points in α and γ to points in β.</param>
    /// <param name="constants">Which constants scale the function.</param>
    /// <exception cref="ArgumentException">A degree is out of range, a resolution not positive, or function or constants are none.</exception>
    public SO3Activation(
        int lmaxIn, int lmaxOut, ActivationFunction function, int resolution, double aspect = 2, MomentConstants constants = MomentConstants.Exact)
        : base(nameof(SO3Activation))
    {
        _ = Activations.Constant(function, constants);
        (_function, _constants) = (function, constants);
        (GridIn, GridOut) = (new SO3Grid(lmaxIn, resolution, aspect), new SO3Grid(lmaxOut, resolution, aspect));
        (IrrepsIn, IrrepsOut) = (Of(lmaxIn), Of(lmaxOut));
    }

    /// <summary>Irreps of the argument: 1x0e+3x1e+5x2e+…</summary>
    public Irreps IrrepsIn { get; }

    /// <summary>Irreps of the result.</summary>
    public Irreps IrrepsOut { get; }

    /// <summary>The grid on which the argument is evaluated.</summary>
    public SO3Grid GridIn { get; }

    /// <summary>The same points with the degrees of the result.</summary>
    public SO3Grid GridOut { get; }

    /// <summary>Applies the function.</summary>
    /// <param name="x">[..., <see cref="IrrepsIn"/>].</param>
    /// <returns>[..., <see cref="IrrepsOut"/>].</returns>
    /// <exception cref="ArgumentException">The last axis or the type does not fit.</exception>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return GridOut.FromGrid(Activations.Apply(GridIn.ToGrid(x), _function, _constants)).MoveToOuterDisposeScope();
    }

    private static Irreps Of(int lmax) => new(Enumerable.Range(0, lmax + 1).Select(l => new MulIrrep((2 * l) + 1, new Irrep(l, 1))));

    /// <summary>Does nothing: there is nothing to register.</summary>
    protected override void RegisterComponents()
    {
    }
}
