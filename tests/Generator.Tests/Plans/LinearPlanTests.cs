using System.Text.Json;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;
using E3Gen.Tests;

namespace E3Gen.Generator.Tests.Plans;

/// <summary>Plans of linear maps give e3nn's numbers, and so do their derivatives.</summary>
public class LinearPlanTests
{
    private static readonly ReferenceFile File = new("layers");

    [Theory]
    [InlineData("linear.plain")]
    [InlineData("linear.per_sample")]
    public void Value_and_gradients(string name)
    {
        var description = JsonDocument.Parse(File.Metadata($"case.{name}")).RootElement;
        var plan = LinearPlanner.Plan(description.GetProperty("irreps_in").GetString()!, description.GetProperty("irreps_out").GetString()!);
        int rows = (int)File.Shape($"{name}/x")[0];
        var given = new[] { "x", "weight" }.Select(f => Rows.Of(File, $"{name}/{f}")).ToList();
        var cotangent = Rows.Of(File, $"{name}/cotangent");
        var gradient = plan.Gradient(0, 1);
        double[][][] Evaluate(SegmentedPolynomial polynomial, params Func<int, double[]>[] more) =>
            [.. Enumerable.Range(0, rows).Select(row => polynomial.Evaluate([.. given.Concat(more).Select(g => g(row))]))];

        Compare("out", [.. Evaluate(plan).Select(r => r[0])]);
        var gradients = Evaluate(gradient, cotangent);
        Compare("grad_x", [.. gradients.Select(r => r[0])]);
        double[][] byRow = [.. gradients.Select(r => r[1])];
        Compare("grad_weight", File.Shape($"{name}/grad_weight").Length == 1 ? [Rows.Sum(byRow)] : byRow);

        void Compare(string field, double[][] actual) => Rows.AssertClose(File.Doubles($"{name}/{field}"), [.. actual.SelectMany(r => r)], 1e-12, field);
    }
}
