using E3Gen.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// A pointwise function of a signal on the sphere, as <c>e3nn.nn.S2Activation</c>: evaluates the harmonics' coefficients on a grid, applies the function to every value, and takes the
/// coefficients of the result: A^j = ∫ φ(Σ_l A^l · Y^l(x)) Y^j(x) dx. No parameters.
/// </summary>
/// <remarks>
/// Equivariant up to the grid only: φ of a signal has all degrees, and those beyond the grid's are taken for lower ones. The error falls with the resolution, fast for smooth functions, slowly
/// for those with a kink. It is exact for polynomials φ where N and M are above (degree of φ)·lmax + lmaxOut. Therefore the compiler does not take a module that uses it for proven: say
/// <c>.AssumeIrreps(…)</c> of the result, or <c>[AssumeEquivariant("…")]</c> of the method. Inversion is exact on grids with even M.
/// <example><code>
/// var activation = new S2Activation("0e + 1o + 2e + 3o", ActivationFunction.Tanh, beta: 20);
/// Tensor y = activation.forward(x);   // [..., 16] → [..., 16]
/// </code></example>
/// </remarks>
public sealed class S2Activation : nn.Module<Tensor, Tensor>
{
    private readonly ActivationFunction _function;
    private readonly MomentConstants _constants;
    private readonly bool _randomRotation;
    private readonly ToS2Grid _toGrid;
    private readonly FromS2Grid _fromGrid;

    /// <summary>Makes the tables.</summary>
    /// <param name="irreps">
    /// Those of a signal on the sphere: one of each degree 0 … lmax, with the parities p_val·p_arg^l of <see cref="SphericalTensor"/>.
    /// </param>
    /// <param name="function">φ, scaled to unit second moment.</param>
    /// <param name="beta">N, e3nn's <c>res</c>: even, at least 2(lmax+1).</param>
    /// <param name="alpha">M; where null, max(2·lmax+1, N−1).</param>
    /// <param name="normalization">See <see cref="ToS2Grid"/>.</param>
    /// <param name="lmaxOut">Largest degree of the result; that of the argument where null.</param>
    /// <param name="constants">Which constants scale the function.</param>
    /// <param name="randomRotation">Turn the grid at random in each call, so that its errors average out; degrees up to 11.</param>
    /// <exception cref="ArgumentException">
    /// The irreps are not those of a signal; the signal's values are odd and the function neither odd nor even, so the result would have no parity; N is odd or too small for a degree.
    /// </exception>
    public S2Activation(
        Irreps irreps,
        ActivationFunction function,
        int beta,
        int? alpha = null,
        Normalization normalization = Normalization.Component,
        int? lmaxOut = null,
        MomentConstants constants = MomentConstants.Exact,
        bool randomRotation = false)
        : base(nameof(S2Activation))
    {
        SignalIrreps signal = SignalIrreps.Of(irreps, nameof(irreps));
        (_function, _constants, _randomRotation) = (function, constants, randomRotation);
        // One grid for both ways: the default of M is that of the larger degree.
        S2Grid grid = S2Grid.For(Math.Max(signal.MaxL, lmaxOut ?? 0), beta, alpha);
        _toGrid = new ToS2Grid(signal.MaxL, grid.Beta, grid.Alpha, normalization);
        _fromGrid = new FromS2Grid(lmaxOut ?? signal.MaxL, grid.Beta, grid.Alpha, normalization, signal.MaxL);
        int value = signal.ValueParity > 0 ? 1 : Parity(function, constants);
        if (value == 0)
        {
            throw new ArgumentException(
                $"The values of the signal {irreps} change sign under inversion, and {function} is neither odd nor even: its result would have no parity. "
                + "Take an odd function, such as Tanh, or an even one, such as Abs.",
                nameof(function));
        }
        IrrepsIn = signal.ToIrreps();
        IrrepsOut = new SignalIrreps(_fromGrid.MaxL, value, signal.ArgumentParity).ToIrreps();
    }

    /// <summary>Irreps of the argument, one of each degree.</summary>
    public Irreps IrrepsIn { get; }

    /// <summary>
    /// Irreps of the result: of the argument's p_arg, and its p_val where that is even or the function odd. An even function makes odd values even.
    /// </summary>
    public Irreps IrrepsOut { get; }

    /// <summary>The grid on which the function is applied.</summary>
    public S2Grid Grid => _toGrid.Grid;

    /// <summary>Applies the function.</summary>
    /// <param name="x">[..., <see cref="IrrepsIn"/>].</param>
    /// <returns>[..., <see cref="IrrepsOut"/>].</returns>
    /// <exception cref="ArgumentException">The last axis or the type does not fit.</exception>
    public override Tensor forward(Tensor x)
    {
        Check.Features(x, IrrepsIn.Dim, IrrepsIn.ToString(), nameof(S2Activation));
        using var scope = NewDisposeScope();
        Tensor wide = HalfPrecision.Widen(x);
        if (!_randomRotation)
            return HalfPrecision.Return(Apply(wide), x.dtype);
        Tensor rotation = O3.RandomRotation(dtype: wide.dtype, device: wide.device);
        Tensor turned = Apply(wide.matmul(O3.WignerD(IrrepsIn, rotation).t()));
        return HalfPrecision.Return(turned.matmul(O3.WignerD(IrrepsOut, rotation)), x.dtype);
    }

    private Tensor Apply(Tensor x) => _fromGrid.forward(Activations.Apply(_toGrid.forward(x), _function, _constants));

    /// <summary>+1 for an even function, −1 for an odd one, 0 for others: by its values, as e3nn does.</summary>
    private static int Parity(ActivationFunction function, MomentConstants constants)
    {
        double[] points = [.. Enumerable.Range(0, 256).Select(i => 10 * i / 255.0)];
        double[] At(double sign) => S2Tables.Values(() => Activations.Apply(tensor(points.Select(x => sign * x).ToArray(), float64), function, constants));
        double[] right = At(1), left = At(-1);
        double limit = 1e-10 * right.Max(Math.Abs);
        return right.Zip(left).All(v => Math.Abs(v.First - v.Second) < limit) ? 1
            : right.Zip(left).All(v => Math.Abs(v.First + v.Second) < limit) ? -1 : 0;
    }

    /// <summary>Does nothing: there is nothing to register.</summary>
    protected override void RegisterComponents()
    {
    }
}
