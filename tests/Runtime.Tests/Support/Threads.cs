using System.Runtime.CompilerServices;
using E3Gen.Kernels;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Support;

internal static class Threads
{
    /// <summary>Tests run side by side and on small tensors: a pool of threads for each operation would only wait.</summary>
    [ModuleInitializer]
    internal static void One() => set_num_threads(1);

    /// <summary>
    /// So many threads for kernels until the result is disposed of, however little work there is for them. Only in tests that run alone (<see cref="Alone"/>): the settings are everyone's.
    /// </summary>
    public static IDisposable Use(int threads) => new Setting(threads);

    private sealed class Setting : IDisposable
    {
        private readonly int threads = get_num_threads();
        private readonly double worth = Work.WorthAThread;

        public Setting(int threads)
        {
            set_num_threads(threads);
            Work.WorthAThread = 1;
        }

        public void Dispose()
        {
            set_num_threads(threads);
            Work.WorthAThread = worth;
        }
    }
}
