using static TorchSharp.torch;

namespace E3Gen;

/// <summary>Loads weights from files of either format: safetensors and PyTorch's (<c>.pt</c>, <c>.pth</c>). The content decides, not the name.</summary>
public static class ModuleWeights
{
    /// <summary>
    /// Loads a module's parameters and persistent buffers. Everything is compared and read before anything is written: after an error the module
    /// is unchanged, and the error lists every key that does not fit. Values of any floating-point type are rounded to the type of the parameter, also
    /// float16 and bfloat16 to float32 and back; integers, bools and complex numbers must have the module's own type. Values go to the parameter's device.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="path">The file to read. Nothing in it is ever executed.</param>
    /// <param name="options">Renaming, and what to tolerate; by default everything must fit.</param>
    /// <returns>What was loaded, and what was not.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, has several state dicts to choose from, or does not fit the module.</exception>
    public static LoadReport Load(nn.Module module, string path, LoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        options ??= new LoadOptions();
        return KindOf(path) is FileKind.Zip ? LoadPyTorch(module, path, options) : LoadSafetensors(module, path, options);
    }

    private static LoadReport LoadPyTorch(nn.Module module, string path, LoadOptions options)
    {
        using PyTorchFile file = PyTorchFile.Read(path, options.SkipUnknown);
        return ModuleLoader.Load(module, path, [.. file.StateDict(options.Section).Select(e => file.Weight(e.Key, e.Value))], options);
    }

    private static LoadReport LoadSafetensors(nn.Module module, string path, LoadOptions options)
    {
        using SafetensorsFile file = Safetensors.Read(path);
        if (options.Section is not null)
        {
            throw new ArgumentException(
                $"'{path}' is a safetensors file, which has no sections; leave out Section ('{options.Section}') and select keys with Rename.", nameof(options));
        }
        return ModuleLoader.Load(module, path, [.. file.Weights], options);
    }

    private static FileKind KindOf(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return FileKinds.Of(stream);
    }
}
