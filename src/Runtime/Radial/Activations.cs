using E3Gen.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// Pointwise functions of scalars, scaled so that a standard normal input gives a second moment of one: c·f(x) with c = ⟨f(z)²⟩^−½, z ~
/// N(0, 1) (e3nn's <c>normalize2mom</c>). Layers then neither amplify nor damp signals at initialisation.
/// </summary>
public static class Activations
{
    // One object for all calls: an implicit Scalar can be collected while native code still reads it.
    private static readonly Scalar[] E3nnScalars = Scalars(MomentConstants.E3nn);
    private static readonly Scalar[] ExactScalars = Scalars(MomentConstants.Exact);

    /// <summary>The factor c that scales a function to unit second moment.</summary>
    /// <param name="function">The function.</param>
    /// <param name="constants">Exact constants, or e3nn's estimates.</param>
    /// <returns>c = ⟨f(z)²⟩^−½.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is none of its enumeration's values.</exception>
    public static double Constant(ActivationFunction function, MomentConstants constants) => Moments.Constant(function, constants);

    /// <summary>Applies a scaled function: c·f(x). As in e3nn, a constant within 10⁻⁴ of one is omitted.</summary>
    /// <param name="x">Any floating-point tensor.</param>
    /// <param name="function">The function.</param>
    /// <param name="constants">Exact constants, or e3nn's estimates.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is none of its enumeration's values.</exception>
    public static Tensor Apply(Tensor x, ActivationFunction function, MomentConstants constants = MomentConstants.Exact)
    {
        ArgumentNullException.ThrowIfNull(x);
        bool scaled = Moments.Scale(function, constants) != 1;
        using var scope = NewDisposeScope();
        Tensor wide = HalfPrecision.Widen(x);
        Tensor y = function switch
        {
            ActivationFunction.Silu => nn.functional.silu(wide),
            ActivationFunction.Tanh => wide.tanh(),
            ActivationFunction.Sigmoid => wide.sigmoid(),
            ActivationFunction.Relu => wide.relu(),
            ActivationFunction.Abs => wide.abs(),
            _ => wide.alias(),
        };
        return HalfPrecision.Return(scaled ? y.mul((constants == MomentConstants.Exact ? ExactScalars : E3nnScalars)[(int)function]) : y, x.dtype);
    }

    private static Scalar[] Scalars(MomentConstants constants) =>
        [.. Enum.GetValues<ActivationFunction>().Select(function => Moments.Constant(function, constants).ToScalar())];
}
