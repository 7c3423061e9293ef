using Xunit.Abstractions;

namespace E3Gen.Tests;

public class SolidHarmonicsTests(ITestOutputHelper output)
{
    private static readonly ReferenceFile Reference = new("spherical_harmonics");

    [Theory]
    [InlineData("norm")]
    [InlineData("component")]
    [InlineData("integral")]
    public void UnitVectorsGiveTheReferenceValues(string normalization)
    {
        double[] x = Reference.Doubles("x");
        double worst = 0;
        for (int l = 0; l <= SolidHarmonics.MaxL; l++)
        {
            double[] expected = Reference.Doubles($"normalize_true/{normalization}/l{l}");
            double factor = Factor(normalization, l);
            for (int n = 0; n < x.Length / 3; n++)
            {
                double a = x[3 * n], b = x[3 * n + 1], c = x[3 * n + 2], r = Math.Sqrt(a * a + b * b + c * c);
                for (int m = 0; m < 2 * l + 1; m++)
                {
                    double actual = factor * SolidHarmonics.Of(l)[m].Evaluate(a / r, b / r, c / r);
                    worst = Math.Max(worst, Math.Abs(actual - expected[n * (2 * l + 1) + m]));
                }
            }
        }
        output.WriteLine($"{normalization}: worst difference {worst:E1}");
        Assert.InRange(worst, 0, 1e-12);
    }

    [Fact]
    public void VectorsOfAnyLengthGiveTheReferenceValues()
    {
        double[] x = Reference.Doubles("x");
        for (int l = 0; l <= 4; l++)
        {
            double[] expected = Reference.Doubles($"normalize_false/component/l{l}");
            for (int i = 0; i < expected.Length; i++)
            {
                int n = i / (2 * l + 1);
                Polynomial y = SolidHarmonics.Of(l)[i % (2 * l + 1)];
                double actual = SolidHarmonics.ComponentFactor(l).ToDouble() * y.Evaluate(x[3 * n], x[3 * n + 1], x[3 * n + 2]);
                Assert.InRange(Math.Abs(actual - expected[i]), 0, 1e-12 * Math.Max(1, Math.Abs(expected[i])));
            }
        }
    }

    [Fact]
    public void EveryPolynomialIsHomogeneousAndHarmonic()
    {
        for (int l = 0; l <= SolidHarmonics.MaxL; l++)
        {
            Assert.Equal(2 * l + 1, SolidHarmonics.Of(l).Count);
            foreach (Polynomial y in SolidHarmonics.Of(l))
            {
                Assert.All(y.Terms, t => Assert.Equal(l, t.X + t.Y + t.Z));
                Assert.Equal(1, y.Prefactor.Sign);
                double laplacian = Enumerable.Range(0, 3).Sum(axis => y.Derivative(axis).Derivative(axis).Evaluate(1, 2, -3));
                double scale = Enumerable.Range(0, 3).Sum(axis => Math.Abs(y.Derivative(axis).Derivative(axis).Evaluate(1, 2, -3)));
                Assert.InRange(Math.Abs(laplacian), 0, 1e-12 * (1 + scale));
            }
        }
    }

    [Theory]
    [InlineData(0, 0, "1")]
    [InlineData(1, 0, "x")]
    [InlineData(1, 1, "y")]
    [InlineData(1, 2, "z")]
    [InlineData(2, 0, "√3·x·z")]
    [InlineData(2, 2, "1/2·(-x² + 2y² - z²)")]
    [InlineData(2, 4, "√3/2·(-x² + z²)")]
    [InlineData(3, 3, "1/2·(-3x²·y + 2y³ - 3y·z²)")]
    public void PolynomialsPrintAsMathematics(int l, int component, string expected)
        => Assert.Equal(expected, SolidHarmonics.Of(l)[component].ToString());

    [Fact]
    public void DerivativesLowerTheDegree()
    {
        Polynomial y = SolidHarmonics.Of(2)[2];
        Assert.Equal("-x", y.Derivative(0).ToString());
        Assert.Equal("2·y", y.Derivative(1).ToString());
        Assert.Equal("0", SolidHarmonics.Of(1)[0].Derivative(1).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => y.Derivative(3));
    }

    [Fact]
    public void DegreesWithoutPolynomialsAreNamed()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => SolidHarmonics.Of(12));
        Assert.Contains("0 to 11, not for l = 12", error.Message, StringComparison.Ordinal);
    }

    private static double Factor(string normalization, int l) => normalization switch
    {
        "component" => SolidHarmonics.ComponentFactor(l).ToDouble(),
        "integral" => SolidHarmonics.IntegralFactor(l),
        _ => 1,
    };
}
