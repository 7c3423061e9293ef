using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// MACE's symmetric contraction (Batatia et al., 2022, eq. 10): products of up to <see cref="Correlation"/> copies of the argument, coupled to the irreps of
/// the result in every way that there is, each with a weight for every element and copy. Copies u are kept apart, so that all irreps of argument and
/// result have one multiplicity. The method takes <c>Tensor x</c> of shape [..., in] and, where there are <see cref="Elements"/>, <c>Tensor species</c>,
/// whole numbers of shape [...], and returns [..., out].
/// </summary>
/// <remarks>
/// The weights lie as MACE's do: for each irrep of the result, from the highest number of factors to the lowest, [elements, paths, copies]. They are
/// drawn from a normal distribution of deviation 1/paths, as there. Many paths vanish or depend on each other, because couplings are not symmetrised;
/// this, too, is as there.
/// </remarks>
/// <param name="input">Irreps of the argument.</param>
/// <param name="output">Irreps of the result.</param>
public sealed class SymmetricContractionAttribute([StringSyntax("Irreps")] string input, [StringSyntax("Irreps")] string output) : OperationAttribute
{
    /// <summary>Irreps of the argument.</summary>
    public string Input { get; } = input;

    /// <summary>Irreps of the result.</summary>
    public string Output { get; } = output;

    /// <summary>The most factors that are multiplied, 1 to 4 (the body order less one).</summary>
    public int Correlation { get; set; } = 3;

    /// <summary>Number of elements with weights of their own; with 1 the method takes no species.</summary>
    public int Elements { get; set; } = 1;
}
