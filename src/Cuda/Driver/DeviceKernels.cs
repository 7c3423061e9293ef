using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace E3Gen.Cuda;

/// <summary>The kernels of a program on a device. Many threads may launch them.</summary>
internal sealed unsafe class DeviceKernels
{
    private readonly CudaDevice _device;
    private readonly nint _module;
    private readonly FrozenSet<string> _operands;
    private readonly ConcurrentDictionary<string, nint> _functions = new();

    private DeviceKernels(DeviceProgram program, CudaDevice device, nint module)
    {
        (_device, _module, _operands) = (device, module, program.Operands.Select(o => o.Name).ToFrozenSet());
        string[] kernels = [.. program.Launches.Select(l => l.Kernel).Distinct()];
        Resources = [.. kernels.Select(Measured)];
    }

    /// <summary>Whether they were compiled now, not by an earlier process.</summary>
    public bool IsNew { get; private init; }

    /// <summary>What its kernels take.</summary>
    public IReadOnlyList<KernelResources> Resources { get; }

    /// <summary>Those that keep numbers in local memory: the result is the same, only slower.</summary>
    public IEnumerable<KernelResources> InLocalMemory => Resources.Where(r => r.LocalBytes > 0);

    /// <summary>Loads compiled kernels.</summary>
    /// <param name="program">The program.</param>
    /// <param name="device">The device.</param>
    /// <param name="image">What was compiled.</param>
    /// <param name="isNew">Whether it was compiled now.</param>
    public static DeviceKernels Load(DeviceProgram program, CudaDevice device, byte[] image, bool isNew) => device.Inside(() =>
    {
        nint module = device.Driver.LoadModule(image, $"the kernels of '{program.Name}' on {device}");
        try
        {
            return new DeviceKernels(program, device, module) { IsNew = isNew };
        }
        catch
        {
            _ = device.Driver.UnloadModule(module); // what failed first is what the user has to know
            throw;
        }
    });

    /// <summary>Launches a kernel; does nothing where there is nothing to do.</summary>
    /// <param name="launch">The launch.</param>
    /// <param name="sizes">The sizes.</param>
    /// <param name="pointerOf">Where the numbers of an operand are on the device.</param>
    /// <param name="stream">The queue that the kernel joins; 0 for that of the context.</param>
    public void Launch(Launch launch, IReadOnlyDictionary<string, long> sizes, Func<string, nint> pointerOf, nint stream)
    {
        uint blocks = Blocks(launch, sizes);
        if (blocks == 0)
        {
            return;
        }

        int count = launch.Arguments.Length;
        long* values = stackalloc long[count];
        void** arguments = stackalloc void*[count];
        for (int i = 0; i < count; i++)
        {
            string name = launch.Arguments[i];
            values[i] = _operands.Contains(name) ? pointerOf(name) : Size(launch, name, sizes);
            arguments[i] = &values[i];
        }

        nint function = _functions.TryGetValue(launch.Kernel, out nint known) ? known : _device.Inside(() => Function(launch.Kernel));
        _device.Launch(launch.Kernel, function, blocks, Cuda.Launch.BlockSize, stream, arguments);
    }

    private uint Blocks(Launch launch, IReadOnlyDictionary<string, long> sizes)
    {
        long rows = Size(launch, launch.Rows, sizes);
        if (rows < 0)
        {
            throw new ArgumentException($"'{launch.Rows}' is {rows}, and {_device.Named(launch.Kernel)} takes none below 0.", nameof(sizes));
        }

        long blocks = launch.Blocks(sizes);
        return blocks is >= 0 and <= int.MaxValue ? (uint)blocks : throw new CudaException(
            $"{_device.Named(launch.Kernel)} cannot be launched: '{launch.Rows}' is {rows}, with {launch.PerRow} threads for each, and a launch has at most {int.MaxValue} blocks of " +
            $"{Cuda.Launch.BlockSize} threads. Compute with fewer at once.");
    }

    private long Size(Launch launch, string name, IReadOnlyDictionary<string, long> sizes) =>
        sizes.TryGetValue(name, out long size) ? size : throw new ArgumentException($"'{name}', which {_device.Named(launch.Kernel)} takes, is neither an operand nor among the sizes.", nameof(sizes));

    private KernelResources Measured(string kernel)
    {
        nint function = Function(kernel);
        return new(kernel, _device.Driver.Registers(function, _device.Named(kernel)), _device.Driver.LocalBytes(function, _device.Named(kernel)));
    }

    private nint Function(string kernel) => _functions.GetOrAdd(kernel, k => _device.Driver.Function(_module, k, _device.Named(k)));
}
