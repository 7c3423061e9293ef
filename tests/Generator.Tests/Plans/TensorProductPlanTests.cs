using System.Text.Json;
using E3Gen.Generator.Planning;
using E3Gen.Tests;

namespace E3Gen.Generator.Tests.Plans;

/// <summary>
/// The plan that every backend reads, against e3nn's numbers: the result, and the gradient by each operand, which is the same plan with the roles permuted.
/// </summary>
public class TensorProductPlanTests
{
    private static readonly ReferenceFile Reference = new("tensor_products");

    private static readonly Dictionary<string, ConnectionMode> Modes = new()
    {
        ["uvw"] = ConnectionMode.UVW,
        ["uvu"] = ConnectionMode.UVU,
        ["uvv"] = ConnectionMode.UVV,
        ["uuw"] = ConnectionMode.UUW,
        ["uuu"] = ConnectionMode.UUU,
        ["uvuv"] = ConnectionMode.UVUV,
    };

    public static TheoryData<string> Cases =>
    [
        .. JsonSerializer.Deserialize<string[]>(Reference.Metadata("cases"))!.Where(c =>
            (c.StartsWith("fctp.") || c.StartsWith("tp.mixed_modes") || c is "tp.zero_multiplicity" or "tp.missing_paths"
                || Modes.Keys.Any(m => c.StartsWith($"tp.{m}."))) && !c.StartsWith("tp.right")),
    ];

    [Theory, MemberData(nameof(Cases))]
    public void Gives_the_values_and_gradients_of_e3nn(string name)
    {
        using var json = JsonDocument.Parse(Reference.Metadata("case." + name));
        var plan = Plan(json.RootElement, name);
        int rows = (int)Reference.Shape($"{name}/x1")[0];
        double[] sharedGradient = new double[json.RootElement.GetProperty("weight_numel").GetInt32()];
        bool shared = json.RootElement.GetProperty("shared_weights").GetBoolean();
        for (int row = 0; row < rows; row++)
        {
            double[] weight = shared ? Reference.Doubles($"{name}/weight") : Row(name, "weight", row);
            double[][] operands = [Row(name, "x1", row), Row(name, "x2", row), weight, Row(name, "cotangent", row)];
            Near(Row(name, "out", row), PlanInterpreter.Evaluate(plan, operands));
            Near(Row(name, "grad_x1", row), PlanInterpreter.Evaluate(plan.DerivativeBy(BilinearPlanner.Input1), operands));
            Near(Row(name, "grad_x2", row), PlanInterpreter.Evaluate(plan.DerivativeBy(BilinearPlanner.Input2), operands));
            double[] gradient = PlanInterpreter.Evaluate(plan.DerivativeBy(BilinearPlanner.Weights), operands);
            if (!shared)
            {
                Near(Row(name, "grad_weight", row), gradient);
            }

            sharedGradient = [.. sharedGradient.Zip(gradient, (a, b) => a + b)];
        }

        if (shared && sharedGradient.Length > 0)
        {
            Near(Reference.Doubles($"{name}/grad_weight"), sharedGradient);
        }
    }

    [Fact]
    public void Derivatives_commute()
    {
        var plan = BilinearPlanner.Plan("2x0e+1o", "1o", "2x1o+1e", [new(0, 0, 0, ConnectionMode.UVU), new(1, 0, 1, ConnectionMode.UVW)]);
        Assert.Equal(plan, plan.DerivativeBy(BilinearPlanner.Input1).DerivativeBy(BilinearPlanner.Output));
    }

    private static MultilinearPlan Plan(JsonElement data, string name)
    {
        var paths = data.GetProperty("instructions").EnumerateArray().Select(i => new BilinearPath(
            i.GetProperty("i_in1").GetInt32(),
            i.GetProperty("i_in2").GetInt32(),
            i.GetProperty("i_out").GetInt32(),
            Modes[i.GetProperty("mode").GetString()!],
            i.GetProperty("has_weight").GetBoolean(),
            i.GetProperty("path_weight").GetDouble()));
        Irreps Text(string key) => Irreps.Parse(data.GetProperty(key).GetString()!);
        return BilinearPlanner.Plan(
            Text("irreps_in1"),
            Text("irreps_in2"),
            Text("irreps_out"),
            [.. paths],
            name.Contains(".norm.") ? IrrepNormalization.Norm : IrrepNormalization.Component,
            name.EndsWith(".path") ? PathNormalization.Path : PathNormalization.Element);
    }

    private static double[] Row(string name, string field, int row)
    {
        long columns = Reference.Shape($"{name}/{field}")[1];
        return Reference.Doubles($"{name}/{field}")[(int)(row * columns)..(int)((row + 1) * columns)];
    }

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double worst = expected.Zip(actual, (e, a) => Math.Abs(e - a)).DefaultIfEmpty().Max();
        Assert.True(worst < 1e-12 * Math.Max(1, expected.Select(Math.Abs).DefaultIfEmpty().Max()), $"The largest difference is {worst:E2}.");
    }
}
