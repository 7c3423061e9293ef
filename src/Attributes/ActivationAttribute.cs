using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// Activates scalars: <c>z = c f(x)</c> for every component of l = 0, with c for unit second moment, and leaves other irreps as they are, as in <c>e3nn.nn.Activation</c>. The method takes
/// [..., in] and returns [..., in]; an even function turns odd scalars into even ones, an odd function keeps them, and others are errors there.
/// </summary>
/// <param name="input">Irreps of the argument.</param>
/// <param name="functions">
/// One function for each entry of the irreps as written; <see cref="ActivationFunction.Identity"/> is e3nn's <c>None</c>: it copies without a constant, and is what irreps with l &gt; 0 have.
/// Without any, <see cref="EvenScalars"/> and <see cref="OddScalars"/> say what becomes of scalars, and all else is copied.
/// </param>
public sealed class ActivationAttribute([StringSyntax("Irreps")] string input, params ActivationFunction[] functions) : OperationAttribute
{
    /// <summary>Irreps of the argument.</summary>
    public string Input { get; } = input;

    /// <summary>The function of each entry; empty for those of <see cref="EvenScalars"/> and <see cref="OddScalars"/>.</summary>
    public ActivationFunction[] Functions { get; } = functions;

    /// <summary>Function for even scalars.</summary>
    public ActivationFunction EvenScalars { get; set; } = ActivationFunction.Silu;

    /// <summary>Function for odd scalars; must be odd or even, otherwise the result has no parity.</summary>
    public ActivationFunction OddScalars { get; set; } = ActivationFunction.Tanh;

    /// <summary>Which constants scale the functions to unit second moment.</summary>
    public MomentConstants Constants { get; set; } = MomentConstants.Exact;
}
