using E3Gen.Operations.Cpu;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>Copies between tensors and arrays, of any length and without a copy between.</summary>
internal static unsafe class NativeArrays
{
    /// <summary>The numbers of an integer tensor.</summary>
    public static int[] Int32(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return Copy<int>(tensor.to(ScalarType.Int32, CPU).contiguous());
    }

    /// <summary>The numbers of a floating-point tensor.</summary>
    public static double[] Double(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return Copy<double>(tensor.detach().to(ScalarType.Float64, CPU).contiguous());
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

        return tensor.to(device).DetachFromDisposeScope();
    }

    private static T[] Copy<T>(Tensor tensor)
        where T : unmanaged
    {
        var copy = GC.AllocateUninitializedArray<T>(checked((int)tensor.numel()));
        new ReadOnlySpan<T>(RawTensor.Numbers<T>(tensor), copy.Length).CopyTo(copy);
        GC.KeepAlive(tensor);
        return copy;
    }
}
