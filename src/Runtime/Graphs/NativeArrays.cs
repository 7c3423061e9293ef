using E3Gen.Operations.Cpu;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>Copies between tensors and arrays, of any length and without a copy between.</summary>
internal static unsafe class NativeArrays
{
    /// <summary>The numbers of an integer or bool tensor, which 32 bits must hold.</summary>
    public static int[] Int32(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        Tensor wide = tensor.to(ScalarType.Int64, CPU).contiguous();
        var narrow = GC.AllocateUninitializedArray<int>(checked((int)wide.numel()));
        var from = RawTensor.Numbers<long>(wide);
        for (int i = 0; i < narrow.Length; i++)
        {
            narrow[i] = checked((int)from[i]);
        }

        GC.KeepAlive(wide);
        return narrow;
    }

    /// <summary>The numbers of a floating-point tensor.</summary>
    public static double[] Double(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        Tensor wide = tensor.detach().to(ScalarType.Float64, CPU).contiguous();
        var copy = GC.AllocateUninitializedArray<double>(checked((int)wide.numel()));
        new ReadOnlySpan<double>(RawTensor.Numbers<double>(wide), copy.Length).CopyTo(copy);
        GC.KeepAlive(wide);
        return copy;
    }

    /// <summary>An int64 tensor on a device, outside of all dispose scopes.</summary>
    public static Tensor Int64(ReadOnlySpan<int> values, Device device)
    {
        using var plain = inference_mode(false);
        using var scope = NewDisposeScope();
        Tensor tensor = RawTensor.Vector(values.Length, int64);
        var to = RawTensor.Numbers<long>(tensor);
        for (int i = 0; i < values.Length; i++)
        {
            to[i] = values[i];
        }

        GC.KeepAlive(tensor);
        return tensor.to(device).DetachFromDisposeScope();
    }
}
