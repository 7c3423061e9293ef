namespace Shared.Execution;

/// <summary>The library that libtorch multiplies matrices with, MKL.</summary>
internal static class MathLibrary
{
    /// <summary>
    /// Has MKL take the same path through its code every time. By itself it chooses by the alignment of its operands, which for tensors over managed arrays is the garbage collector's, and
    /// equal runs then differ in the last digit. Must be called before libtorch is loaded, since MKL reads its environment once; a value that the user set is kept. Linux only.
    /// </summary>
    public static void MakeReproducible() => NativeEnvironment.Set("MKL_CBWR", "AUTO");
}
