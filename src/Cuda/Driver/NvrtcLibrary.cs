using System.Runtime.InteropServices;

namespace E3Gen.Cuda;

/// <summary>NVRTC, the compiler of CUDA C++ that runs inside the process.</summary>
internal sealed unsafe class NvrtcLibrary
{
    private readonly delegate* unmanaged[Cdecl]<nint*, byte*, byte*, int, byte**, byte**, int> _createProgram;
    private readonly delegate* unmanaged[Cdecl]<nint, int, byte**, int> _compileProgram;
    private readonly delegate* unmanaged[Cdecl]<nint*, int> _destroyProgram;
    private readonly delegate* unmanaged[Cdecl]<nint, nuint*, int> _getCubinSize;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, int> _getCubin;
    private readonly delegate* unmanaged[Cdecl]<nint, nuint*, int> _getPtxSize;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, int> _getPtx;
    private readonly delegate* unmanaged[Cdecl]<nint, nuint*, int> _getLogSize;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, int> _getLog;
    private readonly delegate* unmanaged[Cdecl]<int, byte*> _getErrorString;

    private NvrtcLibrary(NativeExports library)
    {
        Path = library.Path;
        var version = (delegate* unmanaged[Cdecl]<int*, int*, int>)library.Find("nvrtcVersion");
        _createProgram = (delegate* unmanaged[Cdecl]<nint*, byte*, byte*, int, byte**, byte**, int>)library.Find("nvrtcCreateProgram");
        _compileProgram = (delegate* unmanaged[Cdecl]<nint, int, byte**, int>)library.Find("nvrtcCompileProgram");
        _destroyProgram = (delegate* unmanaged[Cdecl]<nint*, int>)library.Find("nvrtcDestroyProgram");
        _getCubinSize = (delegate* unmanaged[Cdecl]<nint, nuint*, int>)library.Find("nvrtcGetCUBINSize");
        _getCubin = (delegate* unmanaged[Cdecl]<nint, byte*, int>)library.Find("nvrtcGetCUBIN");
        _getPtxSize = (delegate* unmanaged[Cdecl]<nint, nuint*, int>)library.Find("nvrtcGetPTXSize");
        _getPtx = (delegate* unmanaged[Cdecl]<nint, byte*, int>)library.Find("nvrtcGetPTX");
        _getLogSize = (delegate* unmanaged[Cdecl]<nint, nuint*, int>)library.Find("nvrtcGetProgramLogSize");
        _getLog = (delegate* unmanaged[Cdecl]<nint, byte*, int>)library.Find("nvrtcGetProgramLog");
        _getErrorString = (delegate* unmanaged[Cdecl]<int, byte*>)library.Find("nvrtcGetErrorString");
        var countArchitectures = (delegate* unmanaged[Cdecl]<int*, int>)library.Find("nvrtcGetNumSupportedArchs");
        var getArchitectures = (delegate* unmanaged[Cdecl]<int*, int>)library.Find("nvrtcGetSupportedArchs");

        int major, minor, count;
        Check(version(&major, &minor), "nvrtcVersion");
        Version = $"{major}.{minor}";
        Check(countArchitectures(&count), "nvrtcGetNumSupportedArchs");
        int[] architectures = new int[count];
        fixed (int* p = architectures)
        {
            Check(getArchitectures(p), "nvrtcGetSupportedArchs");
        }

        Architectures = [.. architectures.Order()];
    }

    /// <summary>The library through which it was found.</summary>
    public string Path { get; }

    /// <summary>Its version, "12.8".</summary>
    public string Version { get; }

    /// <summary>Devices that it compiles for, in ascending order: 80 for compute capability 8.0.</summary>
    public IReadOnlyList<int> Architectures { get; }

    /// <summary>Finds and loads it.</summary>
    /// <param name="places">Where it may be.</param>
    public static NvrtcLibrary Find(NvrtcPlaces places)
    {
        var tried = new List<string>();
        foreach (string path in places.Candidates())
        {
            try
            {
                return new NvrtcLibrary(NativeExports.Load(path));
            }
            catch (CudaException e)
            {
                tried.Add(e.Message);
            }
        }

        throw new CudaException(
            $"NVRTC, the compiler of CUDA C++, was not found. Reference a package of libtorch for CUDA, which brings it, or install the CUDA toolkit. Folders that were searched: " +
            $"{(places.Folders.Count == 0 ? "none" : string.Join(", ", places.Folders))}. Libraries that were tried:{string.Concat(tried.Select(t => $"\n  {t}"))}");
    }

    /// <summary>Compiles a text.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="source">The text.</param>
    /// <param name="options">Options of the compiler.</param>
    /// <param name="isPtx">Whether to return PTX, which the driver translates, instead of code of the device.</param>
    /// <exception cref="CudaException">With what the compiler says.</exception>
    public byte[] Compile(string name, string source, IReadOnlyList<string> options, bool isPtx)
    {
        nint program;
        fixed (byte* s = DriverLibrary.Utf8(source), n = DriverLibrary.Utf8(name))
        {
            Check(_createProgram(&program, s, n, 0, null, null), "nvrtcCreateProgram");
        }

        try
        {
            int code = Compile(program, options);
            if (code != 0)
            {
                throw Error(code, "nvrtcCompileProgram", Log(program));
            }

            return isPtx ? Bytes(program, _getPtxSize, _getPtx, "nvrtcGetPTX") : Bytes(program, _getCubinSize, _getCubin, "nvrtcGetCUBIN");
        }
        finally
        {
            _ = _destroyProgram(&program);
        }
    }

    private int Compile(nint program, IReadOnlyList<string> options)
    {
        byte** pointers = stackalloc byte*[options.Count];
        try
        {
            for (int i = 0; i < options.Count; i++)
            {
                pointers[i] = (byte*)Marshal.StringToCoTaskMemUTF8(options[i]);
            }

            return _compileProgram(program, options.Count, pointers);
        }
        finally
        {
            for (int i = 0; i < options.Count; i++)
            {
                Marshal.FreeCoTaskMem((nint)pointers[i]);
            }
        }
    }

    private string Log(nint program)
    {
        nuint size;
        if (_getLogSize(program, &size) != 0 || size == 0)
        {
            return "";
        }

        byte[] log = new byte[size];
        fixed (byte* p = log)
        {
            return _getLog(program, p) == 0 ? Marshal.PtrToStringUTF8((nint)p, (int)size).TrimEnd('\0', '\n') : "";
        }
    }

    private byte[] Bytes(nint program, delegate* unmanaged[Cdecl]<nint, nuint*, int> getSize, delegate* unmanaged[Cdecl]<nint, byte*, int> get, string function)
    {
        nuint size;
        Check(getSize(program, &size), function + "Size");
        byte[] bytes = new byte[size];
        fixed (byte* p = bytes)
        {
            Check(get(program, p), function);
        }

        return bytes;
    }

    private void Check(int code, string function)
    {
        if (code != 0)
        {
            throw Error(code, function, log: null);
        }
    }

    private CudaException Error(int code, string function, string? log) =>
        new($"{function} failed in NVRTC {Version} ('{Path}'): {Marshal.PtrToStringUTF8((nint)_getErrorString(code)) ?? $"error {code}"}.") { Function = function, Code = code, Log = log };
}
