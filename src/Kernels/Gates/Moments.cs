namespace E3Gen.Kernels;

/// <summary>Factors that scale functions of a standard normal number to a second moment of one (e3nn's <c>normalize2mom</c>).</summary>
internal static class Moments
{
    /// <summary>e3nn does not scale a function whose constant is this close to one.</summary>
    private const double Negligible = 1e-4;

    /// <summary>
    /// e3nn's estimates, in the order of <see cref="ActivationFunction"/>: ⟨f²⟩^−½ over 10⁶ normal samples of torch's generator with seed 0
    /// (e3nn 0.5.6, torch 1.13, float64). They include the sampling noise, since e3nn checkpoints were trained with it.
    /// </summary>
    private static readonly double[] E3nn =
        [1.6791767923989418, 1.5937334472592695, 1.8467055342154763, 1.4163393446331365, 1.001110600838467, 1.001110600838467];

    private static readonly double[] Exact = [.. Enum.GetValues<ActivationFunction>().Select(function =>
        1 / Math.Sqrt(SecondMoment(function)))];

    /// <summary>The factor c = ⟨f(z)²⟩^−½.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is none of its enumeration's values.</exception>
    public static double Constant(ActivationFunction function, MomentConstants constants) => Table(constants)[Index(function)];

    /// <summary>The constant with which the function is applied: 1 where it is as good as that.</summary>
    public static double Scale(ActivationFunction function, MomentConstants constants)
    {
        double constant = Constant(function, constants);
        return Math.Abs(constant - 1) >= Negligible ? constant : 1;
    }

    private static double[] Table(MomentConstants constants) => constants switch
    {
        MomentConstants.Exact => Exact,
        MomentConstants.E3nn => E3nn,
        _ => throw new ArgumentOutOfRangeException(nameof(constants), constants, "Unknown constants."),
    };

    private static int Index(ActivationFunction function) => Enum.IsDefined(function)
        ? (int)function
        : throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function.");

    /// <summary>
    /// ⟨f(z)²⟩. For functions analytic in a strip around the real axis (tanh's nearest pole is at iπ/2) the trapezoidal rule over the real
    /// line converges exponentially, with an error of exp(−2π·width/step), below double precision. The squares of the others are
    /// a parabola or half of one.
    /// </summary>
    private static double SecondMoment(ActivationFunction function)
    {
        const double Step = 1.0 / 32, Range = 12;
        Func<double, double>? analytic = function switch
        {
            ActivationFunction.Silu => x => x / (1 + Math.Exp(-x)),
            ActivationFunction.Tanh => Math.Tanh,
            ActivationFunction.Sigmoid => x => 1 / (1 + Math.Exp(-x)),
            _ => null,
        };
        if (analytic is null) return function == ActivationFunction.Relu ? 0.5 : 1;
        double sum = 0;
        for (double x = -Range; x <= Range; x += Step) sum += analytic(x) * analytic(x) * Math.Exp(-x * x / 2);
        return sum * Step / Math.Sqrt(2 * Math.PI);
    }
}
