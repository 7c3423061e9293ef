using E3Gen.Kernels;

namespace E3Gen.Cuda.Tests;

/// <summary>Every number of a result is written exactly once: how often it was is counted, not only whether it is right.</summary>
public sealed class WriteCountTests
{
    /// <summary>None, one, about a warp of them, and many; for larger programs none and some.</summary>
    private static int[] Sizes(int most) => most == 1000 ? [0, 1, 31, 32, 33, 1000] : [0, most];

    /// <summary>
    /// Slots of 1 to 32 lanes, nine parts, both layouts, several passes, segments that nothing reaches; nodes that are alone, and one with 10,000 edges; gradients by destination and by source; runs.
    /// </summary>
    [HostTheory]
    [InlineData("few", "Single", 1000, false)]
    [InlineData("few", "Single", 1000, true)]
    [InlineData("single", "Double", 1000, false)]
    [InlineData("257", "Single", 5, false)]
    [InlineData("last", "Single", 5, false)]
    [InlineData("last", "Single", 5, true)]
    [InlineData("wide", "Double", 1, false)]
    public void A_convolution_writes_once(string name, string number, int most, bool byRuns)
    {
        var type = Enum.Parse<NumberType>(number);
        var program = ChannelwiseTextTests.Program(name);
        var text = ChannelwiseText.Convolution(program, type, byRuns);
        using var host = new HostHarness(text, countsWrites: true);
        foreach (int nodes in Sizes(most))
        {
            var data = ChannelwiseCase.Graph(program, type, nodes, mostEdges: nodes > 33 ? 2 : 4);
            AreOnce(text, host.Run(data.Sizes, data.Numbers, data.Indices));
        }

        if (name == "single")
        {
            var star = ChannelwiseCase.Star(program, type, edges: 10_000);
            AreOnce(text, host.Run(star.Sizes, star.Numbers, star.Indices));
        }
    }

    [HostTheory]
    [InlineData("few", "Single", 1000)]
    [InlineData("uneven", "Double", 5)]
    [InlineData("257", "Single", 5)]
    [InlineData("wide", "Double", 5)]
    public void A_product_writes_once(string name, string number, int most)
    {
        var type = Enum.Parse<NumberType>(number);
        var program = ChannelwiseTextTests.Program(name);
        var text = ChannelwiseText.Product(program, type);
        var passes = new ChannelwisePasses(program, type);
        using var host = new HostHarness(text, countsWrites: true);
        foreach (int rows in Sizes(most))
        {
            var data = ChannelwiseCase.Rows(program, type, rows);
            AreOnce(text, host.Run(data.Sizes, data.Numbers), new() { ["gx"] = Writes(program, passes.Gradient), ["gx'"] = Writes(program, passes.GradientJvp) });
        }

        Assert.Equal(name == "wide", Writes(program, passes.Gradient).Max() > 1);
    }

    /// <summary>How often a row of gx is written: once by each pass that has paths from its segment, the later of which continue it.</summary>
    private static int[] Writes(ChannelwiseProgram program, IReadOnlyList<ChannelwisePass> passes)
    {
        var places = SegmentPlace.Of(program.X, program.InputLayout, []);
        int[] writes = new int[program.X.Sum(BilinearProgram.Width)];
        for (int s = 0; s < places.Length; s++)
        {
            for (int c = 0; c < places[s].Copies * places[s].Components; c++)
            {
                int column = places[s].First + (c / places[s].Components * places[s].CopyStep) + (c % places[s].Components * places[s].ComponentStep);
                writes[column] = Math.Max(1, passes.Count(p => p.Paths.Any(q => q.Input == s)));
            }
        }

        return writes;
    }

    [HostTheory]
    [InlineData("few", 3, Layout.MulIr, "Single", 1000)]
    [InlineData("few", 33, Layout.IrMul, "Double", 33)]
    [InlineData("four", 1, Layout.IrMul, "Double", 1000)]
    [InlineData("none", 257, Layout.MulIr, "Single", 33)]
    public void A_contraction_writes_once(string name, int copies, Layout layout, string number, int most)
    {
        var type = Enum.Parse<NumberType>(number);
        var program = ContractionTextTests.Program(name, copies, layout);
        var text = ContractionText.Contraction(program, type);
        using var host = new HostHarness(text, countsWrites: true);
        foreach (int rows in Sizes(most))
        {
            var data = new ContractionCase(program, type, rows);
            AreOnce(text, host.Run(data.Sizes, data.Numbers, data.Indices));
        }
    }

    [HostTheory]
    [InlineData("directions", "Single", 1000)]
    [InlineData("copies", "Double", 1000)]
    public void Harmonics_write_once(string name, string number, int most)
    {
        var type = Enum.Parse<NumberType>(number);
        var program = HarmonicTextTests.Program(name);
        var text = HarmonicText.Harmonics(program, type);
        using var host = new HostHarness(text, countsWrites: true);
        foreach (int rows in Sizes(most))
        {
            var data = new HarmonicCase(program, type, rows);
            AreOnce(text, host.Run(data.Sizes, data.Numbers));
        }
    }

    [HostTheory]
    [InlineData("all", 3, Layout.MulIr, "Single", 1000)]
    [InlineData("all", 257, Layout.IrMul, "Single", 5)]
    [InlineData("pitch", 3, Layout.IrMul, "Double", 1000)]
    public void A_gate_writes_once(string name, int copies, Layout layout, string number, int most)
    {
        var type = Enum.Parse<NumberType>(number);
        var program = GateTextTests.Program(name, copies, layout);
        var text = GateText.Gate(program, type);
        using var host = new HostHarness(text, countsWrites: true);
        foreach (int rows in Sizes(most))
        {
            var data = new GateCase(program, type, rows);
            AreOnce(text, host.Run(data.Sizes, data.Numbers));
        }
    }

    /// <summary>The check that the tests above rest on: a lane without a copy that writes to the next segment, where the right lane may write later, and a sum that is written twice.</summary>
    [HostFact]
    public void A_second_write_is_found()
    {
        var program = ChannelwiseTextTests.Program("few");
        var data = ChannelwiseCase.Graph(program, NumberType.Single, nodes: 9, mostEdges: 4);
        const string Guarded = "if (u < 3) store(z0", Sum = "gx[n * 25 + c] = S(sum);";
        foreach (var (right, wrong, byRuns) in new[] { (Guarded, "store(z0", false), (Sum, Sum + Sum, true) })
        {
            var text = ChannelwiseText.Convolution(program, NumberType.Single, byRuns);
            Assert.Contains(right, text.Source);
            using var host = new HostHarness(text, source => source.Replace(right, wrong), countsWrites: true);
            var counts = host.Run(data.Sizes, data.Numbers, data.Indices);
            Assert.Contains("2 times", Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AreOnce(text, counts)).Message);
        }
    }

    /// <summary>All numbers were written once; those of a partial operand at most once.</summary>
    /// <param name="program">The operation.</param>
    /// <param name="counts">How often each number was written.</param>
    /// <param name="writes">For results that several passes write, how often the numbers of a row are.</param>
    private static void AreOnce(DeviceProgram program, Dictionary<string, double[]> counts, Dictionary<string, int[]>? writes = null)
    {
        foreach (var (name, all) in counts)
        {
            bool isPartial = program.Operands.Single(o => o.Name == name.TrimEnd('\'')).IsPartial;
            int[] row = writes?.GetValueOrDefault(name) ?? [1];
            for (int i = 0; i < all.Length; i++)
            {
                int expected = row[i % row.Length];
                Assert.True(all[i] == expected || (isPartial && all[i] == 0), $"Number {i} of {name} is written {all[i]} times instead of {expected}.");
            }
        }
    }
}
