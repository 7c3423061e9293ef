using E3Gen.Kernels;

namespace E3Gen.Cuda;

/// <content>Cotangents, and their derivatives in a direction.</content>
internal sealed partial class ChannelwiseText
{
    private void WriteGradient(SourceText text, ChannelwisePass pass)
    {
        text.Line(_gradientBySource
            ? "/// The cotangents of the edges that leave node r: gw once, gy as one part for each slot, gx as their sum."
            : _graph ? "/// The cotangents of each edge: gw once, gy as one part for each slot of a node, gx as a message to its source."
            : "/// The cotangents of each row: gx and gw once, gy as one part for each slot.");
        WriteGradients(text, "gradient", pass, tangents: false, (path, at) =>
        {
            string scale = path.Scale == 1 || path.Weight < 0 ? "" : $"{SourceText.Number(path.Scale)} * ";
            string backward = $"{Name(path)}(ye + {path.Column}).backward({at.X}, v, {at.G}, {at.Gx})";
            text.Line($"v = {Weight(path, "we")};");
            text.Line(path.Weight < 0 ? $"{backward};" : $"gwe[{path.Weight} + {Column(path)}] = S({scale}{backward});");
            text.Line($"{Name(path)}::outer({at.X}, v, {at.G}, gys + {path.Column});");
        });
    }

    private void WriteGradientJvp(SourceText text, ChannelwisePass pass)
    {
        text.Line("/// The derivatives of these cotangents in the direction (ax, ay, aw).");
        WriteGradients(text, "gradient_jvp", pass, tangents: true, (path, at) =>
        {
            var place = _x[path.Input];
            string scale = path.Scale == 1 || path.Weight < 0 ? "" : $"{SourceText.Number(path.Scale)} * ";
            using (text.Braces($"// to {path.Output}"))
            {
                text.Line($"T t[{place.Components}], at[{place.Components}], gv = 0, av = {(path.Weight < 0 ? "0" : Weight(path, "awe"))};");
                text.Line($"v = {Weight(path, "we")};");
                text.Line($"{Name(path)}(ye + {path.Column}).transposed({at.G}, t);");
                text.Line($"{Name(path)}(aye + {path.Column}).transposed({at.G}, at);");
                text.Line("#pragma unroll");
                using (text.Braces($"for (int i = 0; i < {place.Components}; i++)"))
                {
                    text.Line($"gv += {at.X}[i] * at[i] + {at.Ax}[i] * t[i];");
                    text.Line($"{at.Gx}[i] += v * at[i] + av * t[i];");
                    text.Line($"t[i] = v * {at.Ax}[i] + av * {at.X}[i];");
                }

                if (path.Weight >= 0)
                {
                    text.Line($"gwe[{path.Weight} + {Column(path)}] = S({scale}gv);");
                }

                text.Line($"{Name(path)}::outer(t, T(1), {at.G}, gys + {path.Column});");
            }
        });
    }

    /// <summary>What a path reads and adds to, by the names of local arrays.</summary>
    /// <param name="X">The input.</param>
    /// <param name="Ax">Its tangent.</param>
    /// <param name="Gx">Its cotangent.</param>
    /// <param name="G">The cotangent of the result.</param>
    private readonly record struct Locals(string X, string Ax, string Gx, string G);

    private void WriteGradients(SourceText text, string kernel, ChannelwisePass pass, bool tangents, Action<ChannelwisePath, Locals> writePath)
    {
        if (_gradientBySource)
        {
            WriteBySource(text, kernel, pass, tangents, writePath);
        }
        else
        {
            WriteByEdge(text, kernel, pass, tangents, writePath);
        }
    }

    /// <summary>Which column of its part of the weights a lane takes.</summary>
    private static string Column(ChannelwisePath path) => path.WeightStep == 1 ? "u" : $"u * {path.WeightStep}";

    /// <summary>A kernel that walks over the arriving edges with the cotangent of their node in registers.</summary>
    private void WriteByEdge(SourceText text, string kernel, ChannelwisePass pass, bool tangents, Action<ChannelwisePath, Locals> writePath)
    {
        string result = _graph ? "T* __restrict__ message" : "S* __restrict__ gx", count = _graph ? ", long long edges" : "";
        using (Kernel(text, kernel + pass.Number, $"{Inputs}, {(tangents ? Tangents + ", " : "")}const S* __restrict__ g, {result}, T* __restrict__ gy, S* __restrict__ gw, {Places}{count}"))
        {
            WritePlace(text);
            // Lanes of a warp meet in the sums: those of a node that is none have no edges.
            text.Line($"const S* gn = g + {(_byRuns ? $"(r < {_slots} ? node[r] : 0)" : "r")} * {_zColumns};");
            foreach (int o in Results(pass))
            {
                text.Line($"T g{o}[{_z[o].Components}] = {{}};");
                text.Line($"if (r < {_slots}{(Inside(_z[o]).Length == 0 ? "" : $" && u < {_z[o].Copies}")}) {Load($"g{o}", _z[o], "gn")}");
            }

            if (_graph)
            {
                text.Line($"long long e = r < {_slots} ? offsets[r] : 0, end = r < {_slots} ? offsets[r + 1] : 0;");
                bool shared = _slotLanes < Warp; // several nodes a warp: all of them walk as long as the longest
                using (text.Braces($"for (; {(shared ? "__any_sync(0xffffffffu, e < end)" : "e < end")}; e++)"))
                {
                    WriteEdge(text, pass, tangents, shared ? "e < end" : "", writePath);
                }
            }
            else
            {
                text.Line("long long e = r;");
                WriteEdge(text, pass, tangents, "r < rows", writePath);
            }
        }

        text.Line();
    }

    /// <param name="text">Takes the text.</param>
    /// <param name="pass">The paths.</param>
    /// <param name="tangents">Whether there is a direction.</param>
    /// <param name="condition">Whether the lane has an edge; empty where it always has.</param>
    /// <param name="writePath">Writes a path.</param>
    private void WriteEdge(SourceText text, ChannelwisePass pass, bool tangents, string condition, Action<ChannelwisePath, Locals> writePath)
    {
        text.Line($"T gys[{Math.Max(1, _program.Columns)}] = {{}};");
        using (text.Braces(condition.Length > 0 ? $"if ({condition})" : "// the edge"))
        {
            WriteRows(text, tangents);
            string type = _graph ? "T" : "S";
            text.Line($"{type}* me = {(_graph ? "message" : "gx")} + e * {_xColumns};");
            text.Line($"S* gwe = gw + e * {_program.WeightCount};");
            foreach (var segment in BySegment(pass))
            {
                var place = _x[segment.Key];
                using (text.Braces(Head(place)))
                {
                    text.Line($"T xs[{place.Components}], gxs[{place.Components}] = {{}}, v;");
                    text.Line(Load("xs", place, "xe"));
                    if (pass.Continues(segment.Key))
                    {
                        text.Line(Load("gxs", place, "me"));
                    }

                    if (tangents)
                    {
                        text.Line($"T axs[{place.Components}];");
                        text.Line(Load("axs", place, "axe"));
                    }

                    foreach (var path in segment)
                    {
                        writePath(path, new("xs", "axs", "gxs", $"g{path.Output}"));
                    }

                    text.Line(Store("gxs", place, "me"));
                }
            }

            foreach (int s in Enumerable.Range(0, pass.IsFirst ? _x.Length : 0).Where(s => _program.Paths.All(p => p.Input != s)))
            {
                text.Line(Zeros(_x[s], "me", type));
            }
        }

        WriteFolds(text, pass, condition.Length > 0 ? condition : "e < end");
    }

    /// <summary>The sums over a slot's lanes of an edge's cotangents of y: its part.</summary>
    /// <param name="text">Takes the text.</param>
    /// <param name="pass">The paths.</param>
    /// <param name="has">Whether the lane has an edge.</param>
    private void WriteFolds(SourceText text, ChannelwisePass pass, string has)
    {
        string slice = pass.Index == 0 ? "part" : $"({pass.Index * _parts} + part)";
        for (int j = 0; j < _program.Columns; j++)
        {
            text.Line($"{{ T sum = fold(gys[{j}]); if (lane == {j % _slotLanes} && {has}) gy[((long long){slice} * {_edges} + e) * {_program.Columns} + {j}] = sum; }}");
        }
    }

    /// <summary>A kernel that walks over the edges that leave a node with its row, and the cotangent of its row, in registers.</summary>
    private void WriteBySource(SourceText text, string kernel, ChannelwisePass pass, bool tangents, Action<ChannelwisePath, Locals> writePath)
    {
        const string Leaving = "const long long* __restrict__ offsets, const long long* __restrict__ edge, const long long* __restrict__ destination, "
            + "long long wstep, long long nodes, long long edges";
        using (Kernel(text, kernel + pass.Number, $"{Inputs}, {(tangents ? Tangents + ", " : "")}const S* __restrict__ g, S* __restrict__ gx, T* __restrict__ gy, S* __restrict__ gw, {Leaving}"))
        {
            WritePlace(text);
            int[] inputs = [.. BySegment(pass).Select(s => s.Key)];
            foreach (int s in inputs)
            {
                string size = $"[{_x[s].Components}] = {{}}";
                text.Line($"T x{s}{size}, gx{s}{size}{(tangents ? $", ax{s}{size}" : "")};");
            }

            using (text.Braces("if (r < nodes)"))
            {
                text.Line($"const S* xr = x + r * {_xColumns}{(tangents ? $", *axr = ax + r * {_xColumns}" : "")};");
                foreach (int s in inputs)
                {
                    text.Line($"{Inside(_x[s])}{Load($"x{s}", _x[s], "xr")}");
                    if (tangents)
                    {
                        text.Line($"{Inside(_x[s])}{Load($"ax{s}", _x[s], "axr")}");
                    }
                }
            }

            text.Line("long long t = r < nodes ? offsets[r] : 0, end = r < nodes ? offsets[r + 1] : 0;");
            using (text.Braces($"for (; {(_slotLanes < Warp ? "__any_sync(0xffffffffu, t < end)" : "t < end")}; t++)"))
            {
                text.Line("long long e = t < end ? edge[t] : 0;");
                text.Line($"T gys[{Math.Max(1, _program.Columns)}] = {{}};");
                using (text.Braces("if (t < end)"))
                {
                    text.Line($"const S *ge = g + destination[e] * {_zColumns}, *ye = y + e * {_program.Columns}, *we = w + e * wstep;");
                    if (tangents)
                    {
                        text.Line($"const S *aye = ay + e * {_program.Columns}, *awe = aw + e * wstep;");
                    }

                    text.Line($"S* gwe = gw + e * {_program.WeightCount};");
                    foreach (var result in pass.Paths.GroupBy(p => p.Output).OrderBy(p => p.Key))
                    {
                        var place = _z[result.Key];
                        using (text.Braces(Head(place)))
                        {
                            text.Line($"T gs[{place.Components}], v;");
                            text.Line(Load("gs", place, "ge"));
                            foreach (var path in result)
                            {
                                writePath(path, new($"x{path.Input}", $"ax{path.Input}", $"gx{path.Input}", "gs"));
                            }
                        }
                    }
                }

                WriteFolds(text, pass, "t < end");
            }

            text.Line("if (r >= nodes) return;");
            text.Line($"S* gxr = gx + r * {_xColumns};");
            foreach (int s in inputs)
            {
                text.Line($"{Inside(_x[s])}{Store($"gx{s}", _x[s], "gxr")}");
            }

            foreach (int s in Enumerable.Range(0, pass.IsFirst ? _x.Length : 0).Where(s => _program.Paths.All(p => p.Input != s)))
            {
                text.Line(Zeros(_x[s], "gxr", "S"));
            }
        }

        text.Line();
    }

    private void WriteSums(SourceText text)
    {
        if (!_graph)
        {
            return;
        }

        if (_byRuns)
        {
            text.Line("/// z[n] = the sums of the runs of node n, in their order: a thread a column.");
            WriteColumnSums(text, "join", "partial", "z", _zColumns, "t");
        }

        if (!HasMessages)
        {
            return;
        }

        text.Line("/// gx[n] = the messages of the edges that leave node n, in their order: a thread a column.");
        WriteColumnSums(text, "sum", "message", "gx", _xColumns, "edge[t]");
    }

    /// <summary>A kernel that sums rows of each node, one after the other.</summary>
    /// <param name="text">Takes the text.</param>
    /// <param name="kernel">Its name.</param>
    /// <param name="from">What is summed.</param>
    /// <param name="to">The sums.</param>
    /// <param name="columns">Columns of both.</param>
    /// <param name="row">Row t of a node: itself, or that of an index.</param>
    private void WriteColumnSums(SourceText text, string kernel, string from, string to, int columns, string row)
    {
        string edges = row == "t" ? "" : "const long long* __restrict__ edge, ";
        using (Kernel(text, kernel, $"const T* __restrict__ {from}, S* __restrict__ {to}, const long long* __restrict__ offsets, {edges}long long nodes"))
        {
            text.Line($"long long i = (long long)blockIdx.x * {Launch.BlockSize} + threadIdx.x, n = i / {columns}, c = i % {columns};");
            text.Line("if (n >= nodes) return;");
            text.Line("T sum = 0;");
            text.Line($"for (long long t = offsets[n], end = offsets[n + 1]; t < end; t++) sum += {from}[{row} * {columns} + c];");
            text.Line($"{to}[n * {columns} + c] = S(sum);");
        }

        text.Line();
    }

    private void WriteParts(SourceText text, int passes)
    {
        text.Line("/// gy = the parts of the slots of a node, pass after pass, in their order.");
        using (Kernel(text, $"parts{passes}", $"const T* __restrict__ part, S* __restrict__ gy, long long {_edges}"))
        {
            text.Line($"long long i = (long long)blockIdx.x * {Launch.BlockSize} + threadIdx.x, numbers = {_edges} * {_program.Columns};");
            text.Line("if (i >= numbers) return;");
            text.Line("T sum = 0;");
            text.Line($"for (int p = 0; p < {passes * _parts}; p++) sum += part[p * numbers + i];");
            text.Line("gy[i] = S(sum);");
        }

        text.Line();
    }
}
