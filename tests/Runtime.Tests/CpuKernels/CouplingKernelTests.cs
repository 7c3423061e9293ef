using System.Numerics;
using System.Reflection;
using System.Runtime.Intrinsics;
using E3Gen.Kernels;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>The four loops of every coupling that this project uses, unrolled and as walks over tables, against sums over the Wigner 3j symbol as they stand in the definition.</summary>
public sealed class CouplingKernelTests
{
    private const int From = 1, Vectors = 5; // in vectors; pairs take the last four in two steps, pairs of wide ones in one

    private static readonly Coupling[] Couplings = [.. typeof(CouplingKernelTests).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Coupling)))
        .Select(type => (Coupling)type.GetField("Instance", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!.GetValue(null)!)
        .OrderBy(c => (c.L1, c.L2, c.L3))];

    [Fact]
    public void ThereAreUnrolledCouplingsAndOthers()
    {
        bool[] unrolled = [.. Couplings.Select(c => c.Kernel<double, VectorPack<double>>() is not TableKernel<double, VectorPack<double>>)];
        Assert.True(unrolled.Count(u => u) > 50, $"{unrolled.Count(u => u)} unrolled couplings");
        Assert.Contains(false, unrolled);
    }

    [Fact]
    public void CopiesInOneVector() => Check<double, VectorPack<double>>(1e-13);

    [Fact]
    public void CopiesInTwoVectors() => Check<double, VectorPairPack<double>>(1e-13);

    [Fact]
    public void SinglePrecision() => Check<float, VectorPairPack<float>>(1e-5);

    /// <summary>Where the processor has vectors of 512 bits; elsewhere no operation takes them.</summary>
    [Fact]
    public void CopiesInWideVectors()
    {
        Assert.Equal(Vector512.IsHardwareAccelerated && Vector<double>.Count == 4, LaneRange<double>.IsWide);
        if (LaneRange<double>.IsWide)
        {
            Check<double, Vector512Pack<double>>(1e-13);
            Check<double, Vector512PairPack<double>>(1e-13);
            Check<float, Vector512Pack<float>>(1e-5);
            Check<float, Vector512PairPack<float>>(1e-5);
        }
    }

    /// <summary>Every lane is done once, in the widest packs that are left.</summary>
    [Fact]
    public void LanesAreSplitIntoPacks()
    {
        Coupling coupling = Couplings[0];
        for (int lanes = 0; lanes <= 12 * Vector<float>.Count; lanes += Vector<float>.Count)
        {
            foreach (LaneRange<float>[] ranges in new[] { LaneRange<float>.ForProducts(coupling, lanes).ToArray(), [.. LaneRange<float>.ForGradientY(coupling, lanes)] })
            {
                Assert.Equal(lanes, ranges.Sum(r => r.To - r.From));
                Assert.Equal([0, .. ranges.Select(r => r.To)], [.. ranges.Select(r => r.From), lanes]);
                Assert.True(ranges.Length <= 3);
            }
        }
    }

    private static void Check<T, TPack>(double tolerance)
        where T : unmanaged, INumber<T>
        where TPack : struct, IPack<TPack, T>
    {
        foreach (Coupling coupling in Couplings)
        {
            var definition = new Definition<T>(coupling);
            definition.Compare(coupling.Kernel<T, TPack>(), tolerance, $"{coupling.GetType().Name}, {typeof(TPack).Name}");
            definition.Compare(new TableKernel<T, TPack>(coupling), tolerance, $"{coupling.GetType().Name}, {typeof(TPack).Name}, table");
        }
    }

    /// <summary>Random operands, and the loops written as what they mean.</summary>
    private sealed class Definition<T>
        where T : unmanaged, INumber<T>
    {
        private const int Lane = 1; // the matrix's row

        private static readonly int Width = Vector<T>.Count;
        private static readonly int Stride = Vectors * Width;

        private readonly Coupling coupling;
        private readonly Random random;
        private readonly T scale;
        private readonly T[] x, y, z, w, g, gx, gw, gy;

        public Definition(Coupling coupling)
        {
            this.coupling = coupling;
            random = new Random((coupling.L1 * 100 + coupling.L2) * 100 + coupling.L3);
            int first = 2 * coupling.L1 + 1, second = 2 * coupling.L2 + 1, third = 2 * coupling.L3 + 1;
            scale = Next();
            (x, gx, w, gw) = (Draw(first * Stride), Draw(first * Stride), Draw(Stride), Draw(Stride));
            (z, g, y, gy) = (Draw(third * Stride), Draw(third * Stride), Draw(second * Width), Draw(second * Width));
        }

        public void Compare(CouplingKernel<T> kernel, double tolerance, string what)
        {
            nint from = From * Width, to = Stride;
            T[] m = new T[kernel.Entries * Width], x = [.. this.x], y = [.. this.y], w = [.. this.w], g = [.. this.g];
            T[] z = [.. this.z], gx = [.. this.gx], gw = [.. this.gw], gy = [.. this.gy];
            kernel.Matrix(ref y[0], ref m[0], scale);
            ref T matrix = ref m[Lane];
            kernel.Forward(ref x[0], ref matrix, ref w[0], ref z[0], Stride, from, to);
            kernel.Gradient(ref x[0], ref matrix, ref w[0], ref g[0], ref gx[0], ref gw[0], Stride, from, to);
            kernel.GradientY(ref x[0], ref w[0], ref g[0], ref gy[0], scale, Stride, from, to);

            var expected = Expected();
            Near(expected.Z, z, tolerance, $"{what}: Forward");
            Near(expected.Gx, gx, tolerance, $"{what}: Backward, gx");
            Near(expected.Gw, gw, tolerance, $"{what}: Backward, gw");
            Near(expected.Gy, gy, tolerance, $"{what}: GradientY");
            T[] before = [.. this.x, .. this.y, .. this.w, .. this.g], after = [.. x, .. y, .. w, .. g];
            Assert.True(before.AsSpan().SequenceEqual(after), $"{what}: operands are only read");
        }

        private (double[] Z, double[] Gx, double[] Gw, double[] Gy) Expected()
        {
            double[] z = Doubles(this.z), gx = Doubles(this.gx), gw = Doubles(this.gw), gy = Doubles(this.gy);
            double s = double.CreateChecked(scale);
            for (int u = From * Width; u < Stride; u++)
            {
                gw[u] = 0;
                foreach (var (i, j, k, value) in coupling.Terms)
                {
                    double c = s * value, column = At(y, j * Width + Lane), weight = At(w, u);
                    z[k * Stride + u] += c * column * weight * At(x, i * Stride + u);
                    gx[i * Stride + u] += c * column * weight * At(g, k * Stride + u);
                    gw[u] += c * column * At(x, i * Stride + u) * At(g, k * Stride + u);
                    gy[j * Width + u % Width] += c * weight * At(x, i * Stride + u) * At(g, k * Stride + u);
                }
            }

            return (z, gx, gw, gy);
        }

        private static double At(T[] values, int index) => double.CreateChecked(values[index]);

        private static double[] Doubles(T[] values) => [.. values.Select(v => double.CreateChecked(v))];

        private static void Near(double[] expected, T[] actual, double tolerance, string what)
        {
            double scale = Math.Max(1, expected.Max(Math.Abs));
            for (int i = 0; i < expected.Length; i++)
            {
                double error = Math.Abs(expected[i] - double.CreateChecked(actual[i])) / scale;
                Assert.True(error <= tolerance, $"{what}: number {i} is {actual[i]} instead of {expected[i]}");
            }
        }

        private T[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

        private T Next() => T.CreateChecked((float)(2 * random.NextDouble() - 1));
    }
}

/// <summary>Couplings of high degree, up to the largest that are unrolled.</summary>
[EquivariantModule]
internal sealed partial class HighDegrees : TorchSharp.torch.nn.Module
{
    [TensorProduct("1o + 2e + 3o + 4e + 5o + 6e + 7o + 8e + 9o", "1o", "2e + 3o + 4e + 5o + 6e + 7o + 8e + 9o + 10e")]
    internal partial TorchSharp.torch.Tensor Multiply(TorchSharp.torch.Tensor x, TorchSharp.torch.Tensor y);
}
