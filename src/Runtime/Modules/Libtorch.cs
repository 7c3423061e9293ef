using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Says which packages are missing where libtorch is.</summary>
internal static class Libtorch
{
    private static volatile bool _found;

    /// <summary>
    /// Returns its argument if TorchSharp can make modules. A module is often the first thing that a program makes; without libtorch the loader's message is a list of places where it is not.
    /// (Where a tensor is the first thing, TorchSharp itself names the packages.)
    /// </summary>
    /// <exception cref="DllNotFoundException">libtorch cannot be loaded; the inner exception has the loader's message.</exception>
    public static string Needed(string name)
    {
        if (!_found) Find();
        return name;
    }

    private static void Find()
    {
        try
        {
            new Probe().Dispose();
            _found = true;
        }
        catch (DllNotFoundException error)
        {
            throw new DllNotFoundException(
                "libtorch cannot be loaded: reference TorchSharp-cpu, or for NVIDIA GPUs TorchSharp-cuda-linux or TorchSharp-cuda-windows, in the project of the program, beside E3Gen.", error);
        }
    }

    private sealed class Probe() : nn.Module("libtorch");
}
