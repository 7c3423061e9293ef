using E3Gen.Kernels;

namespace E3Gen.Cuda.Tests;

/// <summary>A convolution with a graph, or a product with rows, and its results by definition: sums over the terms of the couplings, in double precision.</summary>
internal sealed class ChannelwiseCase
{
    private readonly ChannelwiseProgram _program;
    private readonly SegmentPlace[] _x, _z;
    private readonly int _xColumns, _zColumns;
    private readonly Dictionary<string, double[]> _numbers = [];

    private ChannelwiseCase(ChannelwiseProgram program, NumberType type, long[] source, long[] offsets, bool isGraph, int seed)
    {
        (_program, Source, Offsets) = (program, source, offsets);
        _x = SegmentPlace.Of(program.X, program.InputLayout, []);
        _z = SegmentPlace.Of(program.Z, program.OutputLayout, program.OutputRuns);
        (_xColumns, _zColumns) = (program.X.Sum(BilinearProgram.Width), program.Z.Sum(BilinearProgram.Width));
        int nodes = offsets.Length - 1, edges = source.Length;
        var leaving = Enumerable.Range(0, edges).ToLookup(e => source[e], e => (long)e);
        Sizes = isGraph
            ? new() { ["nodes"] = nodes, ["edges"] = edges, ["wstep"] = program.WeightCount }
            : new() { ["rows"] = edges, ["wstep"] = program.WeightCount };
        Indices = new()
        {
            ["offsets"] = offsets,
            ["source"] = source,
            ["destination"] = [.. Enumerable.Range(0, nodes).SelectMany(n => Enumerable.Repeat((long)n, (int)(offsets[n + 1] - offsets[n])))],
            ["edge"] = [.. Enumerable.Range(0, nodes).SelectMany(s => leaving[s])],
            ["sourceOffsets"] = [0, .. Enumerable.Range(0, nodes).Select(s => Enumerable.Range(0, s + 1).Sum(r => leaving[r].LongCount()))],
        };
        if (isGraph)
        {
            AddRuns(nodes);
        }

        var random = new Random(seed);
        double[] Random(long count) => Storage.Round(type, [.. Enumerable.Range(0, (int)count).Select(_ => (random.NextDouble() * 2) - 1)]);
        foreach (var (name, count) in new[] { ("x", (long)nodes * _xColumns), ("y", (long)edges * program.Columns), ("w", (long)edges * program.WeightCount) })
        {
            _numbers[name] = Random(count);
            _numbers["a" + name] = Random(count);
            Expected["g" + name] = new double[count];
            Expected["g" + name + "'"] = new double[count];
        }

        _numbers["g"] = Random((long)nodes * _zColumns);
        (Expected["z"], Expected["z'"]) = (new double[_numbers["g"].Length], new double[_numbers["g"].Length]);
        for (int n = 0; n < nodes; n++)
        {
            for (long e = offsets[n]; e < offsets[n + 1]; e++)
            {
                Evaluate(n, e);
            }
        }
    }

    public long[] Source { get; }

    public long[] Offsets { get; }

    public Dictionary<string, long> Sizes { get; }

    public Dictionary<string, long[]> Indices { get; }

    public IReadOnlyDictionary<string, double[]> Numbers => _numbers;

    /// <summary>Results: "z", "gx"; and their derivatives in the direction: "z'", "gx'".</summary>
    public Dictionary<string, double[]> Expected { get; } = [];

    /// <summary>A graph with up to so many edges at a node; some nodes are alone.</summary>
    public static ChannelwiseCase Graph(ChannelwiseProgram program, NumberType type, int nodes, int mostEdges)
    {
        var random = new Random(nodes);
        var (source, offsets) = (new List<long>(), new List<long> { 0 });
        for (int n = 0; n < nodes; n++)
        {
            int arriving = n % 3 == 2 ? 0 : random.Next(mostEdges + 1);
            source.AddRange(Enumerable.Range(0, arriving).Select(_ => (long)random.Next(nodes)));
            offsets.Add(source.Count);
        }

        return new(program, type, [.. source], [.. offsets], isGraph: true, nodes);
    }

    /// <summary>A node with so many edges, one that is alone, and one with a single edge.</summary>
    public static ChannelwiseCase Star(ChannelwiseProgram program, NumberType type, int edges) =>
        new(program, type, [.. Enumerable.Range(0, edges).Select(e => e % 2L), 0L], [0, edges, edges, edges + 1], isGraph: true, edges);

    /// <summary>Rows: one edge from each node to itself.</summary>
    public static ChannelwiseCase Rows(ChannelwiseProgram program, NumberType type, int rows) =>
        new(program, type, [.. Enumerable.Range(0, rows)], [.. Enumerable.Range(0, rows + 1)], isGraph: false, rows);

    /// <summary>At most three edges of a node each.</summary>
    private void AddRuns(int nodes)
    {
        var (starts, node, first) = (new List<long>(), new List<long>(), new List<long> { 0 });
        for (int n = 0; n < nodes; n++)
        {
            for (long e = Offsets[n]; e < Offsets[n + 1]; e += 3)
            {
                starts.Add(e);
                node.Add(n);
            }

            first.Add(starts.Count);
        }

        Sizes["runs"] = starts.Count;
        (Indices["runOffsets"], Indices["runNode"], Indices["nodeRuns"]) = ([.. starts, Source.Length], [.. node], [.. first]);
    }

    private void Evaluate(long n, long e)
    {
        var (x, y, w, ax, ay, aw, g) = (_numbers["x"], _numbers["y"], _numbers["w"], _numbers["ax"], _numbers["ay"], _numbers["aw"], _numbers["g"]);
        foreach (var path in _program.Paths)
        {
            var (from, to) = (_x[path.Input], _z[path.Output]);
            foreach (var (i, j, k, value) in path.Coupling.Terms)
            {
                for (int u = 0; u < from.Copies; u++)
                {
                    long xi = (Source[e] * _xColumns) + from.First + (u * from.CopyStep) + (i * from.ComponentStep), yi = (e * _program.Columns) + path.Column + j;
                    long zi = (n * _zColumns) + to.First + (u * to.CopyStep) + (k * to.ComponentStep), wi = (e * _program.WeightCount) + path.Weight + (u * path.WeightStep);
                    double v = path.Weight < 0 ? 1 : w[wi], av = path.Weight < 0 ? 0 : aw[wi], c = value * path.Scale;
                    Expected["z"][zi] += c * v * x[xi] * y[yi];
                    Expected["gx"][xi] += c * v * y[yi] * g[zi];
                    Expected["gy"][yi] += c * v * x[xi] * g[zi];
                    Expected["z'"][zi] += c * ((v * ax[xi] * y[yi]) + (v * x[xi] * ay[yi]) + (av * x[xi] * y[yi]));
                    Expected["gx'"][xi] += c * g[zi] * ((v * ay[yi]) + (av * y[yi]));
                    Expected["gy'"][yi] += c * g[zi] * ((v * ax[xi]) + (av * x[xi]));
                    if (path.Weight >= 0)
                    {
                        Expected["gw"][wi] += c * x[xi] * y[yi] * g[zi];
                        Expected["gw'"][wi] += c * g[zi] * ((ax[xi] * y[yi]) + (x[xi] * ay[yi]));
                    }
                }
            }
        }
    }
}
