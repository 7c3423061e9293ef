using System.ComponentModel;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Functions of single scalars that follow polynomials. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Pointwise
{
    private static readonly Scalar Zero = 0.0;
    private static readonly Scalar One = 1.0;

    /// <summary>√s of squared lengths. What is shorter than 1e-12 has the length zero with derivatives of zero.</summary>
    /// <param name="squares">Squared lengths, of any shape.</param>
    public static Tensor Length(Tensor squares)
    {
        var isShort = squares.le(PortableHarmonics.ShortestSquare); // not "less": in half precision the bound itself is zero
        return squares.masked_fill(isShort, One).sqrt().masked_fill(isShort, Zero);
    }
}
