using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace E3Gen.Kernels.Cpu;

/// <summary>
/// 512-bit lanes, for AVX-512: <see cref="Vector{T}"/> stays at 256 bits there.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe struct Wide<T>(Vector512<T> value) : ILaneNumber<Wide<T>, T>
    where T : unmanaged, INumber<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly Vector512<T> _value = value;

    /// <summary>Whether this processor is one of them.</summary>
    public static bool IsSupported
    {
        [MethodImpl(Inline)]
        get => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;
    }

    public static int Lanes => Vector512<T>.Count;

    public static bool HasDerivative => false;

    [MethodImpl(Inline)]
    public static Wide<T> operator +(Wide<T> left, Wide<T> right) => new(left._value + right._value);

    [MethodImpl(Inline)]
    public static Wide<T> operator -(Wide<T> left, Wide<T> right) => new(left._value - right._value);

    [MethodImpl(Inline)]
    public static Wide<T> operator *(Wide<T> left, Wide<T> right) => new(left._value * right._value);

    [MethodImpl(Inline)]
    public static Wide<T> operator *(T factor, Wide<T> number) => Constant(factor) * number;

    [MethodImpl(Inline)]
    public static Wide<T> Constant(T value) => new(Vector512.Create(value));

    [MethodImpl(Inline)]
    public static Wide<T> MultiplyAdd(Wide<T> left, Wide<T> right, Wide<T> addend) =>
        new(VectorMath.MultiplyAdd(left._value, right._value, addend._value));

    /// <summary>As in <see cref="Harmonics"/>.</summary>
    [MethodImpl(Inline)]
    public static Wide<T> InverseLength(Wide<T> square)
    {
        var isShort = Vector512.LessThan(square._value, Vector512.Create(T.CreateTruncating(Harmonics.Shortest * Harmonics.Shortest)));
        return new(Vector512.ConditionalSelect(isShort, Vector512<T>.Zero, Vector512<T>.One / Vector512.Sqrt(square._value)));
    }

    [MethodImpl(Inline)]
    public static Wide<T> Load(T* source, nint derivatives) => new(Vector512.Load(source));

    [MethodImpl(Inline)]
    public void Store(T* target, nint derivatives) => _value.Store(target);
}
