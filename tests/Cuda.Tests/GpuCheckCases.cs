using System.IO.Compression;
using System.Text.Json;
using E3Gen.Kernels;

namespace E3Gen.Cuda.Tests;

/// <summary>The cases of gpu_check.py: texts, launches, arguments, and results by definition.</summary>
internal static class GpuCheckCases
{
    /// <summary>The file of the cases.</summary>
    public const string Name = "gpu_check.json.gz";

    /// <summary>Writes the script, what it needs, and the cases into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="change">Changes the text of cases, to see that a fault is found.</param>
    public static void Write(string folder, Func<string, string>? change = null)
    {
        Directory.CreateDirectory(folder);
        foreach (string copied in new[] { "gpu_check.py", "host_device.h" })
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, copied), Path.Combine(folder, copied), overwrite: true);
        }

        using var file = new GZipStream(File.Create(Path.Combine(folder, Name)), CompressionLevel.SmallestSize);
        JsonSerializer.Serialize(file, new { cases = Cases(change ?? (text => text)).ToArray(), speed = Speed().ToArray() });
    }

    private static IEnumerable<object> Cases(Func<string, string> change)
    {
        foreach (var type in Enum.GetValues<NumberType>())
        {
            var program = ChannelwiseTextTests.Program("few");
            var graph = ChannelwiseCase.Graph(program, type, nodes: 9, mostEdges: 4);
            yield return Case(change, ChannelwiseText.Convolution(program, type), type, graph.Sizes, graph.Numbers, graph.Indices, graph.Expected);
            var rows = ChannelwiseCase.Rows(program, type, rows: 5);
            yield return Case(change, ChannelwiseText.Product(program, type), type, rows.Sizes, rows.Numbers, [], rows.Expected);
            var vectors = new HarmonicCase(HarmonicTextTests.Program("directions"), type, rows: 33);
            yield return Case(change, HarmonicText.Harmonics(HarmonicTextTests.Program("directions"), type), type, vectors.Sizes, vectors.Numbers, [], vectors.Expected);
            var gate = GateTextTests.Program("all", 3, Layout.MulIr);
            var gated = new GateCase(gate, type, rows: 3);
            yield return Case(change, GateText.Gate(gate, type), type, gated.Sizes, gated.Numbers, [], gated.Expected);
            var contraction = ContractionTextTests.Program("few", 3, Layout.MulIr);
            var contracted = new ContractionCase(contraction, type, rows: 7);
            yield return Case(change, ContractionText.Contraction(contraction, type), type, contracted.Sizes, contracted.Numbers, contracted.Indices, contracted.Expected);
        }

        // Several passes, of whole warps.
        var wide = Wide(copies: 33, lMax: 2);
        var data = ChannelwiseCase.Graph(wide, NumberType.Double, nodes: 2, mostEdges: 3);
        yield return Case(change, ChannelwiseText.Convolution(wide, NumberType.Double), NumberType.Double, data.Sizes, data.Numbers, data.Indices, data.Expected);
    }

    /// <summary>Large ones: random arguments are made on the spot.</summary>
    private static IEnumerable<object> Speed()
    {
        var convolution = Wide(copies: 64, lMax: 3, most: 2);
        yield return new
        {
            name = "convolution 64x(0e+1o+2e) with l up to 3 to l up to 2, 18 paths",
            type = nameof(NumberType.Single),
            rowCounts = new[] { 100_000, 1_000_000 },
            sizes = new Dictionary<string, long> { ["nodes"] = 0, ["edges"] = 0, ["wstep"] = convolution.WeightCount },
            source = ChannelwiseText.Convolution(convolution, NumberType.Single).Source,
            operands = Operands(ChannelwiseText.Convolution(convolution, NumberType.Single)),
            procedures = Procedures(ChannelwiseText.Convolution(convolution, NumberType.Single)),
            e3nn = new
            {
                x = "64x0e+64x1o+64x2e",
                y = "0e+1o+2e+3o",
                z = string.Join("+", convolution.Paths.Select(p => $"64x{p.Coupling.L3}{((p.Coupling.L1 + p.Coupling.L2) % 2 == 0 ? 'e' : 'o')}")),
                paths = convolution.Products.Select(p => new[] { p.X, p.Y, p.Z }),
            },
        };
        var harmonics = HarmonicText.Harmonics(new HarmonicProgram("harmonics", normalize: true, [.. Enumerable.Range(0, 5).Select(l => (1, l, Math.Sqrt((2 * l) + 1)))]), NumberType.Single);
        yield return new
        {
            name = "harmonics to l = 4",
            type = nameof(NumberType.Single),
            rowCounts = new[] { 262_144, 1_000_000 },
            sizes = new Dictionary<string, long> { ["rows"] = 0 },
            source = harmonics.Source,
            operands = Operands(harmonics),
            procedures = Procedures(harmonics),
        };
    }

    private static object Case(
        Func<string, string> change, DeviceProgram program, NumberType type, Dictionary<string, long> sizes, IReadOnlyDictionary<string, double[]> numbers, Dictionary<string, long[]> indices, Dictionary<string, double[]> expected) => new
        {
            name = program.Name,
            type = type.ToString(),
            source = change(program.Source),
            sizes,
            numbers,
            indices,
            expected,
            tolerance = Storage.Tolerance(type),
            operands = Operands(program),
            procedures = Procedures(program),
        };

    private static object Operands(DeviceProgram program) =>
        program.Operands.Select(o => new { name = o.Name, role = o.Role.ToString(), rows = o.Rows, columns = o.Columns, more = o.More, partial = o.IsPartial });

    private static Dictionary<string, object> Procedures(DeviceProgram program) => new()
    {
        ["forward"] = Launches(program.Forward),
        ["gradient"] = Launches(program.Gradient),
        ["jvp"] = Launches(program.Jvp),
        ["gradient_jvp"] = Launches(program.GradientJvp),
    };

    private static object Launches(IReadOnlyList<Launch> launches) => launches.Select(l => new { kernel = l.Kernel, rows = l.Rows, perRow = l.PerRow, arguments = l.Arguments });

    /// <summary>All paths of copies of 0e + 1o + 2e with harmonics up to a degree, to l ≤ 3: 18 for harmonics up to l = 2, 24 for l = 3, of which 18 lead to l ≤ 2.</summary>
    internal static ChannelwiseProgram Wide(int copies, int lMax, int most = 3)
    {
        var paths = new List<ProductPath>();
        for (int l1 = 0; l1 <= 2; l1++)
        {
            for (int l2 = 0; l2 <= lMax; l2++)
            {
                for (int l3 = Math.Abs(l1 - l2); l3 <= Math.Min(most, l1 + l2); l3++)
                {
                    paths.Add(new(ChannelwiseTextTests.Coupling(l1, l2, l3), l1, l2, paths.Count, 1 / (1.0 + l3), copies * paths.Count));
                }
            }
        }

        return new(
            "wide", [(copies, 0), (copies, 1), (copies, 2)], [.. Enumerable.Range(0, lMax + 1).Select(l => (1, l))], copies * paths.Count,
            [.. paths.Select(p => (copies, p.Coupling.L3))], [.. paths]);
    }
}
