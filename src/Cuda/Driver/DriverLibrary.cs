using System.Runtime.InteropServices;
using System.Text;

namespace E3Gen.Cuda;

/// <summary>The driver of NVIDIA's GPUs: the functions that load and launch kernels. It allocates no memory, which is somebody else's work.</summary>
internal sealed unsafe class DriverLibrary
{
    private readonly delegate* unmanaged[Cdecl]<int*, int> _deviceGetCount;
    private readonly delegate* unmanaged[Cdecl]<int*, int, int> _deviceGet;
    private readonly delegate* unmanaged[Cdecl]<byte*, int, int, int> _deviceGetName;
    private readonly delegate* unmanaged[Cdecl]<int*, int, int, int> _deviceGetAttribute;
    private readonly delegate* unmanaged[Cdecl]<nint*, int, int> _primaryCtxRetain;
    private readonly delegate* unmanaged[Cdecl]<nint, int> _ctxPushCurrent;
    private readonly delegate* unmanaged[Cdecl]<nint*, int> _ctxPopCurrent;
    private readonly delegate* unmanaged[Cdecl]<nint*, void*, int> _moduleLoadData;
    private readonly delegate* unmanaged[Cdecl]<nint, int> _moduleUnload;
    private readonly delegate* unmanaged[Cdecl]<nint*, nint, byte*, int> _moduleGetFunction;
    private readonly delegate* unmanaged[Cdecl]<int*, int, nint, int> _funcGetAttribute;
    private readonly delegate* unmanaged[Cdecl]<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int> _launchKernel;
    private readonly delegate* unmanaged[Cdecl]<int, byte**, int> _getErrorName;
    private readonly delegate* unmanaged[Cdecl]<int, byte**, int> _getErrorString;
    private readonly Dictionary<int, CudaDevice> _devices = [];

    private DriverLibrary(NativeExports library)
    {
        var init = (delegate* unmanaged[Cdecl]<uint, int>)library.Find("cuInit");
        _deviceGetCount = (delegate* unmanaged[Cdecl]<int*, int>)library.Find("cuDeviceGetCount");
        _deviceGet = (delegate* unmanaged[Cdecl]<int*, int, int>)library.Find("cuDeviceGet");
        _deviceGetName = (delegate* unmanaged[Cdecl]<byte*, int, int, int>)library.Find("cuDeviceGetName");
        _deviceGetAttribute = (delegate* unmanaged[Cdecl]<int*, int, int, int>)library.Find("cuDeviceGetAttribute");
        _primaryCtxRetain = (delegate* unmanaged[Cdecl]<nint*, int, int>)library.Find("cuDevicePrimaryCtxRetain");
        _ctxPushCurrent = (delegate* unmanaged[Cdecl]<nint, int>)library.Find("cuCtxPushCurrent_v2");
        _ctxPopCurrent = (delegate* unmanaged[Cdecl]<nint*, int>)library.Find("cuCtxPopCurrent_v2");
        _moduleLoadData = (delegate* unmanaged[Cdecl]<nint*, void*, int>)library.Find("cuModuleLoadData");
        _moduleUnload = (delegate* unmanaged[Cdecl]<nint, int>)library.Find("cuModuleUnload");
        _moduleGetFunction = (delegate* unmanaged[Cdecl]<nint*, nint, byte*, int>)library.Find("cuModuleGetFunction");
        _funcGetAttribute = (delegate* unmanaged[Cdecl]<int*, int, nint, int>)library.Find("cuFuncGetAttribute");
        _launchKernel = (delegate* unmanaged[Cdecl]<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)library.Find("cuLaunchKernel");
        _getErrorName = (delegate* unmanaged[Cdecl]<int, byte**, int>)library.Find("cuGetErrorName");
        _getErrorString = (delegate* unmanaged[Cdecl]<int, byte**, int>)library.Find("cuGetErrorString");
        Check(init(0), "cuInit", library.Path);
    }

    /// <summary>Where the driver is on this system.</summary>
    public static string SystemName => OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";

    /// <summary>Loads the driver.</summary>
    /// <param name="path">Its library; null for that of the system.</param>
    public static DriverLibrary Load(string? path = null)
    {
        try
        {
            return new DriverLibrary(NativeExports.Load(path ?? SystemName));
        }
        catch (CudaException e) when (e.Code == 0)
        {
            throw new CudaException($"There is no usable driver of NVIDIA GPUs: {e.Message} Install or update the driver, or compute on the CPU.", e) { Function = e.Function };
        }
    }

    /// <summary>A device, with its primary context, which is the one that others in the process use too.</summary>
    /// <param name="ordinal">Its number, from 0.</param>
    public CudaDevice Device(int ordinal)
    {
        lock (_devices)
        {
            return _devices.TryGetValue(ordinal, out var device) ? device : _devices[ordinal] = Open(ordinal);
        }
    }

    /// <summary>Makes a context that of the thread until it is popped.</summary>
    public int Push(nint context) => _ctxPushCurrent(context);

    /// <summary>Gives the thread the context back that it had before.</summary>
    public int Pop()
    {
        nint context;
        return _ctxPopCurrent(&context);
    }

    /// <summary>Loads compiled kernels to the device of the current context.</summary>
    /// <param name="image">Code of the device, or PTX that ends with a zero.</param>
    /// <param name="what">What it is, for an error.</param>
    public nint LoadModule(ReadOnlySpan<byte> image, string what)
    {
        nint module;
        fixed (byte* data = image)
        {
            Check(_moduleLoadData(&module, data), "cuModuleLoadData", what);
        }

        return module;
    }

    /// <summary>Gives the memory of a module back.</summary>
    public int UnloadModule(nint module) => _moduleUnload(module);

    /// <summary>A kernel of a module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="kernel">Name of the kernel.</param>
    /// <param name="what">What it is, for an error.</param>
    public nint Function(nint module, string kernel, string what)
    {
        nint function;
        fixed (byte* name = Utf8(kernel))
        {
            Check(_moduleGetFunction(&function, module, name), "cuModuleGetFunction", what);
        }

        return function;
    }

    /// <summary>Bytes of a thread in local memory, where numbers lie for which there is no register.</summary>
    public int LocalBytes(nint function, string what) => FunctionAttribute(function, 3, what);

    /// <summary>Registers of a thread.</summary>
    public int Registers(nint function, string what) => FunctionAttribute(function, 4, what);

    /// <summary>Launches a kernel in the current context.</summary>
    /// <param name="function">The kernel.</param>
    /// <param name="blocks">How many blocks.</param>
    /// <param name="threads">Threads of each.</param>
    /// <param name="stream">The queue that it joins; 0 for that of the context.</param>
    /// <param name="arguments">Addresses of its arguments.</param>
    public int Launch(nint function, uint blocks, uint threads, nint stream, void** arguments) =>
        _launchKernel(function, blocks, 1, 1, threads, 1, 1, 0, stream, arguments, null);

    /// <summary>Throws where a function failed.</summary>
    /// <param name="code">What it returned.</param>
    /// <param name="function">Its name.</param>
    /// <param name="what">What it was called for.</param>
    public void Check(int code, string function, string what)
    {
        if (code != 0)
        {
            throw Error(code, function, what);
        }
    }

    /// <summary>The error of a function that failed.</summary>
    /// <inheritdoc cref="Check"/>
    public CudaException Error(int code, string function, string what)
    {
        byte* name = null, text = null;
        bool known = _getErrorName(code, &name) == 0 && name != null;
        _ = known ? _getErrorString(code, &text) : 0;
        string error = !known ? $"error {code}" : $"{Marshal.PtrToStringUTF8((nint)name)}{(text == null ? "" : $" ({Marshal.PtrToStringUTF8((nint)text)})")}";
        return new CudaException($"{function} failed for {what}: {error}. {DriverErrors.Advice(code)}") { Function = function, Code = code };
    }

    /// <summary>A text as C has it.</summary>
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private CudaDevice Open(int ordinal)
    {
        string what = $"device {ordinal}";
        int count, device;
        Check(_deviceGetCount(&count), "cuDeviceGetCount", what);
        if (ordinal < 0 || ordinal >= count)
        {
            throw Error(101, "cuDeviceGet", count == 1 ? $"{what} (there is one device)" : $"{what} (there are {count} devices)");
        }

        Check(_deviceGet(&device, ordinal), "cuDeviceGet", what);
        byte* name = stackalloc byte[256];
        Check(_deviceGetName(name, 256, device), "cuDeviceGetName", what);
        string text = Marshal.PtrToStringUTF8((nint)name)!;
        what = $"device {ordinal} ({text})";
        int major, minor;
        Check(_deviceGetAttribute(&major, 75, device), "cuDeviceGetAttribute", what);
        Check(_deviceGetAttribute(&minor, 76, device), "cuDeviceGetAttribute", what);
        nint context;
        Check(_primaryCtxRetain(&context, device), "cuDevicePrimaryCtxRetain", what);
        return new CudaDevice(this, ordinal, text, (10 * major) + minor, context);
    }

    private int FunctionAttribute(nint function, int attribute, string what)
    {
        int value;
        Check(_funcGetAttribute(&value, attribute, function), "cuFuncGetAttribute", what);
        return value;
    }
}
