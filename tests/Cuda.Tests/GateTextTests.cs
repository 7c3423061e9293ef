using E3Gen.Kernels;

namespace E3Gen.Cuda.Tests;

/// <summary>The text of gates, compiled for the host: every number is written once, and all are what formulas say.</summary>
public sealed class GateTextTests
{
    /// <summary>All types and functions, scalars alone and with segments; one copy, a few, more than a warp; both layouts; two gates of one segment.</summary>
    public static TheoryData<string, int, Layout, string> Cases => new()
    {
        { "all", 3, Layout.MulIr, "Single" }, { "all", 3, Layout.IrMul, "Double" }, { "all", 3, Layout.MulIr, "Half" }, { "all", 3, Layout.IrMul, "BFloat16" },
        { "all", 1, Layout.MulIr, "Double" }, { "all", 1, Layout.IrMul, "Double" },
        { "all", 33, Layout.MulIr, "Double" }, { "all", 64, Layout.IrMul, "Single" }, { "pitch", 3, Layout.IrMul, "Double" },
    };

    [HostTheory]
    [MemberData(nameof(Cases))]
    public void Numbers_are_those_of_the_definition(string name, int copies, Layout layout, string type)
    {
        var numbers = Enum.Parse<NumberType>(type);
        var program = Program(name, copies, layout);
        using var host = new HostHarness(GateText.Gate(program, numbers));
        foreach (int rows in copies > 3 || numbers != NumberType.Double ? [0, 33] : new[] { 0, 1, 31, 32, 33, 200 })
        {
            var data = new GateCase(program, numbers, rows);
            Results.AreClose(data.Expected, host.Run(data.Sizes, data.Numbers), numbers, $"{rows} rows");
        }
    }

    /// <summary>Numbers of a lane are registers.</summary>
    [DeviceTheory]
    [MemberData(nameof(Cases))]
    public void Nothing_lies_in_local_memory(string name, int copies, Layout layout, string type) =>
        DeviceCompiler.HasNoLocalMemory(GateText.Gate(Program(name, copies, layout), Enum.Parse<NumberType>(type)));

    /// <summary>A lane that reads or writes beyond the last row is found.</summary>
    [HostFact]
    public void A_missing_bound_is_found()
    {
        var program = Program("pitch", 3, Layout.IrMul);
        var data = new GateCase(program, NumberType.Double, rows: 19);
        const string Bound = "if (n >= rows) return;";
        using var host = new HostHarness(GateText.Gate(program, NumberType.Double), source =>
        {
            Assert.Contains(Bound, source);
            return source.Replace(Bound, "");
        });
        var error = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => host.Run(data.Sizes, data.Numbers));
        Assert.Contains("AddressSanitizer", error.Message);
    }

    internal static GateProgram Program(string name, int copies, Layout layout)
    {
        if (name == "pitch")
        {
            // Two functions gate the copies of one segment, whose components lie side by side.
            return new(
                name, 20, 15, MomentConstants.E3nn,
                new GatePath(ActivationFunction.Silu, 0, 2, 0, Segment: 5, L: 1, Pitch: 5), new GatePath(ActivationFunction.Tanh, 2, 3, 6, Segment: 7, L: 1, Pitch: 5))
            {
                Layout = layout,
            };
        }

        var paths = new List<GatePath>();
        var functions = Enum.GetValues<ActivationFunction>();
        int column = 0, result = 0;
        foreach (var function in functions)
        {
            paths.Add(new(function, column, copies, result));
            (column, result) = (column + copies, result + copies);
        }

        foreach (var function in functions)
        {
            int l = paths.Count % 3, width = copies * ((2 * l) + 1);
            paths.Add(new(function, column, copies, result, Segment: column + copies, L: l));
            (column, result) = (column + copies + width, result + width);
        }

        return new(name, column, result, MomentConstants.Exact, [.. paths]) { Layout = layout };
    }
}
