using E3Gen.Kernels;

namespace E3Gen.Cuda;

/// <summary>
/// Prints the kernels of a channelwise product: row by row, or summed over the edges that arrive at a node. A slot of lanes owns one node (or row) and up to 32 of its copies: each lane sums what
/// arrives for its copy in registers, in the order of the edges, and writes it once, so that no lane waits for another and no sum depends on the grid. The gradient walks the same edges:
/// cotangents of weights are written once an edge, those of y are added over the lanes of a slot in one order, those of x are messages that another kernel sums by source. Where results are
/// narrow it walks the edges that leave a node instead, and sums the cotangent of x in registers.
/// </summary>
internal sealed partial class ChannelwiseText
{
    private const int Warp = 32;

    private readonly ChannelwiseProgram _program;
    private readonly NumberType _type;
    private readonly bool _graph, _byRuns, _gradientBySource;
    private readonly ChannelwisePasses _passes;
    private readonly SegmentPlace[] _x, _z;
    private readonly string _name, _rows, _slots, _edges;
    private readonly Dictionary<Coupling, CouplingText> _couplings = [];
    private readonly int _parts, _slotLanes, _xColumns, _zColumns;

    private ChannelwiseText(ChannelwiseProgram program, bool graph, bool byRuns, NumberType type)
    {
        (_program, _graph, _byRuns, _type) = (program, graph, byRuns, type);
        (_name, _rows, _slots, _edges) = graph ? ("convolution", "nodes", byRuns ? "runs" : "nodes", "edges") : ("product", "rows", "rows", "rows");
        _x = SegmentPlace.Of(program.X, program.InputLayout, []);
        _z = SegmentPlace.Of(program.Z, program.OutputLayout, program.OutputRuns);
        (_xColumns, _zColumns) = (program.X.Sum(BilinearProgram.Width), program.Z.Sum(BilinearProgram.Width));
        _passes = new ChannelwisePasses(program, type);
        _gradientBySource = graph && !byRuns && _passes.PrefersSource; // runs are those of arriving edges
        int copies = program.Paths.Select(p => _x[p.Input].Copies).DefaultIfEmpty(1).Max();
        _parts = (copies + Warp - 1) / Warp;
        _slotLanes = _parts > 1 ? Warp : (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)copies);
        foreach (var coupling in program.Paths.Select(p => p.Coupling))
        {
            _couplings.TryAdd(coupling, new CouplingText(coupling));
        }
    }

    /// <summary>The kernels of a product row by row: F(x, y, w).</summary>
    /// <param name="program">The product.</param>
    /// <param name="type">What numbers in memory are.</param>
    public static DeviceProgram Product(ChannelwiseProgram program, NumberType type) => new ChannelwiseText(program, graph: false, byRuns: false, type).Program();

    /// <summary>The kernels of a convolution: z[n], the sum of F(x[source], y, w) over the edges that arrive at n.</summary>
    /// <param name="program">The product of each edge.</param>
    /// <param name="type">What numbers in memory are.</param>
    /// <param name="byRuns">Whether a slot owns a run of a node's edges instead of all of them, for graphs with too few nodes to occupy a GPU.</param>
    public static DeviceProgram Convolution(ChannelwiseProgram program, NumberType type, bool byRuns = false) =>
        new ChannelwiseText(program, graph: true, byRuns, type).Program();

    private DeviceProgram Program()
    {
        var text = new SourceText();
        text.Append(Prelude.Text(_type));
        WriteFold(text);
        foreach (var coupling in _couplings.Values.DistinctBy(c => c.Name).OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            coupling.Write(text);
        }

        var (gradients, gradientJvps) = _gradientBySource ? (_passes.GradientBySource, _passes.GradientJvpBySource) : (_passes.Gradient, _passes.GradientJvp);
        string[] tangents = ["ax", "ay", "aw"], inputs = ["x", "y", "w"], edges = _byRuns ? ["runOffsets", "runNode", "source"] : _graph ? ["offsets", "source"] : [];
        string sum = _byRuns ? "partial" : "z";
        List<Launch> forward = [], jvp = [], gradient = [], gradientJvp = [];
        long lanes = _parts * _slotLanes;
        foreach (var pass in _passes.Forward)
        {
            forward.Add(new($"{_name}_forward{pass.Number}", _slots, lanes, [.. inputs, sum, .. edges, "wstep", _slots]));
            WriteForward(text, pass);
        }

        foreach (var pass in _passes.Jvp)
        {
            jvp.Add(new($"{_name}_jvp{pass.Number}", _slots, lanes, [.. inputs, .. tangents, sum, .. edges, "wstep", _slots]));
            WriteJvp(text, pass);
        }

        string[] walked = _gradientBySource ? ["sourceOffsets", "edge", "destination"] : edges;
        string[] results = [HasMessages ? "message" : "gx", "part", "gw", .. walked, "wstep", _slots, .. _graph ? [_edges] : Array.Empty<string>()];
        foreach (var pass in gradients)
        {
            gradient.Add(new($"{_name}_gradient{pass.Number}", _slots, lanes, [.. inputs, "g", .. results]));
            WriteGradient(text, pass);
        }

        foreach (var pass in gradientJvps)
        {
            gradientJvp.Add(new($"{_name}_gradient_jvp{pass.Number}", _slots, lanes, [.. inputs, .. tangents, "g", .. results]));
            WriteGradientJvp(text, pass);
        }

        int most = Math.Max(gradients.Count, gradientJvps.Count);
        WriteSums(text);
        Launch[] Sums(int count) =>
        [
            .. HasMessages ? [new Launch($"{_name}_sum", "nodes", _xColumns, "message", "gx", "sourceOffsets", "edge", "nodes")] : Array.Empty<Launch>(),
            .. _program.Columns > 0 ? [new Launch($"{_name}_parts{count}", _edges, _program.Columns, "part", "gy", _edges)] : Array.Empty<Launch>(),
        ];
        foreach (int count in new[] { gradients.Count, gradientJvps.Count }.Distinct())
        {
            WriteParts(text, count);
        }

        Launch[] join = _byRuns ? [new($"{_name}_join", "nodes", _zColumns, "partial", "z", "nodeRuns", "nodes")] : [];
        return new DeviceProgram(_name, _type, text.ToString(), Operands(most))
        {
            Forward = [.. forward, .. join],
            Jvp = [.. jvp, .. join],
            Gradient = [.. gradient, .. Sums(gradients.Count)],
            GradientJvp = [.. gradientJvp, .. Sums(gradientJvps.Count)],
        };
    }

    private Operand[] Operands(int passes) =>
    [
        new("x", Role.Input, _rows, _xColumns), new("y", Role.Input, _edges, _program.Columns), new("w", Role.Input, _edges, _program.WeightCount),
        new("ax", Role.Tangent, _rows, _xColumns), new("ay", Role.Tangent, _edges, _program.Columns), new("aw", Role.Tangent, _edges, _program.WeightCount),
        new("g", Role.Arriving, _rows, _zColumns), new("z", Role.Result, _rows, _zColumns),
        new("gx", Role.Result, _rows, _xColumns), new("gy", Role.Result, _edges, _program.Columns), new("gw", Role.Result, _edges, _program.WeightCount, IsPartial: !TakesAllWeights),
        new("part", Role.Scratch, _edges, (long)passes * _parts * _program.Columns),
        .. _byRuns
            ?
            [
                new("partial", Role.Scratch, "runs", _zColumns),
                new("runOffsets", Role.Index, "runs", 1, More: 1), new("runNode", Role.Index, "runs", 1), new("nodeRuns", Role.Index, "nodes", 1, More: 1),
            ]
            : Array.Empty<Operand>(),
        .. _graph
            ?
            [
                HasMessages ? new("message", Role.Scratch, _edges, _xColumns) : new("destination", Role.Index, "edges", 1),
                new("offsets", Role.Index, "nodes", 1, More: 1), new("source", Role.Index, "edges", 1), new("sourceOffsets", Role.Index, "nodes", 1, More: 1), new("edge", Role.Index, "edges", 1),
            ]
            : Array.Empty<Operand>(),
    ];

    /// <summary>Whether cotangents of x are rows of edges first.</summary>
    private bool HasMessages => _graph && !_gradientBySource;

    private bool TakesAllWeights => _program.Paths.Sum(p => p.Weight < 0 ? 0 : _x[p.Input].Copies) == _program.WeightCount;

    /// <summary>Sums over the lanes of a slot.</summary>
    private void WriteFold(SourceText text)
    {
        text.Line($"/// The sum over the {_slotLanes} lanes of a slot, in one fixed order, in every lane.");
        using (text.Braces("__device__ __forceinline__ T fold(T v)"))
        {
            text.Line($"for (int d = {_slotLanes / 2}; d; d >>= 1) v += __shfl_xor_sync(0xffffffffu, v, d);");
            text.Line("return v;");
        }

        text.Line();
    }

    /// <summary>The slot's node, row or run r, its part of the copies, and the lane's copy u.</summary>
    private void WritePlace(SourceText text)
    {
        text.Line($"long long slot = ((long long)blockIdx.x * {Launch.BlockSize} + threadIdx.x) / {_slotLanes};");
        text.Line($"int lane = (int)(threadIdx.x % {_slotLanes}), part = (int)(slot % {_parts}), u = part * {_slotLanes} + lane;");
        text.Line($"long long r = slot / {_parts};");
    }

    private const string Inputs = "const S* __restrict__ x, const S* __restrict__ y, const S* __restrict__ w",
        Tangents = "const S* __restrict__ ax, const S* __restrict__ ay, const S* __restrict__ aw";

    /// <summary>The edges, the columns from one row of weights to the next, and how many nodes or rows there are.</summary>
    private string Places =>
        (_graph ? $"const long long* __restrict__ offsets, {(_byRuns ? "const long long* __restrict__ node, " : "")}const long long* __restrict__ source, " : "")
        + $"long long wstep, long long {_slots}";

    private IDisposable Kernel(SourceText text, string kernel, string arguments) =>
        text.Braces($"extern \"C\" __global__ void __launch_bounds__({Launch.BlockSize}) {_name}_{kernel}({arguments})");

    /// <summary>The rows of an edge.</summary>
    private void WriteRows(SourceText text, bool tangents)
    {
        string source = _graph ? "source[e]" : "e";
        text.Line($"const S *xe = x + {source} * {_xColumns}, *ye = y + e * {_program.Columns}, *we = w + e * wstep;");
        if (tangents)
        {
            text.Line($"const S *axe = ax + {source} * {_xColumns}, *aye = ay + e * {_program.Columns}, *awe = aw + e * wstep;");
        }
    }

    private string Head(SegmentPlace place) => $"{Inside(place)}// {place.Copies} copies of {place.Components} components";

    private string Inside(SegmentPlace place) => place.Copies == _parts * _slotLanes ? "" : $"if (u < {place.Copies}) ";

    private static string Load(string target, SegmentPlace place, string row) => $"load({target}, {place.Address(row)}, {place.ComponentStep});";

    private static string Store(string source, SegmentPlace place, string row) => $"store({source}, {place.Address(row)}, {place.ComponentStep});";

    /// <summary>A segment that nothing reaches; its copies may lie between those of others.</summary>
    private string Zeros(SegmentPlace place, string row, string type) =>
        $"for (int c = u; c < {place.Copies}; c += {_parts * _slotLanes}) "
        + $"for (int i = 0; i < {place.Components}; i++) {row}[{place.First} + c * {place.CopyStep} + i * {place.ComponentStep}] = {type}(0.0f);";

    private static string Weight(ChannelwisePath path, string row)
    {
        string column = path.WeightStep == 1 ? "u" : $"u * {path.WeightStep}";
        return path.Weight < 0 ? SourceText.Number(path.Scale)
            : path.Scale == 1 ? $"T({row}[{path.Weight} + {column}])"
            : $"{SourceText.Number(path.Scale)} * T({row}[{path.Weight} + {column}])";
    }

    private string Name(ChannelwisePath path) => _couplings[path.Coupling].Name;

    private static IEnumerable<IGrouping<int, ChannelwisePath>> BySegment(ChannelwisePass pass) => pass.Paths.GroupBy(p => p.Input).OrderBy(g => g.Key);

    private static IEnumerable<int> Results(ChannelwisePass pass) => pass.Paths.Select(p => p.Output).Distinct().Order();

    /// <summary>What a slot's sums are in memory: those of runs are summed further.</summary>
    private string Sum => _byRuns ? "T" : "S";

    /// <summary>A kernel that sums over the edges of a node, or of a run of them, in registers.</summary>
    private void WriteByNode(SourceText text, string kernel, ChannelwisePass pass, bool tangents, Action<ChannelwisePath> writePath)
    {
        using (Kernel(text, kernel + pass.Number, $"{Inputs}, {(tangents ? Tangents + ", " : "")}{Sum}* __restrict__ z, {Places}"))
        {
            WritePlace(text);
            text.Line($"if (r >= {_slots}) return;");
            foreach (int o in Results(pass))
            {
                text.Line($"T z{o}[{_z[o].Components}] = {{}};");
            }

            using (text.Braces(_graph ? "for (long long e = offsets[r], end = offsets[r + 1]; e < end; e++)" : "// the row"))
            {
                if (!_graph)
                {
                    text.Line("long long e = r;");
                }

                WriteRows(text, tangents);
                foreach (var segment in BySegment(pass))
                {
                    var place = _x[segment.Key];
                    using (text.Braces(Head(place)))
                    {
                        text.Line($"T xs[{place.Components}]{(tangents ? $", axs[{place.Components}]" : "")};");
                        text.Line(Load("xs", place, "xe"));
                        if (tangents)
                        {
                            text.Line(Load("axs", place, "axe"));
                        }

                        foreach (var path in segment)
                        {
                            writePath(path);
                        }
                    }
                }
            }

            text.Line($"{Sum}* zn = z + r * {_zColumns};");
            foreach (int o in Results(pass))
            {
                text.Line($"{Inside(_z[o])}{Store($"z{o}", _z[o], "zn")}");
            }

            foreach (int o in Enumerable.Range(0, pass.IsFirst ? _z.Length : 0).Where(o => _program.Paths.All(p => p.Output != o)))
            {
                text.Line(Zeros(_z[o], "zn", Sum));
            }
        }

        text.Line();
    }

    private void WriteForward(SourceText text, ChannelwisePass pass)
    {
        text.Line(
            _byRuns ? "/// z[r] = sum over the edges of run r, which arrive at one node, of F(x[source], y, w)."
            : _graph ? "/// z[r] = sum over the edges that arrive at node r of F(x[source], y, w)."
            : "/// z = F(x, y, w), row by row.");
        WriteByNode(text, "forward", pass, tangents: false, path =>
            text.Line($"{Name(path)}(ye + {path.Column}).forward(xs, {Weight(path, "we")}, z{path.Output});"));
    }

    private void WriteJvp(SourceText text, ChannelwisePass pass)
    {
        text.Line("/// The derivative of z in the direction (ax, ay, aw).");
        WriteByNode(text, "jvp", pass, tangents: true, path =>
        {
            string name = Name(path), weight = Weight(path, "we");
            text.Line($"{name}(aye + {path.Column}).forward(xs, {weight}, z{path.Output});");
            using (text.Braces("// at y"))
            {
                text.Line($"{name} c(ye + {path.Column});");
                text.Line($"c.forward(axs, {weight}, z{path.Output});");
                if (path.Weight >= 0)
                {
                    text.Line($"c.forward(xs, {Weight(path, "awe")}, z{path.Output});");
                }
            }
        });
    }
}
