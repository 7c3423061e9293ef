using E3Gen.Polynomials;

namespace E3Gen.Generator.Planning;

/// <summary>The variances that a product assumes of its inputs and gives its output (e3nn's in1_var, in2_var, out_var): one for each segment; all 1 where there are none.</summary>
/// <param name="Input1">Of the first input.</param>
/// <param name="Input2">Of the second input.</param>
/// <param name="Output">Of the result.</param>
public sealed record Variances(EquatableArray<double> Input1, EquatableArray<double> Input2, EquatableArray<double> Output)
{
    /// <summary>1 for all.</summary>
    public static Variances One { get; } = new(new double[0].ToEquatable(), new double[0].ToEquatable(), new double[0].ToEquatable());

    internal static Fraction Of(EquatableArray<double> variances, int segment) => variances.Count == 0 ? 1 : Fraction.Of(variances[segment]);
}
