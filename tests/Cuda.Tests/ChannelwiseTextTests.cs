using E3Gen.Kernels;

namespace E3Gen.Cuda.Tests;

/// <summary>The text of products and convolutions, compiled for the host: every number is written once, none depends on the order of blocks and lanes, and all are what the definition says.</summary>
public sealed class ChannelwiseTextTests
{
    /// <summary>
    /// Results that are wide, and narrow; a slot of 4 lanes, whole warps, a part of a second one, single copies, nine parts; both layouts, copies of y, paths without weights, segments that nothing reads or reaches; several passes.
    /// </summary>
    public static TheoryData<string, string> Cases => new()
    {
        { "few", "Single" }, { "few", "Double" }, { "few", "Half" }, { "few", "BFloat16" }, { "many", "Single" }, { "uneven", "Double" }, { "single", "Double" }, { "257", "Single" }, { "wide", "Double" },
        { "last", "Single" }, { "last", "Double" },
    };

    [HostTheory]
    [MemberData(nameof(Cases))]
    public void Numbers_are_those_of_the_definition(string name, string type)
    {
        var numbers = Enum.Parse<NumberType>(type);
        var program = Program(name);
        int[] counts = name is "few" or "single" ? [0, 1, 31, 32, 33] : [5]; // none, one, about a warp of them
        using (var host = new HostHarness(ChannelwiseText.Convolution(program, numbers)))
        {
            foreach (int nodes in counts)
            {
                Check(host, ChannelwiseCase.Graph(program, numbers, nodes, mostEdges: 6), numbers, $"{nodes} nodes");
            }

            if (name == "few" && numbers == NumberType.Double)
            {
                Check(host, ChannelwiseCase.Graph(program, numbers, nodes: 2, mostEdges: 1000), numbers, "a skewed graph");
            }
        }

        if (name is "few" or "257")
        {
            using var host = new HostHarness(ChannelwiseText.Convolution(program, numbers, byRuns: true));
            foreach (int nodes in counts)
            {
                Check(host, ChannelwiseCase.Graph(program, numbers, nodes, mostEdges: 10), numbers, $"runs of {nodes} nodes");
            }
        }

        using (var host = new HostHarness(ChannelwiseText.Product(program, numbers)))
        {
            foreach (int rows in counts)
            {
                Check(host, ChannelwiseCase.Rows(program, numbers, rows), numbers, $"{rows} rows");
            }
        }
    }

    private static void Check(HostHarness host, ChannelwiseCase data, NumberType type, string where) =>
        Results.AreClose(data.Expected, host.Run(data.Sizes, data.Numbers, data.Indices), type, where);

    /// <summary>Numbers of a lane are registers: an array that a compiler cannot resolve would lie in memory and cost more than all else.</summary>
    [DeviceTheory]
    [MemberData(nameof(Cases))]
    public void Nothing_lies_in_local_memory(string name, string type)
    {
        var numbers = Enum.Parse<NumberType>(type);
        DeviceCompiler.HasNoLocalMemory(ChannelwiseText.Convolution(Program(name), numbers));
        DeviceCompiler.HasNoLocalMemory(ChannelwiseText.Convolution(Program(name), numbers, byRuns: true));
        DeviceCompiler.HasNoLocalMemory(ChannelwiseText.Product(Program(name), numbers));
    }

    /// <summary>The check that the tests above rest on: a lane that writes beyond the last node is found.</summary>
    [HostFact]
    public void A_missing_bound_is_found()
    {
        var program = Program("few");
        var data = ChannelwiseCase.Graph(program, NumberType.Double, nodes: 19, mostEdges: 6);
        const string Bound = "if (r >= nodes) return;";
        using var host = new HostHarness(ChannelwiseText.Convolution(program, NumberType.Double), source =>
        {
            Assert.Contains(Bound, source);
            return source.Replace(Bound, "");
        });
        var error = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => host.Run(data.Sizes, data.Numbers, data.Indices));
        Assert.Contains("AddressSanitizer", error.Message);
    }

    /// <summary>Where results are narrow, gradients have no messages.</summary>
    [Theory]
    [InlineData("last", false, true)]
    [InlineData("few", false, true)]
    [InlineData("wide", false, false)]
    [InlineData("last", true, false)]
    public void Narrow_results_are_walked_by_source(string name, bool byRuns, bool bySource)
    {
        var text = ChannelwiseText.Convolution(Program(name), NumberType.Single, byRuns);
        Assert.Equal(bySource, text.Gradient.Concat(text.GradientJvp).Any(l => l.Arguments.Contains("destination")));
        Assert.Equal(!bySource, text.Gradient.Concat(text.GradientJvp).Any(l => l.Arguments.Contains("message")));
    }

    /// <summary>Each path is in one pass of each kind, and each result of a forward pass in one.</summary>
    [Fact]
    public void Paths_are_distributed_over_passes()
    {
        var passes = new ChannelwisePasses(Program("wide"), NumberType.Double);
        foreach (var kind in new[] { passes.Forward, passes.Jvp, passes.Gradient, passes.GradientJvp })
        {
            Assert.True(kind.Count > 1);
            Assert.Equal(Program("wide").Paths.Count, kind.SelectMany(p => p.Paths).Distinct().Count());
            Assert.Equal(Program("wide").Paths.Count, kind.Sum(p => p.Paths.Count));
        }

        foreach (var kind in new[] { passes.Forward, passes.Jvp })
        {
            Assert.Equal(kind.SelectMany(p => p.Paths.Select(q => q.Output).Distinct()).Count(), Program("wide").Paths.Select(p => p.Output).Distinct().Count());
        }

        Assert.Single(new ChannelwisePasses(Program("few"), NumberType.Single).Gradient);
    }

    internal static ChannelwiseProgram Program(string name) => name switch
    {
        "few" => new(name, [(3, 0), (4, 1), (2, 2)], [(1, 0), (2, 1), (1, 2)], 40, [(3, 0), (4, 1), (4, 2), (2, 1), (4, 0)],
            new(Coupling(0, 0, 0), 0, 0, 0, 1.0, 0), new(Coupling(1, 1, 2), 1, 1, 2, 0.7, 3), new(Coupling(1, 0, 1), 1, 0, 1, 1.5, 11), new(Coupling(2, 1, 1), 2, 1, 3, 1.0)),
        "many" => new(name, [(64, 0), (64, 1), (64, 2)], [(1, 0), (1, 1), (1, 2)], 320, [(64, 0), (64, 1), (64, 2), (64, 1), (64, 2)],
            new(Coupling(0, 0, 0), 0, 0, 0, 1.0, 0), new(Coupling(1, 1, 1), 1, 1, 1, 0.7, 64), new(Coupling(1, 1, 2), 1, 1, 2, 1.5, 128), new(Coupling(2, 2, 1), 2, 2, 3, 1.1, 192), new(Coupling(2, 2, 2), 2, 2, 4, 1.2, 256))
        { InputLayout = Layout.IrMul, OutputLayout = Layout.IrMul },
        "uneven" => new(name, [(40, 1), (33, 1), (1, 2)], [(1, 1), (1, 2)], 200, [(40, 1), (33, 1), (1, 2), (40, 0)],
            new(Coupling(1, 1, 1), 0, 0, 0, 0.5, 0), new(Coupling(1, 2, 1), 1, 1, 1, 0.7, 40), new(Coupling(2, 2, 2), 2, 1, 2, 1.5, 73), new(Coupling(1, 1, 0), 0, 0, 3, 1.0, 74))
        { InputLayout = Layout.IrMul, OutputLayout = Layout.IrMul, OutputRuns = [2, 1, 1] },
        "257" => new(name, [(257, 0), (1, 1)], [(1, 1)], 258, [(257, 1), (1, 0)], new(Coupling(0, 1, 1), 0, 0, 0, 1.0, 0), new(Coupling(1, 1, 0), 1, 0, 1, 1.0, 257)),
        "wide" => Wide(name),
        "last" => new(name, [(40, 0), (40, 1), (40, 2), (3, 2)], [(1, 0), (1, 1), (1, 2)], 160, [(40, 0), (40, 1), (40, 0), (3, 0)],
            new(Coupling(0, 0, 0), 0, 0, 0, 1.0, 0), new(Coupling(0, 1, 1), 0, 1, 1, 0.9), new(Coupling(1, 0, 1), 1, 0, 1, 0.7, 40), new(Coupling(2, 2, 0), 2, 2, 2, 1.5, 80)),
        _ => new(name, [(1, 3), (1, 1)], [(1, 3)], 1, [(1, 4), (1, 0)], new ProductPath(Coupling(3, 3, 4), 0, 0, 0, 1.0, 0)),
    };

    /// <summary>All paths of 3x0e + 3x1o + 3x2e with harmonics up to l = 3 to l ≤ 3.</summary>
    private static ChannelwiseProgram Wide(string name)
    {
        var paths = new List<ProductPath>();
        for (int l1 = 0; l1 <= 2; l1++)
        {
            for (int l2 = 0; l2 <= 3; l2++)
            {
                for (int l3 = Math.Abs(l1 - l2); l3 <= Math.Min(3, l1 + l2); l3++)
                {
                    paths.Add(new(Coupling(l1, l2, l3), l1, l2, paths.Count, 1 / (1.0 + l3), 3 * paths.Count));
                }
            }
        }

        return new(name, [(3, 0), (3, 1), (3, 2)], [(1, 0), (1, 1), (1, 2), (1, 3)], 3 * paths.Count, [.. paths.Select(p => (3, p.Coupling.L3))], [.. paths]);
    }

    internal static Coupling Coupling(int l1, int l2, int l3) =>
        new(l1, l2, l3, [.. Wigner3j.Nonzero(l1, l2, l3).Select(t => (t.I, t.J, t.K, t.Value.ToDouble()))]);
}
