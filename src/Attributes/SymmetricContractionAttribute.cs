using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// MACE's symmetric contraction (Batatia et al., 2022, eq. 10): products of up to <see cref="Correlation"/> factors of the argument, coupled to the
/// irreps of the result along every path, with a weight for each path, element and copy. Copies u do not mix, so all irreps of argument and
/// result have the same multiplicity. The method takes <c>Tensor x</c> of shape [..., in] and, for more than one element (<see cref="Elements"/>),
/// <c>Tensor species</c>, integers of shape [...], and returns [..., out].
/// </summary>
/// <remarks>
/// Weights are ordered as in MACE: for each irrep of the result, from the highest number of factors to the lowest, [elements, paths, copies]. They are
/// drawn from a normal distribution with standard deviation 1/paths, as in MACE. Many paths vanish or are linearly dependent, because couplings are
/// not symmetrised; this, too, agrees with MACE.
/// </remarks>
/// <param name="input">Irreps of the argument.</param>
/// <param name="output">Irreps of the result.</param>
public sealed class SymmetricContractionAttribute([StringSyntax("Irreps")] string input, [StringSyntax("Irreps")] string output) : OperationAttribute
{
    /// <summary>Irreps of the argument.</summary>
    public string Input { get; } = input;

    /// <summary>Irreps of the result.</summary>
    public string Output { get; } = output;

    /// <summary>The largest number of factors, 1 to 4 (the body order minus one).</summary>
    public int Correlation { get; set; } = 3;

    /// <summary>Number of elements, each with its own weights; with 1 the method takes no species.</summary>
    public int Elements { get; set; } = 1;
}
