namespace E3Gen.Kernels;

/// <summary>Factors that scale functions of a standard normal number to a second moment of one (e3nn's <c>normalize2mom</c>).</summary>
internal static class Moments
{
    /// <summary>e3nn does not scale a function whose constant is this close to one.</summary>
    private const double Negligible = 1e-4;

    /// <summary>
    /// ⟨f²⟩^−½ in the order of <see cref="ActivationFunction"/>. Exact: by quadrature with 40 digits. E3nn: the estimate over torch's 10⁶ normal samples in float64 for seed 0, as e3nn computes it;
    /// it includes the sampling noise, since e3nn checkpoints were trained with it. Those that e3nn 0.5.6 with torch 1.13 gave are marked with a star; the others are of the same samples.
    /// </summary>
    private static readonly (double Exact, double E3nn)[] Constants =
    [
        (1.676532470331091, 1.6791767923989418), // Silu*
        (1.5925374197228315, 1.5937334472592695), // Tanh*
        (1.8462285453386054, 1.8467055342154763), // Sigmoid*
        (1.4142135623730951, 1.4163393446331365), // Relu*
        (1, 1.001110600838467), // Abs*
        (1, 1.001110600838467), // Identity*
        (1.5335304411955353, 1.5360642850770576), // Gelu*
        (1.533580521666147, 1.5361148025478055), // GeluTanh
        (1.2451983007007066, 1.2467863885570512), // Elu*
        (1, 1.001049225017453), // Selu*
        (1.2451983007007066, 1.2467863885570512), // Celu
        (1.4141428569978354, 1.4162684218969974), // LeakyRelu*
        (1.0418668355353018, 1.0426436590527184), // Softplus*
        (2.3375333631085398, 2.3392611687241081), // Softsign
        (1.486847581273208, 1.4891609082630328), // Mish
        (1.3920361404483097, 1.3930115285700408), // Hardtanh
        (1.7366572127665416, 1.7392820593403751), // Hardswish
        (1.897840424729559, 1.8982700190934345), // Hardsigmoid
        (1.0418668355353018, 1.0422056251224927), // LogSigmoid
        (1.4142135650950736, 1.4163393446331365), // Relu6
        (1.5208666231788148, 1.5218334864623193), // Sin*
        (1.327250600284575, 1.326609063570005), // Cos*
        (0.5773502691896257, 0.5779851362666192), // Square*
        (1.4671669504891387, 1.4681896754316086), // Erf
        (1.8755962561350417, 1.878204668541552), // ShiftedSoftplus*
    ];

    /// <summary>The factor c = ⟨f(z)²⟩^−½.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is none of its enumeration's values.</exception>
    public static double Constant(ActivationFunction function, MomentConstants constants)
    {
        var (exact, e3nn) = Enum.IsDefined(function)
            ? Constants[(int)function]
            : throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function.");
        return constants switch
        {
            MomentConstants.Exact => exact,
            MomentConstants.E3nn => e3nn,
            _ => throw new ArgumentOutOfRangeException(nameof(constants), constants, "Unknown constants."),
        };
    }

    /// <summary>The constant with which the function is applied: 1 where it is as good as that.</summary>
    public static double Scale(ActivationFunction function, MomentConstants constants)
    {
        double constant = Constant(function, constants);
        return Math.Abs(constant - 1) >= Negligible ? constant : 1;
    }
}
