using System.Runtime.InteropServices;

namespace E3Gen.Cuda;

/// <summary>A library that was found while the process runs, and its functions. It stays loaded.</summary>
internal sealed unsafe class NativeExports
{
    private readonly nint _handle;

    private NativeExports(string path, nint handle) => (Path, _handle) = (path, handle);

    /// <summary>Its file, or its name where the system finds it.</summary>
    public string Path { get; }

    /// <summary>Loads a library.</summary>
    /// <param name="path">Its file, or its name for the system to find.</param>
    public static NativeExports Load(string path)
    {
        try
        {
            return new NativeExports(path, NativeLibrary.Load(path));
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new CudaException($"'{path}' cannot be loaded: {Reason(e.Message)}", e);
        }
    }

    /// <summary>A function of the library, or of one that it depends on.</summary>
    /// <param name="name">Its name.</param>
    public void* Find(string name) =>
        NativeLibrary.TryGetExport(_handle, name, out nint address) ? (void*)address : throw new CudaException($"'{Path}' has no function {name}.") { Function = name };

    /// <summary>What the system says: the lines before it are advice of .NET.</summary>
    private static string Reason(string message) => message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];
}
