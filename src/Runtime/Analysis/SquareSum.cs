using System.Numerics;
using E3Gen.Kernels;
using E3Gen.Operations;
using E3Gen.Operations.Cpu;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Analysis;

/// <summary>
/// The sum of squares of each column over all added rows, in float64: for CPU tensors by loops, for others on their device, without
/// synchronisation until the sum is read.
/// </summary>
internal sealed class SquareSum : IDisposable
{
    private double[]? _sums;
    private Tensor? _onDevice;

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether nothing was added, not even a tensor without rows.</summary>
    public bool IsEmpty => _sums is null && _onDevice is null;

    /// <summary>Adds a tensor, its leading axes as rows.</summary>
    /// <param name="x">[..., columns].</param>
    public void Add(Tensor x)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        long columns = x.size(-1), rows = Count(x);
        var matrix = x.detach().reshape(rows, columns);
        if (Backends.HaveKernels(x.dtype, x.device_type))
        {
            var readable = RawTensor.Readable(matrix);
            _sums ??= new double[columns];
            if (x.dtype == ScalarType.Float32)
            {
                Add(RawTensor.Rows<float>(readable), rows, _sums);
            }
            else
            {
                Add(RawTensor.Rows<double>(readable), rows, _sums);
            }

            GC.KeepAlive(readable);
        }
        else
        {
            var sum = matrix.to(ScalarType.Float64).square().sum(0L); // 0 alone would be a ScalarType
            Tensor total = (_onDevice is null ? sum : _onDevice.to(sum.device).Plus(sum)).DetachFromDisposeScope();
            _onDevice?.Dispose();
            _onDevice = total;
        }

        Rows += rows;
    }

    /// <summary>The sum of each column.</summary>
    public double[] Read()
    {
        if (_onDevice is null)
        {
            return _sums ?? [];
        }

        using var onCpu = _onDevice.cpu();
        double[] sums = onCpu.data<double>().ToArray();
        return _sums is null ? sums : [.. sums.Zip(_sums, (a, b) => a + b)];
    }

    /// <summary>The mean of all squares; NaN without any.</summary>
    public double MeanSquare()
    {
        double[] sums = Read();
        return sums.Sum() / ((double)Rows * sums.Length);
    }

    public void Dispose()
    {
        _onDevice?.Dispose();
        (_onDevice, _sums) = (null, null);
    }

    private static unsafe void Add(Matrix2D<float> x, long rows, double[] sums)
    {
        int width = Vector<float>.Count, half = Vector<double>.Count;
        fixed (double* sum = sums)
        {
            for (long r = 0; r < rows; r++)
            {
                float* row = x.Row(r);
                int c = 0;
                for (; c <= sums.Length - width; c += width)
                {
                    Vector.Widen(Vector.Load(row + c), out var low, out var high);
                    (Vector.Load(sum + c) + (low * low)).Store(sum + c);
                    (Vector.Load(sum + c + half) + (high * high)).Store(sum + c + half);
                }

                for (; c < sums.Length; c++)
                {
                    sum[c] += (double)row[c] * row[c];
                }
            }
        }
    }

    private static unsafe void Add(Matrix2D<double> x, long rows, double[] sums)
    {
        fixed (double* sum = sums)
        {
            for (long r = 0; r < rows; r++)
            {
                double* row = x.Row(r);
                int c = 0;
                for (; c <= sums.Length - Vector<double>.Count; c += Vector<double>.Count)
                {
                    var values = Vector.Load(row + c);
                    (Vector.Load(sum + c) + (values * values)).Store(sum + c);
                }

                for (; c < sums.Length; c++)
                {
                    sum[c] += row[c] * row[c];
                }
            }
        }
    }

    private static long Count(Tensor x)
    {
        long rows = 1;
        foreach (long length in x.shape.AsSpan()[..^1])
        {
            rows *= length;
        }

        return rows;
    }
}
