using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// Real spherical harmonics of a vector, e3nn's convention (l = 1 is (x, y, z), y is the polar axis). The method takes
/// <c>Tensor vectors</c> [..., 3] and returns [..., out].
/// </summary>
/// <param name="irreps">The harmonics to evaluate. Parity must be that of a vector input, (−1)^l.</param>
public sealed class SphericalHarmonicsAttribute([StringSyntax("Irreps")] string irreps) : OperationAttribute
{
    /// <summary>The harmonics to evaluate.</summary>
    public string Irreps { get; } = irreps;

    /// <summary>True: harmonics of the direction v/|v|. False: solid harmonics, which are |v|^l times these.</summary>
    public bool Normalize { get; set; } = true;

    /// <summary>Length of the harmonics of a unit vector.</summary>
    public Normalization Normalization { get; set; } = Normalization.Component;
}
