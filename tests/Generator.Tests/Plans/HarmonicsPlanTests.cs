using E3Gen.Generator.Planning;
using E3Gen.Polynomials;
using E3Gen.Tests;

namespace E3Gen.Generator.Tests.Plans;

/// <summary>The recursion of spherical harmonics, step by step from Y_1 = r, gives e3nn's numbers up to the highest degree.</summary>
public class HarmonicsPlanTests
{
    private static readonly ReferenceFile File = new("spherical_harmonics");

    [Fact]
    public void Harmonics_of_directions()
    {
        var vectors = Rows.Of(File, "x");
        var directions = Enumerable.Range(0, (int)File.Shape("x")[0]).Select(i => Normalized(vectors(i))).ToList();
        var harmonics = directions;
        for (int l = 2; l <= Wigner3j.MaxL; l++)
        {
            var step = HarmonicsPlanner.Step(l);
            harmonics = [.. harmonics.Zip(directions, (lower, r) => step.Evaluate([lower, r])[0])];
            Rows.AssertClose(File.Doubles($"normalize_true/norm/l{l}"), [.. harmonics.SelectMany(y => y)], 1e-12, $"Y{l}");
        }
    }

    [Fact]
    public void Factor_of_component_normalisation()
    {
        for (int l = 0; l <= Wigner3j.MaxL; l++)
        {
            double factor = HarmonicsPlanner.Factor(l, Normalization.Component).ToDouble();
            double[] unit = File.Doubles($"normalize_true/norm/l{l}");
            Rows.AssertClose(File.Doubles($"normalize_true/component/l{l}"), [.. unit.Select(y => factor * y)], 1e-12, $"Y{l}");
        }
    }

    private static double[] Normalized(double[] vector)
    {
        double length = Math.Sqrt(vector.Sum(x => x * x));
        return [.. vector.Select(x => x / length)];
    }
}
