namespace E3Gen.Polynomials;

/// <summary>
/// An equivariant operation as polynomials over the segments of its inputs: a list of paths with exact coefficients. Linear maps, tensor
/// products, convolutions, squares and symmetric contractions have this form, and so do all of their derivatives.
/// </summary>
/// <remarks>The idea of a polynomial over segments is from cuEquivariance.</remarks>
public sealed record SegmentedPolynomial
{
    /// <param name="inputs">What is given.</param>
    /// <param name="outputs">What is computed.</param>
    /// <param name="paths">The terms.</param>
    /// <exception cref="ArgumentException">A path that does not fit its operands.</exception>
    public SegmentedPolynomial(IEnumerable<Operand> inputs, IEnumerable<Operand> outputs, IEnumerable<Path> paths)
    {
        (Inputs, Outputs, Paths) = (inputs.ToEquatable(), outputs.ToEquatable(), paths.ToEquatable());
        foreach (var path in Paths)
        {
            PathShape.Check(this, path);
        }
    }

    /// <summary>What is given.</summary>
    public EquatableArray<Operand> Inputs { get; }

    /// <summary>What is computed.</summary>
    public EquatableArray<Operand> Outputs { get; }

    /// <summary>The terms.</summary>
    public EquatableArray<Path> Paths { get; }

    /// <summary>The segment that a factor multiplies.</summary>
    public Segment InputSegment(Slot factor) => Inputs[factor.Operand].Segments[factor.Segment];

    /// <summary>The segment that a result is added to.</summary>
    public Segment OutputSegment(Slot result) => Outputs[result.Operand].Segments[result.Segment];

    /// <summary>In readable form: the operands, then a line for each path.</summary>
    public override string ToString() => PolynomialText.Of(this);
}
