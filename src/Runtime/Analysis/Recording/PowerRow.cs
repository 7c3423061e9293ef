namespace E3Gen.Analysis;

/// <summary>
/// One measured power: of a segment of an operation's features or of the weights of one of its paths, or of their gradients, in one step.
/// </summary>
/// <param name="Step">The argument of <see cref="Recorder.Step"/>.</param>
/// <param name="Operation">
/// The operation: the path of its module and its method, such as "layers.0.first.Convolve".
/// </param>
/// <param name="Kind">The attribute that declares it, such as "Convolution".</param>
/// <param name="Quantity">What was measured: one of <see cref="Quantities"/>.</param>
/// <param name="Index">Position of the segment among the operation's output irreps, or of the path among its weighted paths.</param>
/// <param name="Part">The segment, such as "16x1o", or the path, such as "16x0e × 1x1o → 16x1o".</param>
/// <param name="Irrep">The segment's irrep, or the output irrep of a path.</param>
/// <param name="Channels">Copies of the irrep in the segment, or the number of weights of a path.</param>
/// <param name="Rows">
/// Number of rows in the mean, over all calls of the step: nodes, edges, samples; 1 for a module's own weights.
/// </param>
/// <param name="Power">
/// For features and their gradients, the mean over rows and copies of |x|² = Σ_m x_m²; for weights and theirs, the mean square. NaN
/// without rows, or if a NaN was measured.
/// </param>
/// <param name="PowerPerComponent">Power/(2l+1) for features and their gradients; the power itself for weights and theirs.</param>
/// <param name="Gain">
/// For features, power per component relative to the mean square of the operation's first argument; null for gradients and weights,
/// and for spherical harmonics, whose size is not proportional to that of their argument.
/// </param>
public sealed record PowerRow(
    long Step, string Operation, string Kind, Quantities Quantity, int Index, string Part, Irrep Irrep, long Channels, long Rows,
    double Power, double PowerPerComponent, double? Gain)
{
    /// <summary>Degree of <see cref="Irrep"/>.</summary>
    public int L => Irrep.L;

    /// <summary>Parity of <see cref="Irrep"/>: 1 even, −1 odd.</summary>
    public int Parity => Irrep.Parity;
}
