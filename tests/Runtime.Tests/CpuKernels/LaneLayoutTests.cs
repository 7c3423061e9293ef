using System.Numerics;
using E3Gen.Kernels;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Rows of tensors become lanes, component after component with padding of zeros, and come back as they were.</summary>
public sealed class LaneLayoutTests
{
    public static TheoryData<bool> Orders => [true, false];

    [Theory]
    [MemberData(nameof(Orders))]
    public void SinglePrecision(bool copiesInnermost) => Check<float>(copiesInnermost);

    [Theory]
    [MemberData(nameof(Orders))]
    public void DoublePrecision(bool copiesInnermost) => Check<double>(copiesInnermost);

    /// <summary>Segments of 2, 3 and 1 copies in a row that has their copies side by side, then one of its own.</summary>
    [Fact]
    public unsafe void RunsHaveTheirCopiesSideBySide()
    {
        (int Copies, int L)[] segments = [(2, 1), (3, 1), (1, 1), (2, 0)];
        var layout = new LaneLayout<double>(segments, copiesInnermost: true, runs: [3, 1]);
        Assert.Equal(20, layout.Columns);
        double[] row = [.. Enumerable.Range(1, 20)], lanes = new double[layout.Lanes], back = new double[20];
        fixed (double* source = row, target = lanes, again = back)
        {
            layout.Load(source, target);
            layout.Store(target, again);
        }

        Assert.Equal(row, back);
        double[] Component(int segment, int i) => lanes[(layout[segment].Lane + (i * layout[segment].Stride))..][..segments[segment].Copies];
        Assert.Equal([1, 2], Component(0, 0));
        Assert.Equal([7, 8], Component(0, 1));
        Assert.Equal([9, 10, 11], Component(1, 1));
        Assert.Equal([18], Component(2, 2));
        Assert.Equal([19, 20], Component(3, 0));
    }

    private static unsafe void Check<T>(bool copiesInnermost)
        where T : unmanaged, INumber<T>
    {
        (int Copies, int L)[] segments = [.. from l in Enumerable.Range(0, 7) from copies in Enumerable.Range(0, 20).Concat([32, 33, 64, 125]) select (copies, l)];
        var layout = new LaneLayout<T>(segments, copiesInnermost);
        Assert.Equal(segments.Sum(s => s.Copies * (2 * s.L + 1)), layout.Columns);
        T dirt = T.CreateChecked(-7);
        T[] row = [.. Enumerable.Range(1, layout.Columns).Select(i => T.CreateChecked(i))], lanes = new T[layout.Lanes], back = new T[layout.Columns];
        lanes.AsSpan().Fill(dirt);
        back.AsSpan().Fill(dirt);
        fixed (T* source = row, target = lanes, again = back)
        {
            layout.Load(source, target);
            layout.Store(target, again);
        }

        Assert.True(row.AsSpan().SequenceEqual(back));
        int column = 0, used = 0;
        for (int s = 0; s < segments.Length; s++)
        {
            var (copies, l) = segments[s];
            int components = 2 * l + 1;
            Assert.Equal((column, used, copies), (layout[s].Column, layout[s].Lane, layout[s].Copies));
            Assert.Equal(0, layout[s].Stride % Vector<T>.Count);
            for (int i = 0; i < components; i++)
            {
                for (int u = 0; u < layout[s].Stride; u++)
                {
                    T expected = u >= copies ? T.Zero : row[column + (copiesInnermost ? i * copies + u : u * components + i)];
                    Assert.Equal(expected, lanes[used + i * layout[s].Stride + u]);
                }
            }

            column += copies * components;
            used += components * layout[s].Stride;
        }

        Assert.Equal(used, layout.Lanes);
    }
}
