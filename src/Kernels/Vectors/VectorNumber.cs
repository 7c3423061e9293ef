using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>A value for each lane of a vector of the framework's default size.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe struct VectorNumber<T>(Vector<T> value) : ILaneNumber<VectorNumber<T>, T>
    where T : unmanaged, INumber<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private readonly Vector<T> _value = value;

    public static int Lanes => Vector<T>.Count;

    public static int Copies => Lanes;

    public static bool HasDerivative => false;

    [MethodImpl(Inline)]
    public static VectorNumber<T> operator +(VectorNumber<T> left, VectorNumber<T> right) => new(left._value + right._value);

    [MethodImpl(Inline)]
    public static VectorNumber<T> operator -(VectorNumber<T> left, VectorNumber<T> right) => new(left._value - right._value);

    [MethodImpl(Inline)]
    public static VectorNumber<T> operator *(VectorNumber<T> left, VectorNumber<T> right) => new(left._value * right._value);

    [MethodImpl(Inline)]
    public static VectorNumber<T> operator *(T factor, VectorNumber<T> number) => Constant(factor) * number;

    [MethodImpl(Inline)]
    public static VectorNumber<T> Constant(T value) => new(new Vector<T>(value));

    [MethodImpl(Inline)]
    public static VectorNumber<T> MultiplyAdd(VectorNumber<T> left, VectorNumber<T> right, VectorNumber<T> addend) =>
        new(VectorMath.MultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(Inline)]
    public static VectorNumber<T> InverseLength(VectorNumber<T> square) => new(ShortVectors.InverseLength(square._value));

    [MethodImpl(Inline)]
    public static VectorNumber<T> Load(T* source, nint derivatives) => new(Vector.Load(source));

    [MethodImpl(Inline)]
    public void Store(T* target, nint derivatives) => _value.Store(target);

    [MethodImpl(Inline)]
    public static VectorNumber<T> LoadShared(T* source, nint derivatives) => Load(source, derivatives);

    [MethodImpl(Inline)]
    public void AddShared(T* target, nint derivatives) => (Vector.Load(target) + _value).Store(target);
}
