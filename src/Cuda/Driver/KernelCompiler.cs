namespace E3Gen.Cuda;

/// <summary>Compiles texts of kernels.</summary>
/// <param name="nvrtc">The compiler.</param>
internal sealed class KernelCompiler(NvrtcLibrary nvrtc)
{
    /// <summary>Its version.</summary>
    public string Version => nvrtc.Version;

    /// <summary>What to compile to for a device: its own code, or PTX for the newest device before it where the compiler does not know it.</summary>
    /// <param name="device">The device.</param>
    public KernelTarget Target(CudaDevice device)
    {
        int before = nvrtc.Architectures.LastOrDefault(a => a <= device.Architecture);
        return before != 0 ? new(before, IsPtx: before != device.Architecture) : throw new CudaException(
            $"NVRTC {nvrtc.Version} ('{nvrtc.Path}') compiles for {string.Join(", ", nvrtc.Architectures)}, and {device} is {device.Architecture}: take an older version of " +
            "CUDA, or compute on the CPU.");
    }

    /// <summary>Compiles a text.</summary>
    /// <param name="name">Name of the program.</param>
    /// <param name="source">Its text.</param>
    /// <param name="target">What to compile to.</param>
    public byte[] Compile(string name, string source, KernelTarget target)
    {
        string file = $"{name}.cu";
        try
        {
            return nvrtc.Compile(file, source, target.Options, target.IsPtx);
        }
        catch (CudaException e) when (e.Log is not null)
        {
            string message = $"The kernels of '{name}' do not compile for {target}. {e.Message} {Advice(e.Code)} {Written(file, source)}\n{e.Log}";
            throw new CudaException(message, e) { Function = e.Function, Code = e.Code, Log = e.Log };
        }
    }

    private static string Advice(int code) => code switch
    {
        1 => "The machine has no memory left.",
        7 => "The compiler did not find its builtins: the library libnvrtc-builtins of the same version has to lie beside it.",
        _ => "This is an error of E3Gen, not of your program: please report it with the text.",
    };

    /// <summary>Writes a text to a folder of its own and says where it is.</summary>
    private static string Written(string file, string source)
    {
        try
        {
            string path = Path.Combine(Directory.CreateTempSubdirectory("e3gen-cuda-").FullName, file);
            File.WriteAllText(path, source);
            return $"The text is in '{path}'.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"The text could not be written to a file: {e.Message}";
        }
    }
}
