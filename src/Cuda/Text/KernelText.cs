namespace E3Gen.Cuda;

/// <summary>What kernels have in common that compute rows of a result from the same rows of arguments.</summary>
internal static class KernelText
{
    /// <summary>The number of a thread.</summary>
    public static readonly string Thread = $"(long long)blockIdx.x * {Launch.BlockSize} + threadIdx.x";

    /// <summary>A kernel; what is written until the result is disposed is its body.</summary>
    /// <param name="text">Takes the text.</param>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    public static IDisposable Kernel(SourceText text, string name, string arguments) =>
        text.Braces($"extern \"C\" __global__ void __launch_bounds__({Launch.BlockSize}) {name}({arguments})");

    /// <summary>A function of the text; with a template parameter N, for numbers with and without derivatives.</summary>
    /// <param name="text">Takes the text.</param>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    public static IDisposable Function(SourceText text, string name, string arguments) =>
        text.Braces($"template <typename N> __device__ __forceinline__ void {name}({arguments})");

    /// <summary>The arguments of a kernel that only reads them.</summary>
    /// <param name="names">Their names.</param>
    public static string Read(params string[] names) => string.Join(", ", names.Select(n => $"const S* __restrict__ {n}"));
}
