using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// The gate nonlinearity: scalars pass through an activation function; every other irrep is multiplied by its own activated scalar,
/// the gate. The method takes [..., in] and returns [..., out] with in = scalars + gates + gated, sorted and simplified
/// (<c>"@Method.Input"</c>), and out = scalars + gated, as in <c>e3nn.nn.Gate</c>.
/// </summary>
/// <param name="scalars">The scalars that are activated; l = 0 only.</param>
/// <param name="gated">The irreps that are multiplied by gates.</param>
public sealed class GateAttribute([StringSyntax("Irreps")] string scalars, [StringSyntax("Irreps")] string gated) : OperationAttribute
{
    /// <summary>The scalars that are activated.</summary>
    public string Scalars { get; } = scalars;

    /// <summary>The irreps that are multiplied by gates.</summary>
    public string Gated { get; } = gated;

    /// <summary>The gates: one scalar per gated irrep; by default, even scalars.</summary>
    [StringSyntax("Irreps")]
    public string? Gates { get; set; }

    /// <summary>Function for even scalars.</summary>
    public ActivationFunction EvenScalars { get; set; } = ActivationFunction.Silu;

    /// <summary>Function for odd scalars; must be odd or even, otherwise the result has no parity.</summary>
    public ActivationFunction OddScalars { get; set; } = ActivationFunction.Tanh;

    /// <summary>Function for even gates.</summary>
    public ActivationFunction EvenGates { get; set; } = ActivationFunction.Sigmoid;

    /// <summary>Function for odd gates; must be odd or even.</summary>
    public ActivationFunction OddGates { get; set; } = ActivationFunction.Tanh;

    /// <summary>One function for each entry of the scalars as written, instead of <see cref="EvenScalars"/> and <see cref="OddScalars"/>; those of odd scalars must be odd or even.</summary>
    public ActivationFunction[]? ScalarFunctions { get; set; }

    /// <summary>One function for each entry of <see cref="Gates"/> as written, or without these of the gated irreps, instead of <see cref="EvenGates"/> and <see cref="OddGates"/>.</summary>
    public ActivationFunction[]? GateFunctions { get; set; }

    /// <summary>Which constants scale the functions to unit second moment.</summary>
    public MomentConstants Constants { get; set; } = MomentConstants.Exact;
}
