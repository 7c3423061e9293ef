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
    // Objects for all calls: an implicit Scalar can be collected while native code still reads it.
    private static readonly Scalar LogTwo = Math.Log(2), MinusOne = -1;
    private static readonly Scalar[] E3nnScalars = Scalars(MomentConstants.E3nn);
    private static readonly Scalar[] ExactScalars = Scalars(MomentConstants.Exact);
    private static readonly Scalar One = 1.0, Three = 3.0, Sixth = 1.0 / 6, Slope = 0.01, Cubic = 0.044715, Twice = 2 * Math.Sqrt(2 / Math.PI), MostOfTanh = 15.0, LeastOfTanh = -15.0,
        Half = 0.5, MinusRoot = -Math.Sqrt(0.5), MostOfErf = 40.0, LeastOfErf = -40.0;

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
        return Scaled(x, function, scaled ? (constants == MomentConstants.Exact ? ExactScalars : E3nnScalars)[(int)function] : null);
    }

    /// <summary>The function as it is, without a constant.</summary>
    /// <param name="x">Any floating-point tensor.</param>
    /// <param name="function">The function.</param>
    internal static Tensor Unscaled(Tensor x, ActivationFunction function) => Scaled(x, function, null);

    private static Tensor Scaled(Tensor x, ActivationFunction function, Scalar? constant)
    {
        using var scope = NewDisposeScope();
        Tensor y = Function(HalfPrecision.Widen(x), function);
        return HalfPrecision.Return(constant is null ? y : y.mul(constant), x.dtype);
    }

    private static Tensor Function(Tensor x, ActivationFunction function) => function switch
    {
        ActivationFunction.Silu => nn.functional.silu(x),
        ActivationFunction.Tanh => x.tanh(),
        ActivationFunction.Sigmoid => x.sigmoid(),
        ActivationFunction.Relu => x.relu(),
        ActivationFunction.Abs => x.abs(),
        ActivationFunction.Gelu => Gelu(x),
        ActivationFunction.GeluTanh => GeluTanh(x),
        ActivationFunction.Elu or ActivationFunction.Celu => x.celu(),
        ActivationFunction.Selu => x.selu(),
        ActivationFunction.LeakyRelu => x.leaky_relu(Slope),
        ActivationFunction.Softplus => x.neg().log_sigmoid().neg(), // torch's softplus is x from 20 on
        ActivationFunction.Softsign => x.div(x.abs().Plus(One)),
        ActivationFunction.Mish => nn.functional.mish(x),
        ActivationFunction.Hardtanh => where(x.abs().ge(One), x.sign(), x), // TorchSharp's hardtanh returns its argument
        ActivationFunction.Hardswish => x.mul(HardSigmoid(x)),
        ActivationFunction.Hardsigmoid => HardSigmoid(x),
        ActivationFunction.LogSigmoid => x.log_sigmoid(),
        ActivationFunction.Relu6 => x.relu6(),
        ActivationFunction.Sin => x.sin(),
        ActivationFunction.Cos => x.cos(),
        ActivationFunction.Square => x.square(),
        ActivationFunction.Erf => x.erf(),
        ActivationFunction.ShiftedSoftplus => ShiftedSoftplus(x),
        _ => x.alias(),
    };

    /// <summary>ln(1 + eˣ) − ln 2, near zero as −ln(1 − tanh(x/2)), which keeps the digits of small numbers.</summary>
    private static Tensor ShiftedSoftplus(Tensor x)
    {
        Tensor near = x.clamp(MinusOne, One).mul(Half).tanh().neg().log1p().neg(), far = x.neg().log_sigmoid().neg().sub(LogTwo);
        return where(x.abs().lt(One), near, far);
    }

    /// <summary>torch's own has no second derivative: asking for it ends the process.</summary>
    private static Tensor HardSigmoid(Tensor x) => x.Plus(Three).relu6().mul(Sixth);

    /// <summary>x Φ(x) = ½x erfc(−x/√2), which loses no digits where Φ is small. Beyond ±40 it is 0 or 1, while squares could overflow: torch's second derivatives of huge numbers are NaN.</summary>
    private static Tensor Gelu(Tensor x) => x.mul(x.clamp(LeastOfErf, MostOfErf).mul(MinusRoot).erfc().mul(Half));

    /// <summary>x σ(2y), y = √(2/π) (x + 0.044715 x³), which is ½x (1 + tanh y). Beyond ±15 the sigmoid is 0 or 1, while cubes could overflow: torch's derivatives of huge numbers are NaN.</summary>
    private static Tensor GeluTanh(Tensor x)
    {
        Tensor near = x.clamp(LeastOfTanh, MostOfTanh), cube = near.mul(near).mul(near);
        return x.mul(near.Plus(cube.mul(Cubic)).mul(Twice).sigmoid());
    }

    private static Scalar[] Scalars(MomentConstants constants) =>
        [.. Enum.GetValues<ActivationFunction>().Select(function => Moments.Constant(function, constants).ToScalar())];
}
