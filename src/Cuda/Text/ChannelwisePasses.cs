using E3Gen.Kernels;

namespace E3Gen.Cuda;

/// <summary>Paths that one kernel computes.</summary>
/// <param name="Index">Its place among the passes over the same edges.</param>
/// <param name="Number">End of the kernel's name; empty where there is one pass.</param>
/// <param name="Paths">The paths.</param>
/// <param name="Continued">Segments of x whose cotangents an earlier pass began.</param>
internal sealed record ChannelwisePass(int Index, string Number, IReadOnlyList<ChannelwisePath> Paths, IReadOnlySet<int> Continued)
{
    /// <summary>Whether it also writes what no path reaches.</summary>
    public bool IsFirst => Index == 0;

    /// <summary>Whether cotangents of a segment of x are added to those that are there.</summary>
    public bool Continues(int segment) => Continued.Contains(segment);
}

/// <summary>
/// Distributes the paths of a product over kernels, so that what a lane keeps fits into its registers: a result (or its cotangent) for each path, y's cotangents, an input's segment and its
/// cotangent, and the largest matrix. Weights are read by one pass only.
/// </summary>
internal sealed class ChannelwisePasses
{
    /// <summary>Registers that leave room for twelve warps on a multiprocessor's quarter of 16384.</summary>
    public const int Budget = 160;

    /// <summary>Registers for addresses, counters and what is on its way.</summary>
    private const int Others = 24;

    private readonly ChannelwiseProgram _program;
    private readonly int _words;

    /// <param name="program">The product.</param>
    /// <param name="type">What numbers in memory are.</param>
    public ChannelwisePasses(ChannelwiseProgram program, NumberType type)
    {
        (_program, _words) = (program, type == NumberType.Double ? 2 : 1);
        // Whole results: each is written by one pass.
        var byOutput = program.Paths.GroupBy(p => p.Output).OrderBy(g => g.Key).Select(g => g.ToArray()).ToList();
        var byInput = program.Paths.OrderBy(p => p.Input).ThenBy(p => p.Output).Select(p => new[] { p }).ToList();
        Forward = Split(byOutput, columns: 0, inputs: 1);
        Jvp = Split(byOutput, columns: 0, inputs: 2);
        Gradient = Split(byInput, columns: program.Columns, inputs: 2);
        GradientJvp = Split(byInput, columns: program.Columns, inputs: 4);
    }

    public IReadOnlyList<ChannelwisePass> Forward { get; }

    public IReadOnlyList<ChannelwisePass> Jvp { get; }

    public IReadOnlyList<ChannelwisePass> Gradient { get; }

    public IReadOnlyList<ChannelwisePass> GradientJvp { get; }

    /// <summary>About how many registers of 32 bits a kernel needs.</summary>
    /// <param name="paths">Its paths.</param>
    /// <param name="columns">Columns of y whose cotangents it keeps.</param>
    /// <param name="inputs">Rows of the length of x's segment that it keeps.</param>
    private int Registers(IReadOnlyCollection<ChannelwisePath> paths, int columns, int inputs)
    {
        int rows = paths.DistinctBy(p => p.Output).Sum(p => (2 * p.Coupling.L3) + 1);
        int input = paths.Max(p => (2 * p.Coupling.L1) + 1), matrix = paths.Max(p => p.Coupling.Terms.DistinctBy(t => (t.I, t.K)).Count());
        return (_words * (rows + columns + (inputs * input) + matrix)) + Others;
    }

    private List<ChannelwisePass> Split(List<ChannelwisePath[]> groups, int columns, int inputs)
    {
        var passes = new List<List<ChannelwisePath>> { new() };
        foreach (var group in groups)
        {
            if (passes[^1].Count > 0 && Registers([.. passes[^1], .. group], columns, inputs) > Budget)
            {
                passes.Add([]);
            }

            passes[^1].AddRange(group);
        }

        return
        [
            .. passes.Select((paths, i) => new ChannelwisePass(
                i, passes.Count == 1 ? "" : $"{i}", paths, passes.Take(i).SelectMany(p => p).Select(p => p.Input).ToHashSet())),
        ];
    }
}
