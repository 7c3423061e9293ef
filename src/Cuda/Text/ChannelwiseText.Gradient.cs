using E3Gen.Kernels;

namespace E3Gen.Cuda;

/// <content>Cotangents, and their derivatives in a direction.</content>
internal sealed partial class ChannelwiseText
{
    private void WriteGradient(SourceText text, ChannelwisePass pass)
    {
        text.Line(_graph
            ? "/// The cotangents of each edge: gw once, gy as one part for each slot of a node, gx as a message to its source."
            : "/// The cotangents of each row: gx and gw once, gy as one part for each slot.");
        WriteByEdge(text, "gradient", pass, tangents: false, (path, column) =>
        {
            string scale = path.Scale == 1 || path.Weight < 0 ? "" : $"{SourceText.Number(path.Scale)} * ";
            string backward = $"{Name(path)}(ye + {path.Column}).backward(xs, v, g{path.Output}, gxs)";
            text.Line($"v = {Weight(path, "we")};");
            text.Line(path.Weight < 0 ? $"{backward};" : $"gwe[{path.Weight} + {column}] = S({scale}{backward});");
            text.Line($"{Name(path)}::outer(xs, v, g{path.Output}, gys + {path.Column});");
        });
    }

    private void WriteGradientJvp(SourceText text, ChannelwisePass pass)
    {
        text.Line("/// The derivatives of these cotangents in the direction (ax, ay, aw).");
        WriteByEdge(text, "gradient_jvp", pass, tangents: true, (path, column) =>
        {
            var place = _x[path.Input];
            string scale = path.Scale == 1 || path.Weight < 0 ? "" : $"{SourceText.Number(path.Scale)} * ";
            using (text.Braces($"// to {path.Output}"))
            {
                text.Line($"T t[{place.Components}], at[{place.Components}], gv = 0, av = {(path.Weight < 0 ? "0" : Weight(path, "awe"))};");
                text.Line($"v = {Weight(path, "we")};");
                text.Line($"{Name(path)}(ye + {path.Column}).transposed(g{path.Output}, t);");
                text.Line($"{Name(path)}(aye + {path.Column}).transposed(g{path.Output}, at);");
                text.Line("#pragma unroll");
                using (text.Braces($"for (int i = 0; i < {place.Components}; i++)"))
                {
                    text.Line("gv += xs[i] * at[i] + axs[i] * t[i];");
                    text.Line("gxs[i] += v * at[i] + av * t[i];");
                    text.Line("t[i] = v * axs[i] + av * xs[i];");
                }

                if (path.Weight >= 0)
                {
                    text.Line($"gwe[{path.Weight} + {column}] = S({scale}gv);");
                }

                text.Line($"{Name(path)}::outer(t, T(1), g{path.Output}, gys + {path.Column});");
            }
        });
    }

    /// <summary>A kernel that walks over the arriving edges with the cotangent of their node in registers.</summary>
    private void WriteByEdge(SourceText text, string kernel, ChannelwisePass pass, bool tangents, Action<ChannelwisePath, string> writePath)
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
    /// <param name="writePath">Writes a path, given the column of its weight.</param>
    private void WriteEdge(SourceText text, ChannelwisePass pass, bool tangents, string condition, Action<ChannelwisePath, string> writePath)
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
                        writePath(path, path.WeightStep == 1 ? "u" : $"u * {path.WeightStep}");
                    }

                    text.Line(Store("gxs", place, "me"));
                }
            }

            foreach (int s in Enumerable.Range(0, pass.IsFirst ? _x.Length : 0).Where(s => _program.Paths.All(p => p.Input != s)))
            {
                text.Line(Zeros(_x[s], "me", type));
            }
        }

        string has = condition.Length > 0 ? condition : "e < end", slice = pass.Index == 0 ? "part" : $"({pass.Index * _parts} + part)";
        for (int j = 0; j < _program.Columns; j++)
        {
            text.Line($"{{ T sum = fold(gys[{j}]); if (lane == {j % _slotLanes} && {has}) gy[((long long){slice} * {_edges} + e) * {_program.Columns} + {j}] = sum; }}");
        }
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
