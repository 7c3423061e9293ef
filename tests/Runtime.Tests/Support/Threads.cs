using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Support;

internal static class Threads
{
    /// <summary>Tests run side by side and on small tensors: a pool of threads for each operation would only wait.</summary>
    [ModuleInitializer]
    internal static void One() => set_num_threads(1);
}
