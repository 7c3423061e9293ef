using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace E3Gen.Kernels;

/// <summary>
/// 512-bit lanes, for AVX-512: <see cref="Vector{T}"/> stays at 256 bits there.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe struct Vector512Number<T>(Vector512<T> value) : ILaneNumber<Vector512Number<T>, T>
    where T : unmanaged, INumber<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly Vector512<T> _value = value;

    /// <summary>Whether the processor has AVX-512 and .NET uses it.</summary>
    public static bool IsSupported
    {
        [MethodImpl(Inline)]
        get => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;
    }

    public static int Lanes => Vector512<T>.Count;

    /// <summary>Half of the lanes: the coefficients of so many stay in the nearest cache, and are read twice by one load.</summary>
    public static int Copies => Lanes / 2;

    public static bool HasDerivative => false;

    [MethodImpl(Inline)]
    public static Vector512Number<T> operator +(Vector512Number<T> left, Vector512Number<T> right) => new(left._value + right._value);

    [MethodImpl(Inline)]
    public static Vector512Number<T> operator -(Vector512Number<T> left, Vector512Number<T> right) => new(left._value - right._value);

    [MethodImpl(Inline)]
    public static Vector512Number<T> operator *(Vector512Number<T> left, Vector512Number<T> right) => new(left._value * right._value);

    [MethodImpl(Inline)]
    public static Vector512Number<T> operator *(T factor, Vector512Number<T> number) => Constant(factor) * number;

    [MethodImpl(Inline)]
    public static Vector512Number<T> Constant(T value) => new(Vector512.Create(value));

    [MethodImpl(Inline)]
    public static Vector512Number<T> MultiplyAdd(Vector512Number<T> left, Vector512Number<T> right, Vector512Number<T> addend) =>
        new(VectorMath.MultiplyAdd(left._value, right._value, addend._value));

    /// <summary>As in <see cref="ShortVectors"/>.</summary>
    [MethodImpl(Inline)]
    public static Vector512Number<T> InverseLength(Vector512Number<T> square)
    {
        var isShort = Vector512.LessThan(square._value, Vector512.Create(T.CreateTruncating(ShortVectors.Shortest * ShortVectors.Shortest)));
        return new(Vector512.ConditionalSelect(isShort, Vector512<T>.Zero, Vector512<T>.One / Vector512.Sqrt(square._value)));
    }

    [MethodImpl(Inline)]
    public static Vector512Number<T> Load(T* source, nint derivatives) => new(Vector512.Load(source));

    [MethodImpl(Inline)]
    public void Store(T* target, nint derivatives) => _value.Store(target);

    /// <summary>
    /// Not <c>BroadcastVector256ToVector512(pointer)</c>: .NET 10 encodes its displacement in units of 16 bytes where the processor counts 32, so that
    /// <c>source + copies</c> reads <c>source + 2 · copies</c>.
    /// </summary>
    [MethodImpl(Inline)]
    public static Vector512Number<T> LoadShared(T* source, nint derivatives)
    {
        const byte FirstHalfTwice = 0b_01_00_01_00;
        var half = Vector256.Load(source).ToVector512Unsafe().As<T, double>();
        return new(Avx512F.Shuffle4x128(half, half, FirstHalfTwice).As<double, T>());
    }

    [MethodImpl(Inline)]
    public void AddShared(T* target, nint derivatives) => (Vector256.Load(target) + (_value.GetLower() + _value.GetUpper())).Store(target);
}
