using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace E3Gen.Cuda;

/// <summary>The kernels of a process: each text is compiled once for a device, however many threads ask, and one that does not compile is not tried again.</summary>
/// <param name="driver">The driver.</param>
/// <param name="nvrtc">Finds the compiler when it is needed.</param>
/// <param name="cache">Compiled kernels of earlier processes.</param>
internal sealed class KernelRegistry(DriverLibrary driver, Func<NvrtcLibrary> nvrtc, KernelCache cache)
{
    private static readonly Lazy<KernelRegistry> Process = new(() => new(DriverLibrary.Load(), () => NvrtcLibrary.Find(NvrtcPlaces.OfProcess()), KernelCache.OfUser()));

    private readonly Lazy<KernelCompiler> _compiler = new(() => new(nvrtc()));
    private readonly ConcurrentDictionary<(string Text, int Device), Lazy<DeviceKernels>> _kernels = new();
    private readonly ConditionalWeakTable<DeviceProgram, string> _texts = [];

    /// <summary>That of this process.</summary>
    public static KernelRegistry OfProcess => Process.Value;

    /// <summary>Finds the compiler now instead of when it is needed.</summary>
    /// <exception cref="CudaException">There is none.</exception>
    public void FindCompiler() => _ = _compiler.Value;

    /// <summary>The kernels of a program on a device.</summary>
    /// <param name="program">The program.</param>
    /// <param name="ordinal">The number of the device.</param>
    public DeviceKernels Of(DeviceProgram program, int ordinal)
    {
        // A text is long, and this is asked before each launch: it is hashed once.
        var key = (_texts.GetValue(program, p => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(p.Source)))), ordinal);
        var kernels = _kernels.GetOrAdd(key, _ => new(() => Load(program, driver.Device(ordinal))));
        try
        {
            return kernels.Value;
        }
        catch (CudaException e) when (e.MayPass)
        {
            _kernels.TryRemove(new(key, kernels));
            throw;
        }
    }

    /// <summary>Loads a file of the cache, or compiles; a file that the driver does not take is made again once.</summary>
    private DeviceKernels Load(DeviceProgram program, CudaDevice device)
    {
        var target = _compiler.Value.Target(device);
        string key = KernelCache.Key(program.Source, target, _compiler.Value.Version);
        if (cache.Read(key) is { } kept)
        {
            try
            {
                return DeviceKernels.Load(program, device, kept, isNew: false);
            }
            catch (CudaException e) when (!e.MayPass)
            {
                // Compiled again below, where it fails again if the file was not the reason.
            }
        }

        byte[] image = _compiler.Value.Compile(program.Name, program.Source, target);
        cache.Write(key, image);
        return DeviceKernels.Load(program, device, image, isNew: true);
    }
}
