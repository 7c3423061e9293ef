using System.Runtime.CompilerServices;
using E3Gen.Kernels;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>Lets kernels use as many threads as libtorch does.</summary>
internal static class LibtorchThreads
{
#pragma warning disable CA2255 // a library's module initializer: it sets one delegate and loads nothing
    [ModuleInitializer]
    internal static void Use() => Work.AllThreads = static () => get_num_threads();
#pragma warning restore CA2255
}
