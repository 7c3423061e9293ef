using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// Sums of tensors. TorchSharp's <c>a.add(b)</c> and <c>a + b</c> make a <see cref="Scalar"/> 1 that nothing refers to while native code reads it, so that it may be
/// collected in between ("Expected false to be true" in <c>Scalar::toDouble</c>); this one is kept.
/// </summary>
internal static class Sums
{
    private static readonly Scalar One = 1;

    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, One);

    /// <param name="a">A tensor.</param>
    /// <param name="b">A number that the caller keeps.</param>
    public static Tensor Plus(this Tensor a, Scalar b) => a.add(b, One);
}
