using E3Gen.Kernels;

namespace E3Gen.Cuda.Tests;

/// <summary>The text of contractions, compiled for the host: every number is written once, none depends on the order of blocks and lanes, and all are what the definition says.</summary>
public sealed class ContractionTextTests
{
    /// <summary>All types; one copy, a few, more than a warp; both layouts; up to four factors; no terms at all.</summary>
    public static TheoryData<string, int, Layout, string> Cases => new()
    {
        { "few", 3, Layout.MulIr, "Single" }, { "few", 3, Layout.IrMul, "Double" }, { "few", 3, Layout.MulIr, "Half" }, { "few", 3, Layout.IrMul, "BFloat16" },
        { "few", 1, Layout.MulIr, "Double" }, { "few", 33, Layout.MulIr, "Double" },
        { "few", 64, Layout.IrMul, "Single" }, { "four", 3, Layout.IrMul, "Double" }, { "none", 3, Layout.MulIr, "Double" },
    };

    [HostTheory]
    [MemberData(nameof(Cases))]
    public void Numbers_are_those_of_the_definition(string name, int copies, Layout layout, string type)
    {
        var numbers = Enum.Parse<NumberType>(type);
        var program = Program(name, copies, layout);
        using var host = new HostHarness(ContractionText.Contraction(program, numbers));
        foreach (int rows in copies > 3 || numbers != NumberType.Double ? [0, 33] : new[] { 0, 1, 31, 32, 33, 300 })
        {
            var data = new ContractionCase(program, numbers, rows);
            Results.AreClose(data.Expected, host.Run(data.Sizes, data.Numbers, data.Indices), numbers, $"{rows} rows");
        }
    }

    /// <summary>Numbers of a lane are registers.</summary>
    [DeviceTheory]
    [MemberData(nameof(Cases))]
    public void Nothing_lies_in_local_memory(string name, int copies, Layout layout, string type) =>
        DeviceCompiler.HasNoLocalMemory(ContractionText.Contraction(Program(name, copies, layout), Enum.Parse<NumberType>(type)));

    /// <summary>A lane that reads or writes beyond the last row is found.</summary>
    [HostFact]
    public void A_missing_bound_is_found()
    {
        var program = Program("none", 3, Layout.IrMul);
        var data = new ContractionCase(program, NumberType.Double, rows: 19);
        const string Bound = "if (place >= rows) return;";
        using var host = new HostHarness(ContractionText.Contraction(program, NumberType.Double), source =>
        {
            Assert.Contains(Bound, source);
            return source.Replace(Bound, "");
        });
        var error = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => host.Run(data.Sizes, data.Numbers, data.Indices));
        Assert.Contains("AddressSanitizer", error.Message);
    }

    /// <summary>Every term is in the tree once, and each product before what continues it.</summary>
    [Fact]
    public void The_tree_has_all_terms()
    {
        var order = Program("four", 3, Layout.IrMul).Order;
        var tree = new ContractionTree(order);
        Assert.Equal(order.Order.Order(), tree.Terms.Select(t => t.Index).Order());
        Assert.Contains(tree.Terms, t => tree.IsProduct(t.Place) && tree.IsProduct(tree.Parent(t.Place)));
    }

    /// <summary>What is too large to be printed term by term is refused with its size.</summary>
    [Fact]
    public void Too_many_terms_are_refused()
    {
        var program = Random("Large", 2, Layout.IrMul, [0, 1, 2, 3, 4], [4], degrees: [3], terms: 5000);
        Assert.Null(ContractionText.WhyNot(Program("few", 3, Layout.IrMul)));
        string? reason = ContractionText.WhyNot(program);
        Assert.StartsWith("Large has ", reason, StringComparison.Ordinal);
        Assert.Contains(reason!, Assert.Throws<ArgumentException>(() => ContractionText.Contraction(program, NumberType.Single)).Message);
    }

    internal static ContractionProgram Program(string name, int copies, Layout layout) => name switch
    {
        "few" => Random(name, copies, layout, [0, 1, 2, 1], [0, 1, 0], degrees: [1, 2, 3], terms: 12),
        "four" => Random(name, copies, layout, [1, 0], [1, 0], degrees: [1, 2, 3, 4], terms: 9),
        _ => new(name, copies, 3, [0, 1], [1]) { Layout = layout },
    };

    /// <summary>
    /// Two paths for each number of factors to all results but the last, which nothing reaches. Terms need not be equivariant for a kernel, so that they can be any.
    /// </summary>
    private static ContractionProgram Random(string name, int copies, Layout layout, int[] x, int[] z, int[] degrees, int terms)
    {
        var random = new Random(terms);
        int components = x.Sum(l => (2 * l) + 1);
        ContractionPath Path(int output, int degree)
        {
            int[][] all = [.. Enumerable.Range(0, terms).Select(_ => (int[])[random.Next((2 * z[output]) + 1), .. Enumerable.Range(0, degree).Select(_ => random.Next(components)).Order()])];
            all = [.. all.DistinctBy(t => string.Join(",", t))];
            return new([.. all.SelectMany(t => t)], [.. all.Select(_ => random.NextDouble() - 0.5)]);
        }

        int reached = Math.Max(1, z.Length - 1);
        var blocks = from output in Enumerable.Range(0, reached) from degree in degrees select new ContractionBlock(output, degree, Path(output, degree), Path(output, degree));
        return new(name, copies, 4, x, z, [.. blocks]) { Layout = layout };
    }
}
