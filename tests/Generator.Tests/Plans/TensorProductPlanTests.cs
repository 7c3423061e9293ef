using System.Text.Json;
using E3Gen.Generator.Planning;
using E3Gen.Tests;

namespace E3Gen.Generator.Tests.Plans;

/// <summary>Plans of tensor products give e3nn's numbers, and so do their derivatives, which are the same plan with its roles permuted.</summary>
public class TensorProductPlanTests
{
    private const double Tolerance = 1e-12;

    private static readonly ReferenceFile File = new("tensor_products");

    /// <summary>Every case of connection modes that plans have; not those of one input (squares), of assumed variances, or of several leading axes.</summary>
    private static readonly string[] Names =
    [
        .. JsonSerializer.Deserialize<string[]>(File.Metadata("cases"))!.Where(name => Describe(name) is var c
            && c.GetProperty("cls").GetString() != "TensorSquare"
            && !c.TryGetProperty("in1_var", out _)
            && !name.StartsWith("tp.broadcast", StringComparison.Ordinal)
            && c.GetProperty("instructions").EnumerateArray().All(i => Connection.Of(Mode(i)) is not null)),
    ];

    public static TheoryData<string> Cases => [.. Names];

    [Fact]
    public void There_are_cases_of_every_mode_and_normalisation()
    {
        string[] parts =
            ["uvw", "uvu", "uvv", "uuw", "uuu", "uvuv", "mixed_modes", "fctp", "full", "elementwise", "shared", "sample", "component", "norm", "none", "element", "path"];
        Assert.All(parts, part => Assert.Contains(Names, name => name.Contains(part, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Value_and_gradients(string name)
    {
        var plan = Plan(name);
        int rows = (int)File.Shape($"{name}/x1")[0];
        var given = new[] { "x1", "x2", "weight", "cotangent" }.Select(f => File.Contains($"{name}/{f}") ? Rows.Of(File, $"{name}/{f}") : _ => []).ToList();

        double[][] Evaluate(int operand) =>
            [.. Enumerable.Range(0, rows).Select(row => PlanInterpreter.Evaluate(plan.DerivativeBy(operand), [.. given.Select(g => g(row))]))];

        Compare("out", Evaluate(plan.Result));
        Compare("grad_x1", Evaluate(BilinearPlanner.Input1));
        Compare("grad_x2", Evaluate(BilinearPlanner.Input2));
        if (File.Contains($"{name}/grad_weight"))
        {
            var byRow = Evaluate(BilinearPlanner.Weights);
            Compare("grad_weight", File.Shape($"{name}/grad_weight").Length == 1 ? [Rows.Sum(byRow)] : byRow);
        }

        void Compare(string field, double[][] actual) => Rows.AssertClose(File.Doubles($"{name}/{field}"), [.. actual.SelectMany(r => r)], Tolerance, field);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Constants_and_weight_blocks(string name)
    {
        var plan = Plan(name);
        var instructions = Describe(name).GetProperty("instructions").EnumerateArray().ToList();
        Assert.Equal(instructions.Count, plan.Paths.Count);
        Assert.Equal(Describe(name).GetProperty("weight_numel").GetInt32(), plan.Operands[BilinearPlanner.Weights].Dimension);
        foreach (var (path, instruction) in plan.Paths.Zip(instructions))
        {
            Rows.AssertClose([instruction.GetProperty("coefficient").GetDouble()], [path.Scale.ToDouble()], Tolerance, "coefficient");
            if (path.Slots[BilinearPlanner.Weights].Segment is >= 0 and var block)
            {
                var shape = instruction.GetProperty("path_shape").EnumerateArray().Select(d => d.GetInt32());
                Assert.Equal(shape, plan.Operands[BilinearPlanner.Weights].Segments[block].Multiplicities);
            }
        }
    }

    private static JsonElement Describe(string name) => JsonDocument.Parse(File.Metadata($"case.{name}")).RootElement;

    private static MultilinearPlan Plan(string name)
    {
        var description = Describe(name);
        string Text(string property) => description.GetProperty(property).GetString()!;
        var paths = description.GetProperty("instructions").EnumerateArray().Select(i => new BilinearPath(
            i.GetProperty("i_in1").GetInt32(),
            i.GetProperty("i_in2").GetInt32(),
            i.GetProperty("i_out").GetInt32(),
            Mode(i),
            i.GetProperty("has_weight").GetBoolean(),
            i.GetProperty("path_weight").GetDouble()));
        return BilinearPlanner.Plan(
            Text("irreps_in1"),
            Text("irreps_in2"),
            Text("irreps_out"),
            [.. paths],
            Enum.Parse<IrrepNormalization>(Text("irrep_normalization"), ignoreCase: true),
            Enum.Parse<PathNormalization>(Text("path_normalization"), ignoreCase: true));
    }

    private static ConnectionMode Mode(JsonElement instruction) => instruction.GetProperty("mode").GetString() switch
    {
        "uvu<v" => ConnectionMode.UVULessV,
        "u<vw" => ConnectionMode.ULessVW,
        var mode => Enum.Parse<ConnectionMode>(mode!, ignoreCase: true),
    };
}
