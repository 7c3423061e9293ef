namespace E3Gen.Generator.Model;

/// <summary>A function of single scalars that follows a polynomial; the runtime's <c>Pointwise</c> has the same names.</summary>
public enum PointwiseFunction
{
    /// <summary>√s of a squared length, with a derivative of zero at zero.</summary>
    Length,
}
