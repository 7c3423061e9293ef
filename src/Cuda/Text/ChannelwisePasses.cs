using E3Gen.Kernels;

namespace E3Gen.Cuda;

/// <summary>Paths that one kernel computes.</summary>
/// <param name="Index">Its place among the passes over the same edges.</param>
/// <param name="Number">End of the kernel's name; empty where there is one pass.</param>
/// <param name="Paths">The paths.</param>
/// <param name="Continued">Segments of x whose cotangents an earlier pass began.</param>
/// <param name="Registers">About how many registers of 32 bits the kernel needs.</param>
internal sealed record ChannelwisePass(int Index, string Number, IReadOnlyList<ChannelwisePath> Paths, IReadOnlySet<int> Continued, int Registers)
{
    /// <summary>Whether it also writes what no path reaches.</summary>
    public bool IsFirst => Index == 0;

    /// <summary>Whether cotangents of a segment of x are added to those that are there.</summary>
    public bool Continues(int segment) => Continued.Contains(segment);
}

/// <summary>
/// Distributes the paths of a product over kernels, so that what a lane keeps fits into its registers: a result (or its cotangent) for each path, y's cotangents, an input's segment and its
/// cotangent, a matrix, and what several matrices share: a compiler computes it once and keeps it until the last path that takes it. Weights are read by one pass only.
/// </summary>
internal sealed class ChannelwisePasses
{
    /// <summary>Registers of a thread with which three blocks of 128 share the 65536 of a multiprocessor, and a few to spare.</summary>
    public const int Budget = 160;

    private static readonly Kept ForwardKept = new(Inputs: 2, Shared: 1.15, Own: 0.57, OnTheWay: 3, Others: 30),
        JvpKept = new(Inputs: 2, Shared: 2, Own: 1, OnTheWay: 13, Others: 38),
        GradientKept = new(Inputs: 2, Shared: 1.12, Own: 0.66, OnTheWay: 1, Others: 45),
        GradientJvpKept = new(Inputs: 3, Shared: 2.8, Own: 0.27, OnTheWay: 6, Others: 54),
        GradientBySourceKept = GradientKept with { KeepsInputs = true, OnTheWay = 8 },
        GradientJvpBySourceKept = GradientJvpKept with { KeepsInputs = true, OnTheWay = 20 };

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
        Forward = Split(byOutput, columns: 0, ForwardKept);
        Jvp = Split(byOutput, columns: 0, JvpKept);
        Gradient = Split(byInput, program.Columns, GradientKept);
        GradientJvp = Split(byInput, program.Columns, GradientJvpKept);

        // Whole inputs: the cotangent of each is summed by one pass.
        var wholeInputs = program.Paths.GroupBy(p => p.Input).OrderBy(g => g.Key).Select(g => g.OrderBy(p => p.Output).ToArray()).ToList();
        GradientBySource = Split(wholeInputs, program.Columns, GradientBySourceKept);
        GradientJvpBySource = Split(wholeInputs, program.Columns, GradientJvpBySourceKept);
    }

    public IReadOnlyList<ChannelwisePass> Forward { get; }

    public IReadOnlyList<ChannelwisePass> Jvp { get; }

    public IReadOnlyList<ChannelwisePass> Gradient { get; }

    public IReadOnlyList<ChannelwisePass> GradientJvp { get; }

    /// <summary>The gradient where a slot walks over the edges that leave its node.</summary>
    public IReadOnlyList<ChannelwisePass> GradientBySource { get; }

    /// <summary>Its derivative.</summary>
    public IReadOnlyList<ChannelwisePass> GradientJvpBySource { get; }

    /// <summary>
    /// Whether gradients should walk over the edges that leave a node. By destination an edge reads x and writes and reads a message of its width; by source it reads g instead. Bytes alone say
    /// "where g has less than three times the columns of x"; reads of g are spread over memory and messages lie in a row, so that two is taken. What a pass keeps has to fit, too.
    /// </summary>
    public bool PrefersSource =>
        _program.Z.Sum(BilinearProgram.Width) < 2 * _program.X.Sum(BilinearProgram.Width) && GradientBySource.Concat(GradientJvpBySource).All(p => p.Registers <= Budget);

    /// <summary>About how many registers of 32 bits a kernel needs.</summary>
    /// <param name="paths">Its paths.</param>
    /// <param name="columns">Columns of y whose cotangents it keeps.</param>
    /// <param name="kept">What else it keeps.</param>
    private int Registers(IEnumerable<ChannelwisePath> paths, int columns, Kept kept)
    {
        // As they are printed: OrderBy keeps the order of equals.
        ChannelwisePath[] order = kept.KeepsInputs ? [.. paths.OrderBy(p => p.Output)] : [.. paths.OrderBy(p => p.Input)];
        int Input(ChannelwisePath p) => kept.Inputs * ((2 * p.Coupling.L1) + 1);
        int Output(ChannelwisePath p) => (2 * p.Coupling.L3) + 1;
        int rows = kept.KeepsInputs ? order.DistinctBy(p => p.Input).Sum(Input) : order.DistinctBy(p => p.Output).Sum(Output);
        double most = order.Zip(Alive(order)).Max(p => (kept.KeepsInputs ? Output(p.First) : Input(p.First)) + (kept.Shared * p.Second.Shared) + (kept.Own * p.Second.Own));
        return (int)Math.Ceiling((_words * (rows + columns + most + kept.OnTheWay)) + kept.Others);
    }

    /// <summary>Numbers of y, their multiples, and entries of matrices that each path finds or leaves for another one, and entries that are its own.</summary>
    /// <param name="paths">The paths in their order.</param>
    private static IEnumerable<(int Shared, int Own)> Alive(ChannelwisePath[] paths)
    {
        var spans = new Dictionary<string, (int First, int Last)>();
        bool Use(string number, int path)
        {
            bool isKnown = spans.TryGetValue(number, out var span);
            spans[number] = (isKnown ? span.First : path, path);
            return !isKnown;
        }

        string[][] entries = new string[paths.Length][];
        for (int p = 0; p < paths.Length; p++)
        {
            var path = paths[p];
            var matrix = path.Coupling.Terms.GroupBy(t => (t.K, t.I)).Select(place => place.OrderBy(t => t.J).Select(t => (Column: path.Column + t.J, t.Value)).ToArray());
            var names = matrix.Select(e => (Terms: e, Name: string.Join(" ", e.Select(t => $"{t.Column}*{t.Value:R}")))).DistinctBy(e => e.Name).ToArray();
            entries[p] = [.. names.Select(n => n.Name)];
            foreach (var (terms, name) in names)
            {
                // An entry that is there needs no numbers, and a multiple that is there no number of y.
                foreach (var (column, value) in Use(name, p) ? terms : [])
                {
                    string multiple = $"{column}*{value:R}";
                    if (multiple == name || Use(multiple, p))
                    {
                        Use($"{column}", p);
                    }
                }
            }
        }

        return paths.Select((_, p) => (
            spans.Values.Count(s => s.First <= p && p <= s.Last && s.First < s.Last), entries[p].Count(e => spans[e] == (p, p))));
    }

    private List<ChannelwisePass> Split(List<ChannelwisePath[]> groups, int columns, Kept kept)
    {
        var passes = new List<List<ChannelwisePath>> { new() };
        foreach (var group in groups)
        {
            if (passes[^1].Count > 0 && Registers(passes[^1].Concat(group), columns, kept) > Budget)
            {
                passes.Add([]);
            }

            passes[^1].AddRange(group);
        }

        return
        [
            .. passes.Select((paths, i) => new ChannelwisePass(
                i, passes.Count == 1 ? "" : $"{i}", paths, passes.Take(i).SelectMany(p => p).Select(p => p.Input).ToHashSet(),
                paths.Count == 0 ? 0 : Registers(paths, columns, kept))),
        ];
    }

    /// <summary>
    /// What a lane keeps besides results. The numbers are such that no kernel of several paths has more numbers alive in clang's PTX than its estimate says; tests count them.
    /// </summary>
    /// <param name="Inputs">Rows of the length of x's segment.</param>
    /// <param name="Shared">Registers for a number that paths share: two where there is a tangent of y as well.</param>
    /// <param name="Own">Registers for an entry of a matrix that one path takes: a part of them is alive at once.</param>
    /// <param name="OnTheWay">Numbers that were read ahead.</param>
    /// <param name="Others">Registers of 32 bits for addresses and counters.</param>
    /// <param name="KeepsInputs">Whether the rows of inputs stay from edge to edge, and those of results come and go.</param>
    private sealed record Kept(int Inputs, double Shared, double Own, int OnTheWay, int Others, bool KeepsInputs = false);
}
