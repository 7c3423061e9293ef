using E3Gen.Operations;
using E3Gen.Operations.Gpu;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>Predicts which backend the operations of a module use, from their descriptions and the module's parameters.</summary>
internal static class BackendChoice
{
    private const string Taken = "float32 and float64 on the CPU";
    private const string NoGpuKernel = "on a GPU it is matrix products, which are libtorch's";

    public static IEnumerable<OperationBackend> Of(nn.Module module, string path = "")
    {
        foreach (var operation in Described(module.GetType()))
        {
            var (backend, reason) = Choose(operation, module);
            yield return new OperationBackend(path, operation.Name, operation.Kind, operation.Irreps, backend, reason);
        }

        foreach (var (name, child) in module.named_children())
        {
            foreach (var operation in Of(child, path.Length == 0 ? name : $"{path}.{name}"))
            {
                yield return operation;
            }
        }
    }

    /// <summary>Why tensors of this type on this device take the portable backend.</summary>
    public static string WhyPortable(ScalarType type, Device device) =>
        Backends.IsPortableForced ? "Backends.Use(Backend.Portable) says so"
        : device.type == DeviceType.CUDA && NumberTypes.Of(type) is not null ? $"{Text(type, device)}, and {DeviceExecution.WhyNot(device) ?? NoGpuKernel}"
        : $"{Text(type, device)}, and kernels take {Taken}";

    /// <summary>The descriptions on a class, after those on the classes that it extends.</summary>
    internal static IEnumerable<GeneratedOperationAttribute> Described(Type type) =>
        (type.BaseType is { } inherited ? Described(inherited) : [])
        .Concat(type.GetCustomAttributes(typeof(GeneratedOperationAttribute), inherit: false).Cast<GeneratedOperationAttribute>());

    private static (Backend? Backend, string Reason) Choose(GeneratedOperationAttribute operation, nn.Module module)
    {
        if (WithoutKernel(operation) is { } why)
        {
            return (Backend.Portable, why);
        }

        var kinds = Parameters(operation, module).Select(p => (p.dtype, p.device)).DistinctBy(k => (k.dtype, k.device.ToString())).ToList();
        if (Backends.IsPortableForced)
        {
            return (Backend.Portable, WhyPortable(default, CPU));
        }

        if (kinds.Count != 1)
        {
            string parameters = kinds.Count == 0
                ? "no parameters"
                : $"parameters of {string.Join(" and ", kinds.Select(k => Text(k.dtype, k.device)))}";
            return (null, $"{parameters}, so its first argument decides: {Kernel(operation)} for {Taken}, else portable");
        }

        var (type, device) = kinds[0];
        if (DeviceExecution.Of(device) is not null && NumberTypes.Of(type) is not null && operation.Kernel is not OperationKernel.Linear)
        {
            return (Backend.Cuda, $"{Kernel(operation)}, {Text(type, device)}");
        }

        return Backends.HaveKernels(type, device.type)
            ? (Backend.Cpu, $"{Kernel(operation)}, {Text(type, device)}")
            : (Backend.Portable, WhyPortable(type, device));
    }

    /// <summary>
    /// Parameters whose type and device the first argument must have: the operation's own; without any, those of its surroundings, as expected ones.
    /// </summary>
    private static IEnumerable<Tensor> Parameters(GeneratedOperationAttribute operation, nn.Module module)
    {
        var own = operation.Component is { } name ? Components.Find(module, name) : null;
        return (own ?? module).parameters();
    }

    private static string Kernel(GeneratedOperationAttribute operation)
    {
        string kernel = operation.Kernel switch
        {
            OperationKernel.Convolution => "fused convolution kernel",
            OperationKernel.Channelwise => "product kernel",
            OperationKernel.FullyConnected => "product kernel, then linear kernel",
            OperationKernel.Coupling => "coupling kernel, then torch contracts copies",
            OperationKernel.Gate => "gate kernel",
            OperationKernel.Linear => "linear kernel",
            OperationKernel.SymmetricContraction => "symmetric contraction kernel",
            _ => "harmonics kernel",
        };
        return operation.Tables is { } tables ? $"{kernel} ({tables} from tables: too large to unroll)" : kernel;
    }

    /// <summary>Why it consists of TorchSharp operations everywhere; null where there is a kernel for it.</summary>
    private static string? WithoutKernel(GeneratedOperationAttribute operation) => operation.Kernel switch
    {
        OperationKernel.None => WhyNoKernel(operation.Kind),
        OperationKernel.Elementwise => "its copies are multiplied one by one: TorchSharp operations are the kernel",
        OperationKernel.Torch => "it is made of TorchSharp operations",
        _ => null,
    };

    private static string WhyNoKernel(string kind) => kind switch
    {
        "SphericalHarmonics" => "l = 0 alone is constant",
        "" => "not generated: its declaration has errors",
        _ => "no paths: its result is zero or has no columns",
    };

    private static string Text(ScalarType type, Device device) => $"{type.ToString().ToLowerInvariant()} on {device.ToString().ToLowerInvariant()}";
}
