using E3Gen.Kernels;

namespace E3Gen.Cuda.Tests;

/// <summary>A convolution with a graph and numbers, and its results by definition: sums over the terms of the couplings, in double precision.</summary>
internal sealed class ConvolutionCase
{
    private readonly ChannelwiseProgram _program;
    private readonly SegmentPlace[] _x, _z;

    public ConvolutionCase(ChannelwiseProgram program, int nodes, int mostEdges, int seed)
    {
        _program = program;
        _x = SegmentPlace.Of(program.X, program.InputLayout, []);
        _z = SegmentPlace.Of(program.Z, program.OutputLayout, program.OutputRuns);
        var random = new Random(seed);
        var (source, offsets) = (new List<long>(), new List<long> { 0 });
        for (int n = 0; n < nodes; n++)
        {
            int arriving = n % 3 == 2 ? 0 : random.Next(mostEdges + 1); // some nodes are alone
            source.AddRange(Enumerable.Range(0, arriving).Select(_ => (long)random.Next(nodes)));
            offsets.Add(source.Count);
        }

        (Nodes, Source, Offsets) = (nodes, [.. source], [.. offsets]);
        var leaving = Enumerable.Range(0, source.Count).GroupBy(e => source[e]).ToDictionary(g => g.Key, g => g.Select(e => (long)e).ToArray());
        Edge = [.. Enumerable.Range(0, nodes).SelectMany(s => leaving.GetValueOrDefault(s, []))];
        SourceOffsets = [0, .. Enumerable.Range(0, nodes).Select(s => Enumerable.Range(0, s + 1).Sum(r => leaving.GetValueOrDefault(r, []).LongLength))];
        double[] Numbers(long count) => [.. Enumerable.Range(0, (int)count).Select(_ => (double)(float)((random.NextDouble() * 2) - 1))];
        (XColumns, ZColumns) = (program.X.Sum(BilinearProgram.Width), program.Z.Sum(BilinearProgram.Width));
        (X, Y, W, G) = (Numbers((long)nodes * XColumns), Numbers((long)Edges * program.Columns), Numbers((long)Edges * program.WeightCount), Numbers((long)nodes * ZColumns));
        (Ax, Ay, Aw) = (Numbers(X.Length), Numbers(Y.Length), Numbers(W.Length));
        (Jvp, GxJvp, GyJvp, GwJvp) = (new double[G.Length], new double[X.Length], new double[Y.Length], new double[W.Length]);
        (Z, Gx, Gy, Gw) = (new double[G.Length], new double[X.Length], new double[Y.Length], new double[W.Length]);
        Evaluate();
    }

    public int Nodes { get; }

    public int Edges => Source.Length;

    public int XColumns { get; }

    public int ZColumns { get; }

    public long[] Source { get; }

    public long[] Offsets { get; }

    /// <summary>The edges that leave each node, and where those of a node begin.</summary>
    public long[] Edge { get; }

    public long[] SourceOffsets { get; }

    public double[] X { get; }

    public double[] Y { get; }

    public double[] W { get; }

    public double[] G { get; }

    public double[] Z { get; }

    public double[] Gx { get; }

    public double[] Gy { get; }

    public double[] Gw { get; }

    /// <summary>A direction.</summary>
    public double[] Ax { get; }

    public double[] Ay { get; }

    public double[] Aw { get; }

    /// <summary>The derivatives of results and cotangents in it.</summary>
    public double[] Jvp { get; }

    public double[] GxJvp { get; }

    public double[] GyJvp { get; }

    public double[] GwJvp { get; }

    private void Evaluate()
    {
        for (int n = 0; n < Nodes; n++)
        {
            for (long e = Offsets[n]; e < Offsets[n + 1]; e++)
            {
                foreach (var path in _program.Paths)
                {
                    var (x, z) = (_x[path.Input], _z[path.Output]);
                    foreach (var (i, j, k, value) in path.Coupling.Terms)
                    {
                        for (int u = 0; u < x.Copies; u++)
                        {
                            long xi = (Source[e] * XColumns) + x.First + (u * x.CopyStep) + (i * x.ComponentStep), yi = (e * _program.Columns) + path.Column + j;
                            long zi = ((long)n * ZColumns) + z.First + (u * z.CopyStep) + (k * z.ComponentStep), wi = (e * _program.WeightCount) + path.Weight + (u * path.WeightStep);
                            double w = path.Weight < 0 ? 1 : W[wi], aw = path.Weight < 0 ? 0 : Aw[wi], c = value * path.Scale;
                            Jvp[zi] += c * ((w * Ax[xi] * Y[yi]) + (w * X[xi] * Ay[yi]) + (aw * X[xi] * Y[yi]));
                            GxJvp[xi] += c * G[zi] * ((w * Ay[yi]) + (aw * Y[yi]));
                            GyJvp[yi] += c * G[zi] * ((w * Ax[xi]) + (aw * X[xi]));
                            Z[zi] += c * w * X[xi] * Y[yi];
                            Gx[xi] += c * w * Y[yi] * G[zi];
                            Gy[yi] += c * w * X[xi] * G[zi];
                            if (path.Weight >= 0)
                            {
                                Gw[wi] += c * X[xi] * Y[yi] * G[zi];
                                GwJvp[wi] += c * G[zi] * ((Ax[xi] * Y[yi]) + (X[xi] * Ay[yi]));
                            }
                        }
                    }
                }
            }
        }
    }
}
