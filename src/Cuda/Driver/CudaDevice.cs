namespace E3Gen.Cuda;

/// <summary>A GPU and its primary context, which is retained for as long as the process lives.</summary>
/// <param name="driver">The driver.</param>
/// <param name="ordinal">Its number, from 0.</param>
/// <param name="name">What it is called.</param>
/// <param name="architecture">Its compute capability: 80 for 8.0.</param>
/// <param name="context">Its primary context.</param>
internal sealed unsafe class CudaDevice(DriverLibrary driver, int ordinal, string name, int architecture, nint context)
{
    /// <summary>The driver.</summary>
    public DriverLibrary Driver => driver;

    /// <summary>Its number, from 0.</summary>
    public int Ordinal => ordinal;

    /// <summary>Its compute capability: 80 for 8.0.</summary>
    public int Architecture => architecture;

    /// <summary>Does something in the context of the device; the thread then has the context again that it had.</summary>
    /// <param name="body">What to do.</param>
    public T Inside<T>(Func<T> body)
    {
        driver.Check(driver.Push(context), "cuCtxPushCurrent_v2", ToString());
        T result;
        try
        {
            result = body();
        }
        catch
        {
            _ = driver.Pop(); // what failed first is what the user has to know
            throw;
        }

        driver.Check(driver.Pop(), "cuCtxPopCurrent_v2", ToString());
        return result;
    }

    /// <summary>Launches a kernel in the context of the device.</summary>
    /// <param name="kernel">Its name, for an error.</param>
    /// <param name="function">The kernel.</param>
    /// <param name="blocks">How many blocks.</param>
    /// <param name="threads">Threads of each.</param>
    /// <param name="stream">The queue that it joins.</param>
    /// <param name="arguments">Addresses of its arguments.</param>
    public void Launch(string kernel, nint function, uint blocks, uint threads, nint stream, void** arguments)
    {
        int code = driver.Push(context);
        if (code != 0)
        {
            throw driver.Error(code, "cuCtxPushCurrent_v2", Named(kernel));
        }

        code = driver.Launch(function, blocks, threads, stream, arguments);
        int popped = driver.Pop();
        if (code != 0 || popped != 0)
        {
            throw code != 0 ? driver.Error(code, "cuLaunchKernel", Named(kernel)) : driver.Error(popped, "cuCtxPopCurrent_v2", Named(kernel));
        }
    }

    /// <summary>A kernel on this device, for an error.</summary>
    public string Named(string kernel) => $"kernel '{kernel}' on {this}";

    public override string ToString() => $"device {ordinal} ({name})";
}
