using TorchSharp;

namespace WaterDensity.Learning;

/// <summary>
/// Numbers that are handed to libtorch. TorchSharp turns a number into a native object that the garbage collector may free while the call
/// that uses it still runs (even <c>a + b</c> makes one, the factor 1), so loops take these, which live as long as the program.
/// </summary>
internal static class Scalars
{
    public static readonly Scalar Zero = 0.0;
    public static readonly Scalar One = 1.0;
}
