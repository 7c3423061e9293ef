namespace E3Gen.Cuda;

/// <summary>What a text is compiled to.</summary>
/// <param name="Architecture">A compute capability: 80 for 8.0.</param>
/// <param name="IsPtx">PTX, which the driver translates for devices of this capability and newer ones, instead of code of the device.</param>
internal readonly record struct KernelTarget(int Architecture, bool IsPtx)
{
    /// <summary>Options of the compiler. None trades exactness for speed: a sum and a product in one instruction are rounded once instead of twice.</summary>
    public IReadOnlyList<string> Options => [$"--gpu-architecture={this}", "--std=c++17", "--fmad=true"];

    public override string ToString() => $"{(IsPtx ? "compute" : "sm")}_{Architecture}";
}
