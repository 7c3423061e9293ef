using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// float16 and bfloat16: functions are computed in float32 and rounded once. In these types themselves
/// squares of short vectors vanish, differences of large terms are noise, and steps of grids are lost.
/// </summary>
internal static class HalfPrecision
{
    /// <summary>Whether a type is one of them.</summary>
    public static bool Is(ScalarType type) => type is ScalarType.Float16 or ScalarType.BFloat16;

    /// <summary>The tensor in the type to compute in; disposed with the scope where that is another one.</summary>
    public static Tensor Widen(Tensor x) => Is(x.dtype) ? x.to(ScalarType.Float32) : x;

    /// <summary>A result in the type of an argument, if that is one of them, outside of the current scope.</summary>
    public static Tensor Return(Tensor result, ScalarType type) => (Is(type) ? result.to(type) : result).MoveToOuterDisposeScope();
}
