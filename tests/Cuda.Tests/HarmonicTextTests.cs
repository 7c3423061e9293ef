using E3Gen.Kernels;

namespace E3Gen.Cuda.Tests;

/// <summary>The text of spherical harmonics, compiled for the host: every number is written once, and all are what the definition says.</summary>
public sealed class HarmonicTextTests
{
    /// <summary>Directions and vectors, all types, several copies of a degree, degrees that are missing, a constant alone, many degrees.</summary>
    public static TheoryData<string, string> Cases => new()
    {
        { "directions", "Single" }, { "directions", "Double" }, { "directions", "Half" }, { "directions", "BFloat16" },
        { "vectors", "Double" }, { "copies", "Double" }, { "constant", "Single" }, { "many", "Double" },
    };

    [HostTheory]
    [MemberData(nameof(Cases))]
    public void Numbers_are_those_of_the_definition(string name, string type)
    {
        var numbers = Enum.Parse<NumberType>(type);
        var program = Program(name);
        using var host = new HostHarness(HarmonicText.Harmonics(program, numbers));
        foreach (int rows in name == "many" || numbers != NumberType.Double ? [0, 33] : new[] { 0, 1, 31, 32, 33, 200 })
        {
            var data = new HarmonicCase(program, numbers, rows);
            Results.AreClose(data.Expected, host.Run(data.Sizes, data.Numbers), numbers, $"{rows} rows");
        }
    }

    /// <summary>Numbers of a lane are registers.</summary>
    [DeviceTheory]
    [MemberData(nameof(Cases))]
    public void Nothing_lies_in_local_memory(string name, string type) =>
        DeviceCompiler.HasNoLocalMemory(HarmonicText.Harmonics(Program(name), Enum.Parse<NumberType>(type)));

    /// <summary>A lane that reads or writes beyond the last row is found.</summary>
    [HostFact]
    public void A_missing_bound_is_found()
    {
        var program = Program("constant");
        var data = new HarmonicCase(program, NumberType.Double, rows: 19);
        const string Bound = "if (n >= rows) return;";
        using var host = new HostHarness(HarmonicText.Harmonics(program, NumberType.Double), source =>
        {
            Assert.Contains(Bound, source);
            return source.Replace(Bound, "");
        });
        var error = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => host.Run(data.Sizes, data.Numbers));
        Assert.Contains("AddressSanitizer", error.Message);
    }

    internal static HarmonicProgram Program(string name) => name switch
    {
        "directions" => new(name, normalize: true, (1, 0, 1.0), (1, 1, 1.7), (1, 2, 2.2), (1, 3, 2.6)),
        "vectors" => new(name, normalize: false, (1, 0, 1.0), (1, 1, 1.0), (1, 2, 0.5), (1, 3, 1.5), (1, 4, 1.0)),
        "copies" => new(name, normalize: true, (2, 3, 1.1), (1, 1, 0.7), (1, 3, 1.1)),
        "constant" => new(name, normalize: true, (2, 0, 1.5)),
        _ => new(name, normalize: true, [.. Enumerable.Range(0, 12).Select(l => (1, l, Math.Sqrt((2 * l) + 1)))]),
    };
}
