using System.Text.Json;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;
using E3Gen.Tests;

namespace E3Gen.Generator.Tests.Plans;

/// <summary>Plans of tensor products give e3nn's numbers, and so do their derivatives, which are the same plan with its roles permuted.</summary>
public class TensorProductPlanTests
{
    private const double Tolerance = 1e-12;

    private static readonly ReferenceFile File = new("tensor_products");

    /// <summary>Every case but those of several leading axes.</summary>
    private static readonly string[] Names =
    [
        .. JsonSerializer.Deserialize<string[]>(File.Metadata("cases"))!.Where(name => !name.StartsWith("tp.broadcast", StringComparison.Ordinal)),
    ];

    public static TheoryData<string> Cases => [.. Names];

    [Fact]
    public void There_are_cases_of_every_mode_and_normalisation()
    {
        string[] parts =
            ["uvw", "uvu", "uvv", "uuw", "uuu", "uvuv", "uvu_lt_v", "u_lt_vw", "square", "mixed_modes", "fctp", "full", "elementwise", "shared", "sample", "component", "norm", "none", "element", "path"];
        Assert.All(parts, part => Assert.Contains(Names, name => name.Contains(part, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Value_and_gradients(string name)
    {
        var plan = Plan(name);
        int rows = (int)File.Shape($"{name}/x1")[0];
        bool isSquare = plan.Inputs.Count == 2;
        string[] fields = isSquare ? ["x1", "weight"] : ["x1", "x2", "weight"];
        var given = fields.Select(f => File.Contains($"{name}/{f}") ? Rows.Of(File, $"{name}/{f}") : _ => []).ToList();
        var cotangent = Rows.Of(File, $"{name}/cotangent");
        double[][][] Evaluate(SegmentedPolynomial polynomial, params Func<int, double[]>[] more) =>
            [.. Enumerable.Range(0, rows).Select(row => polynomial.Evaluate([.. given.Concat(more).Select(g => g(row))]))];

        Compare("out", [.. Evaluate(plan).Select(r => r[0])]);
        var gradients = Evaluate(plan.Gradient([.. Enumerable.Range(0, fields.Length)]), cotangent);
        for (int f = 0; f < fields.Length; f++)
        {
            if (File.Contains($"{name}/grad_{fields[f]}"))
            {
                double[][] byRow = [.. gradients.Select(r => r[f])];
                Compare($"grad_{fields[f]}", File.Shape($"{name}/grad_{fields[f]}").Length == 1 ? [Rows.Sum(byRow)] : byRow);
            }
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
        Assert.Equal(Describe(name).GetProperty("weight_numel").GetInt32(), plan.Inputs[^1].Dimension);
        foreach (var (path, instruction) in plan.Paths.Zip(instructions))
        {
            Rows.AssertClose([instruction.GetProperty("coefficient").GetDouble()], [path.Scale.ToDouble()], Tolerance, "coefficient");
            if (instruction.GetProperty("has_weight").GetBoolean())
            {
                var shape = instruction.GetProperty("path_shape").EnumerateArray().Select(d => d.GetInt32());
                Assert.Equal(shape, plan.InputSegment(path.Factors[2]).Multiplicities);
            }
        }
    }

    private static JsonElement Describe(string name) => JsonDocument.Parse(File.Metadata($"case.{name}")).RootElement;

    private static SegmentedPolynomial Plan(string name)
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
        // e3nn puts the normalisation of a square's irreps into its instructions; ours are to come to the same constants.
        bool isSquare = description.GetProperty("cls").GetString() == "TensorSquare";
        Irreps x = Text("irreps_in1"), y = Text("irreps_in2"), z = Text("irreps_out");
        return TensorProductPlanner.Plan(
            isSquare ? [(Operand.Of("x", x), x)] : [(Operand.Of("x", x), x), (Operand.Of("y", y), y)],
            (Operand.Of("z", z), z),
            RowSource.Own,
            [.. paths],
            Enum.Parse<IrrepNormalization>(Text("irrep_normalization"), ignoreCase: true),
            Enum.Parse<PathNormalization>(Text("path_normalization"), ignoreCase: true),
            new Variances(Variances("in1_var"), Variances("in2_var"), Variances("out_var")));

        EquatableArray<double> Variances(string property) =>
            description.TryGetProperty(property, out var given) ? given.EnumerateArray().Select(v => v.GetDouble()).ToEquatable() : default;
    }

    private static ConnectionMode Mode(JsonElement instruction) => instruction.GetProperty("mode").GetString() switch
    {
        "uvu<v" => ConnectionMode.UVULessV,
        "u<vw" => ConnectionMode.ULessVW,
        var mode => Enum.Parse<ConnectionMode>(mode!, ignoreCase: true),
    };
}
