using System.Numerics;
using E3Gen.Kernels;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Any columns of any rows go to lanes and come back, and nothing beside them is written.</summary>
public sealed unsafe class BlockRowsTests
{
    private const int Untouched = -1;

    public static TheoryData<int> Columns => [.. Enumerable.Range(1, 40), 81, 144];

    [Theory]
    [MemberData(nameof(Columns))]
    public void SinglePrecision(int columns) => ToLanesAndBack<float>(columns);

    [Theory]
    [MemberData(nameof(Columns))]
    public void DoublePrecision(int columns) => ToLanesAndBack<double>(columns);

    private static void ToLanesAndBack<T>(int columns)
        where T : unmanaged, INumber<T>
    {
        foreach (int size in new[] { VectorNumber<T>.Lanes, Pair<VectorNumber<T>, T>.Lanes, Vector512Number<T>.Lanes, Pair<Vector512Number<T>, T>.Lanes })
            foreach (int rows in new[] { 1, size - 1, size, size + 3 })
                foreach (var (before, after) in new[] { (0, 0), (2, 0), (1, 3) })
                {
                    int stride = before + columns + after, read = Math.Min(rows, size);
                    T[] matrix = [.. Enumerable.Range(1, rows * stride).Select(T.CreateChecked)], lanes = new T[columns * size], back = new T[rows * stride];
                    Array.Fill(lanes, T.CreateChecked(Untouched));
                    Array.Fill(back, T.CreateChecked(Untouched));
                    fixed (T* m = matrix, l = lanes, b = back)
                    {
                        new BlockRows<T>((nint)m, stride, rows).ToLanes(before, columns, l, size);
                        new BlockRows<T>((nint)b, stride, rows).FromLanes(l, size, before, columns);
                    }

                    for (int c = 0; c < columns; c++)
                    {
                        for (int r = 0; r < size; r++)
                        {
                            Assert.Equal(r < rows ? matrix[(r * stride) + before + c] : T.Zero, lanes[(c * size) + r]);
                        }
                    }

                    for (int i = 0; i < back.Length; i++)
                    {
                        bool isWritten = i / stride < read && i % stride >= before && i % stride < before + columns;
                        Assert.Equal(isWritten ? matrix[i] : T.CreateChecked(Untouched), back[i]);
                    }
                }
    }
}
