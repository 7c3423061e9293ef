using System.Runtime.InteropServices;
using E3Gen.Kernels;
using static TorchSharp.torch;

namespace E3Gen.Operations.Cpu;

/// <summary>The memory of CPU tensors.</summary>
internal static partial class RawTensor
{
    /// <summary>A matrix whose rows are contiguous, as it lies; null gives none.</summary>
    /// <param name="tensor">[rows, columns]; kept alive by the caller.</param>
    public static Matrix2D<T> Rows<T>(Tensor? tensor)
        where T : unmanaged => tensor is null ? default : new Matrix2D<T>(Address(tensor), tensor.stride(0));

    /// <summary>The numbers of a contiguous tensor.</summary>
    /// <param name="tensor">Kept alive by the caller.</param>
    public static unsafe T* Numbers<T>(Tensor tensor)
        where T : unmanaged => (T*)Address(tensor);

    /// <summary>Where the numbers of a contiguous tensor are, on its device.</summary>
    /// <param name="tensor">Kept alive by the caller.</param>
    /// <exception cref="ArgumentException">It has none: it is sparse, or on the meta device.</exception>
    public static nint Address(Tensor tensor)
    {
        nint address = Data(tensor.Handle);
        return address != 0 || tensor.numel() == 0 ? address
            : throw new ArgumentException($"A tensor [{string.Join(", ", tensor.shape)}] has no numbers in memory: it is sparse (use to_dense()), or on the meta device.");
    }

    /// <summary>The tensor, or a copy where numbers of a row do not lie side by side.</summary>
    /// <param name="tensor">[rows, columns].</param>
    public static Tensor Readable(Tensor tensor)
    {
        if (tensor.is_neg())
        {
            tensor = tensor.resolve_neg(); // an imaginary part of a conjugate: its sign is not in memory
        }

        return tensor.size(1) <= 1 || tensor.stride(1) == 1 ? tensor : tensor.contiguous();
    }

    /// <summary>Zeros where a tangent is missing.</summary>
    public static Tensor[] OrZeros(Tensor?[] tangents, Tensor[] inputs) => [.. inputs.Select((input, i) => tangents[i] ?? zeros_like(input))];

    /// <summary>A new matrix, on the CPU whatever the default device is.</summary>
    public static unsafe Tensor Matrix(long rows, long columns, ScalarType type)
    {
        var matrix = empty(rows, columns, type, CPU);
        HugePages.AskFor((void*)Data(matrix.Handle), rows * columns * matrix.ElementSize);
        return matrix;
    }

    /// <inheritdoc cref="Matrix"/>
    public static Tensor Vector(long length, ScalarType type)
    {
        using var matrix = Matrix(length, 1, type);
        return matrix.view(length);
    }

    /// <summary>A new tensor with rows of its own for each wanted argument.</summary>
    public static Tensor?[] Empty(bool[] wanted, params Tensor[] like) =>
        [.. like.Select((t, i) => wanted[i] ? Matrix(t.size(0), t.size(1), t.dtype) : null)];

    /// <summary>Moves results out of the current scope.</summary>
    public static Tensor?[] Outside(Tensor?[] results)
    {
        foreach (var result in results)
        {
            result?.MoveToOuterDisposeScope();
        }

        return results;
    }

    /// <summary>Keeps tensors whose memory is in use from being collected.</summary>
    public static void KeepAlive(params ReadOnlySpan<Tensor?> tensors)
    {
        foreach (var tensor in tensors)
        {
            GC.KeepAlive(tensor);
        }
    }

    [LibraryImport("LibTorchSharp", EntryPoint = "THSTensor_data")]
    private static partial nint Data(nint handle);
}
