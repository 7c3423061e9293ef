using System.Numerics;
using E3Gen.Kernels;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Sums over the lanes of any number of vectors.</summary>
public sealed class LaneSumsTests
{
    [Fact]
    public void SinglePrecision() => Check<float>();

    [Fact]
    public void DoublePrecision() => Check<double>();

    private static unsafe void Check<T>()
        where T : unmanaged, INumber<T>
    {
        for (int count = 0; count < 20; count++)
        {
            T[] vectors = [.. Enumerable.Range(1, count * Vector<T>.Count).Select(i => T.CreateChecked(i * i % 101))], sums = new T[count + 1];
            sums[count] = T.CreateChecked(-7);
            fixed (T* source = vectors, target = sums)
            {
                LaneSums.Store(source, count, target);
            }

            for (int v = 0; v < count; v++)
            {
                Assert.Equal(vectors.Skip(v * Vector<T>.Count).Take(Vector<T>.Count).Aggregate(T.Zero, (a, b) => a + b), sums[v]);
            }

            Assert.Equal(T.CreateChecked(-7), sums[count]);
        }
    }
}
