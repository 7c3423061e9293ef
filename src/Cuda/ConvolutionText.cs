using E3Gen.Kernels;

namespace E3Gen.Cuda;

/// <summary>
/// Prints the kernels of a fused convolution. A slot of lanes owns one node and up to 32 of its copies: each lane sums what arrives for its copy in registers, in the order of the edges, and
/// writes it once, so that no lane waits for another and no sum depends on the grid. The gradient walks the same edges: cotangents of weights are written once an edge, those of the
/// edges' features are added over the lanes of a slot in one order, those of the sources are messages that another kernel sums by source.
/// </summary>
internal sealed class ConvolutionText
{
    /// <summary>Threads of a block.</summary>
    public const int BlockSize = 128;

    private const int Warp = 32;

    private readonly ChannelwiseProgram _program;
    private readonly SegmentPlace[] _x, _z;
    private readonly string _name;

    /// <param name="program">The product of each edge.</param>
    /// <param name="name">Start of the names of its kernels.</param>
    public ConvolutionText(ChannelwiseProgram program, string name)
    {
        (_program, _name) = (program, name);
        _x = SegmentPlace.Of(program.X, program.InputLayout, []);
        _z = SegmentPlace.Of(program.Z, program.OutputLayout, program.OutputRuns);
        MostCopies = program.Paths.Select(p => _x[p.Input].Copies).DefaultIfEmpty(1).Max();
        Parts = (MostCopies + Warp - 1) / Warp;
        SlotLanes = Parts > 1 ? Warp : (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)MostCopies);
    }

    /// <summary>The largest number of copies of a segment.</summary>
    public int MostCopies { get; }

    /// <summary>How many slots share the copies of a node.</summary>
    public int Parts { get; }

    /// <summary>Lanes of a slot: a warp, or a part of one where there are fewer copies.</summary>
    public int SlotLanes { get; }

    /// <summary>Columns of a row of x.</summary>
    public int XColumns => _program.X.Sum(BilinearProgram.Width);

    /// <summary>Columns of a row of z.</summary>
    public int ZColumns => _program.Z.Sum(BilinearProgram.Width);

    /// <summary>Blocks of a launch over nodes.</summary>
    /// <param name="nodes">Number of nodes.</param>
    public long Blocks(long nodes) => ((nodes * Parts * SlotLanes) + BlockSize - 1) / BlockSize;

    /// <summary>The whole text for a number type.</summary>
    /// <param name="type">float or double.</param>
    public string Write(string type)
    {
        var text = new SourceText();
        text.Line($"typedef {type} T;");
        text.Line();
        WriteFold(text);
        foreach (var coupling in _program.Paths.Select(p => p.Coupling).DistinctBy(c => (c.L1, c.L2, c.L3)).OrderBy(c => (c.L1, c.L2, c.L3)))
        {
            new CouplingText(coupling).Write(text);
        }

        WriteForward(text);
        text.Line();
        WriteGradient(text);
        text.Line();
        WriteJvp(text);
        text.Line();
        WriteGradientJvp(text);
        text.Line();
        WriteSums(text);
        return text.ToString();
    }

    /// <summary>Sums over the lanes of a slot.</summary>
    private void WriteFold(SourceText text)
    {
        text.Line($"/// The sum over the {SlotLanes} lanes of a slot, in one fixed order, in every lane.");
        using (text.Braces("__device__ __forceinline__ T fold(T v)"))
        {
            text.Line($"for (int d = {SlotLanes / 2}; d; d >>= 1) v += __shfl_xor_sync(0xffffffffu, v, d);");
            text.Line("return v;");
        }

        text.Line();
    }

    /// <summary>The slot's node n, its part of the copies, and the lane's copy u.</summary>
    private void WritePlace(SourceText text)
    {
        text.Line($"long long slot = ((long long)blockIdx.x * {BlockSize} + threadIdx.x) / {SlotLanes};");
        text.Line($"int lane = (int)(threadIdx.x % {SlotLanes}), part = (int)(slot % {Parts}), u = part * {SlotLanes} + lane;");
        text.Line($"long long n = slot / {Parts};");
    }

    private const string Inputs = "const T* __restrict__ x, const T* __restrict__ y, const T* __restrict__ w",
        Tangents = "const T* __restrict__ ax, const T* __restrict__ ay, const T* __restrict__ aw",
        Edges = "const long long* __restrict__ offsets, const long long* __restrict__ source";

    private IDisposable Kernel(SourceText text, string kernel, string arguments) =>
        text.Braces($"extern \"C\" __global__ void __launch_bounds__({BlockSize}) {_name}_{kernel}({arguments})");

    /// <summary>The rows of an edge.</summary>
    private void WriteRows(SourceText text, bool tangents)
    {
        text.Line($"const T *xe = x + source[e] * {XColumns}, *ye = y + e * {_program.Columns}, *we = w + e * {_program.WeightCount};");
        if (tangents)
        {
            text.Line($"const T *axe = ax + source[e] * {XColumns}, *aye = ay + e * {_program.Columns}, *awe = aw + e * {_program.WeightCount};");
        }
    }

    /// <summary>The sums of a lane.</summary>
    private void WriteResults(SourceText text)
    {
        foreach (int o in Results)
        {
            text.Line($"T z{o}[{_z[o].Components}] = {{}};");
        }
    }

    private void WriteStores(SourceText text)
    {
        text.Line($"T* zn = z + n * {ZColumns};");
        for (int o = 0; o < _z.Length; o++)
        {
            text.Line(Results.Contains(o) ? $"{Inside(_z[o])}{Store($"z{o}", _z[o], "zn")}" : Zeros(_z[o], "zn"));
        }
    }

    /// <summary>A segment that nothing reaches; its copies may lie between those of others.</summary>
    private string Zeros(SegmentPlace place, string row) =>
        $"for (int c = u; c < {place.Copies}; c += {Parts * SlotLanes}) for (int i = 0; i < {place.Components}; i++) {row}[{place.First} + c * {place.CopyStep} + i * {place.ComponentStep}] = 0;";

    private string Head(SegmentPlace place) => $"{Inside(place)}// {place.Copies} copies of {place.Components} components";

    private string Inside(SegmentPlace place) => place.Copies == Parts * SlotLanes ? "" : $"if (u < {place.Copies}) ";

    private static string Load(string target, SegmentPlace place, string row) => $"load({target}, {place.Address(row)}, {place.ComponentStep});";

    private static string Store(string source, SegmentPlace place, string row) => $"store({source}, {place.Address(row)}, {place.ComponentStep});";

    private static string Weight(ChannelwisePath path, string row)
    {
        string column = path.WeightStep == 1 ? "u" : $"u * {path.WeightStep}";
        return path.Weight < 0 ? SourceText.Number(path.Scale)
            : path.Scale == 1 ? $"{row}[{path.Weight} + {column}]"
            : $"{SourceText.Number(path.Scale)} * {row}[{path.Weight} + {column}]";
    }

    private static string Coupling(ChannelwisePath path) => $"{new CouplingText(path.Coupling).Name}<T>";

    private IEnumerable<IGrouping<int, ChannelwisePath>> BySegment => _program.Paths.GroupBy(p => p.Input).OrderBy(g => g.Key);

    private IEnumerable<int> Results => _program.Paths.Select(p => p.Output).Distinct().Order();

    private void WriteForward(SourceText text)
    {
        text.Line("/// z[n] = sum over the edges that arrive at n of F(x[source], y, w).");
        using (Kernel(text, "forward", $"{Inputs}, T* __restrict__ z, {Edges}, long long nodes"))
        {
            WritePlace(text);
            text.Line("if (n >= nodes) return;");
            WriteResults(text);
            using (text.Braces("for (long long e = offsets[n], end = offsets[n + 1]; e < end; e++)"))
            {
                WriteRows(text, tangents: false);
                foreach (var segment in BySegment)
                {
                    var place = _x[segment.Key];
                    using (text.Braces(Head(place)))
                    {
                        text.Line($"T xs[{place.Components}];");
                        text.Line(Load("xs", place, "xe"));
                        foreach (var path in segment)
                        {
                            text.Line($"{Coupling(path)}(ye + {path.Column}).forward(xs, {Weight(path, "we")}, z{path.Output});");
                        }
                    }
                }
            }

            WriteStores(text);
        }
    }

    private void WriteJvp(SourceText text)
    {
        text.Line("/// The derivative of z in the direction (ax, ay, aw).");
        using (Kernel(text, "jvp", $"{Inputs}, {Tangents}, T* __restrict__ z, {Edges}, long long nodes"))
        {
            WritePlace(text);
            text.Line("if (n >= nodes) return;");
            WriteResults(text);
            using (text.Braces("for (long long e = offsets[n], end = offsets[n + 1]; e < end; e++)"))
            {
                WriteRows(text, tangents: true);
                foreach (var segment in BySegment)
                {
                    var place = _x[segment.Key];
                    using (text.Braces(Head(place)))
                    {
                        text.Line($"T xs[{place.Components}], axs[{place.Components}];");
                        text.Line(Load("xs", place, "xe"));
                        text.Line(Load("axs", place, "axe"));
                        foreach (var path in segment)
                        {
                            string name = Coupling(path), weight = Weight(path, "we");
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
                        }
                    }
                }
            }

            WriteStores(text);
        }
    }

    private void WriteGradient(SourceText text)
    {
        text.Line("/// The cotangents of each edge: gw once, gy as one part for each slot of a node, gx as a message to its source.");
        WriteByEdge(text, "gradient", tangents: false, (path, column) =>
        {
            string scale = path.Scale == 1 || path.Weight < 0 ? "" : $"{SourceText.Number(path.Scale)} * ";
            string backward = $"{Coupling(path)}(ye + {path.Column}).backward(xs, v, g{path.Output}, gx)";
            text.Line($"v = {Weight(path, "we")};");
            text.Line(path.Weight < 0 ? $"{backward};" : $"gwe[{path.Weight} + {column}] = {scale}{backward};");
            text.Line($"{Coupling(path)}::outer(xs, v, g{path.Output}, gys + {path.Column});");
        });
    }

    private void WriteGradientJvp(SourceText text)
    {
        text.Line("/// The derivatives of these cotangents in the direction (ax, ay, aw).");
        WriteByEdge(text, "gradient_jvp", tangents: true, (path, column) =>
        {
            var place = _x[path.Input];
            string scale = path.Scale == 1 || path.Weight < 0 ? "" : $"{SourceText.Number(path.Scale)} * ";
            using (text.Braces($"// to {path.Output}"))
            {
                text.Line($"T t[{place.Components}], at[{place.Components}], gv = 0, av = {(path.Weight < 0 ? "0" : Weight(path, "awe"))};");
                text.Line($"v = {Weight(path, "we")};");
                text.Line($"{Coupling(path)}(ye + {path.Column}).transposed(g{path.Output}, t);");
                text.Line($"{Coupling(path)}(aye + {path.Column}).transposed(g{path.Output}, at);");
                text.Line("#pragma unroll");
                using (text.Braces($"for (int i = 0; i < {place.Components}; i++)"))
                {
                    text.Line("gv += xs[i] * at[i] + axs[i] * t[i];");
                    text.Line("gx[i] += v * at[i] + av * t[i];");
                    text.Line("t[i] = v * axs[i] + av * xs[i];");
                }

                if (path.Weight >= 0)
                {
                    text.Line($"gwe[{path.Weight} + {column}] = {scale}gv;");
                }

                text.Line($"{Coupling(path)}::outer(t, T(1), g{path.Output}, gys + {path.Column});");
            }
        });
    }

    /// <summary>A kernel that walks over the arriving edges with the cotangent of their node in registers.</summary>
    private void WriteByEdge(SourceText text, string kernel, bool tangents, Action<ChannelwisePath, string> writePath)
    {
        string arguments = $"{Inputs}, {(tangents ? Tangents + ", " : "")}const T* __restrict__ g, "
            + $"T* __restrict__ message, T* __restrict__ gy, T* __restrict__ gw, {Edges}, long long nodes, long long edges";
        using (Kernel(text, kernel, arguments))
        {
            WritePlace(text);
            // Lanes of a warp meet in the sums: those of a node that is none have no edges.
            text.Line($"const T* gn = g + n * {ZColumns};");
            foreach (int o in Results)
            {
                text.Line($"T g{o}[{_z[o].Components}] = {{}};");
                text.Line($"if (n < nodes{(Inside(_z[o]).Length == 0 ? "" : $" && u < {_z[o].Copies}")}) {Load($"g{o}", _z[o], "gn")}");
            }

            text.Line("long long e = n < nodes ? offsets[n] : 0, end = n < nodes ? offsets[n + 1] : 0;");
            bool shared = SlotLanes < Warp; // several nodes a warp: all of them walk as long as the longest
            using (text.Braces($"for (; {(shared ? "__any_sync(0xffffffffu, e < end)" : "e < end")}; e++)"))
            {
                text.Line($"T gys[{Math.Max(1, _program.Columns)}] = {{}};");
                using (text.Braces(shared ? "if (e < end)" : "// the edge"))
                {
                    WriteRows(text, tangents);
                    text.Line($"T *me = message + e * {XColumns}, *gwe = gw + e * {_program.WeightCount};");
                    foreach (var segment in BySegment)
                    {
                        var place = _x[segment.Key];
                        using (text.Braces(Head(place)))
                        {
                            text.Line($"T xs[{place.Components}], gx[{place.Components}] = {{}}, v;");
                            text.Line(Load("xs", place, "xe"));
                            if (tangents)
                            {
                                text.Line($"T axs[{place.Components}];");
                                text.Line(Load("axs", place, "axe"));
                            }

                            foreach (var path in segment)
                            {
                                writePath(path, path.WeightStep == 1 ? "u" : $"u * {path.WeightStep}");
                            }

                            text.Line(Store("gx", place, "me"));
                        }
                    }

                    for (int s = 0; s < _x.Length; s++)
                    {
                        if (!_program.Paths.Any(p => p.Input == s))
                        {
                            text.Line(Zeros(_x[s], "me"));
                        }
                    }
                }

                for (int j = 0; j < _program.Columns; j++)
                {
                    text.Line($"{{ T sum = fold(gys[{j}]); if (lane == {j % SlotLanes} && e < end) gy[((long long)part * edges + e) * {_program.Columns} + {j}] = sum; }}");
                }
            }
        }
    }

    private void WriteSums(SourceText text)
    {
        text.Line("/// gx[s] = the messages of the edges that leave s, in their order: a thread a column.");
        using (Kernel(text, "sum", "const T* __restrict__ message, T* __restrict__ gx, const long long* __restrict__ offsets, const long long* __restrict__ edge, long long nodes"))
        {
            text.Line($"long long i = (long long)blockIdx.x * {BlockSize} + threadIdx.x, s = i / {XColumns}, c = i % {XColumns};");
            text.Line("if (s >= nodes) return;");
            text.Line("T sum = 0;");
            text.Line($"for (long long t = offsets[s], end = offsets[s + 1]; t < end; t++) sum += message[edge[t] * {XColumns} + c];");
            text.Line($"gx[s * {XColumns} + c] = sum;");
        }

        text.Line();
        text.Line("/// gy = the parts of the slots of a node, in their order.");
        using (Kernel(text, "parts", "const T* __restrict__ part, T* __restrict__ gy, long long numbers"))
        {
            text.Line($"long long i = (long long)blockIdx.x * {BlockSize} + threadIdx.x;");
            text.Line("if (i >= numbers) return;");
            text.Line("T sum = 0;");
            text.Line($"for (int p = 0; p < {Parts}; p++) sum += part[p * numbers + i];");
            text.Line("gy[i] = sum;");
        }
    }
}
