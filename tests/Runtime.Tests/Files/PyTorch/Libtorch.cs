using System.Runtime.InteropServices;

namespace E3Gen.Runtime.Tests.Files.PyTorch;

/// <summary><c>torch::pickle_load</c> and <c>torch::pickle_save</c>, which TorchSharp does not offer, on Linux x64.</summary>
internal static unsafe class Libtorch
{
    private const string Load = "_ZN5torch11pickle_loadERKSt6vectorIcSaIcEE", Save = "_ZN5torch11pickle_saveERKN3c106IValueE";

    /// <summary>A std::vector of char: its start, end, and the end of its memory.</summary>
    private struct Vector
    {
        public byte* Start, End, Capacity;
    }

    /// <summary>A c10::IValue: a payload and its tag. Neither it nor the vector that is returned is freed; a test may leak a few kilobytes.</summary>
    private struct Value
    {
        public nint Payload, Tag;
    }

    /// <summary>Loads the value of a file and saves it to another.</summary>
    public static byte[] LoadAndSave(byte[] file)
    {
        TorchSharp.torch.InitializeDeviceType(TorchSharp.DeviceType.CPU);
        nint library = NativeLibrary.Load("libtorch_cpu.so", typeof(TorchSharp.torch).Assembly, null);
        // Values that do not fit in registers are returned through a pointer, the first argument.
        var load = (delegate* unmanaged<Value*, Vector*, void*>)NativeLibrary.GetExport(library, Load);
        var save = (delegate* unmanaged<Vector*, Value*, void*>)NativeLibrary.GetExport(library, Save);
        fixed (byte* bytes = file)
        {
            var source = new Vector { Start = bytes, End = bytes + file.Length, Capacity = bytes + file.Length };
            Value value;
            Vector result;
            load(&value, &source);
            save(&result, &value);
            return new ReadOnlySpan<byte>(result.Start, (int)(result.End - result.Start)).ToArray();
        }
    }
}
