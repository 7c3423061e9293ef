using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace E3Gen.Kernels;

/// <summary>
/// Vector operations that the framework has for each number type but not for a generic one.
/// The JIT compiler removes the type tests.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VectorMath
{
    /// <summary>left · right + addend, rounded once.</summary>
    /// <param name="left">First factor.</param>
    /// <param name="right">Second factor.</param>
    /// <param name="addend">What is added.</param>
    /// <typeparam name="T">float or double.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> MultiplyAdd<T>(Vector<T> left, Vector<T> right, Vector<T> addend)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            return Vector.FusedMultiplyAdd(left.As<T, float>(), right.As<T, float>(), addend.As<T, float>()).As<float, T>();
        }

        return Vector.FusedMultiplyAdd(left.As<T, double>(), right.As<T, double>(), addend.As<T, double>()).As<double, T>();
    }

    /// <summary>The same in vectors of 512 bits.</summary>
    /// <param name="left">First factor.</param>
    /// <param name="right">Second factor.</param>
    /// <param name="addend">What is added.</param>
    /// <typeparam name="T">float or double.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd<T>(Vector512<T> left, Vector512<T> right, Vector512<T> addend)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            return Vector512.FusedMultiplyAdd(left.As<T, float>(), right.As<T, float>(), addend.As<T, float>()).As<float, T>();
        }

        return Vector512.FusedMultiplyAdd(left.As<T, double>(), right.As<T, double>(), addend.As<T, double>()).As<double, T>();
    }

    /// <summary>eˣ.</summary>
    /// <param name="x">The exponents.</param>
    /// <typeparam name="T">float or double.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Exp<T>(Vector<T> x)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Vector.Exp(x.As<T, float>()).As<float, T>() : Vector.Exp(x.As<T, double>()).As<double, T>();

    /// <summary>The sum of the halves of a vector of 512 bits.</summary>
    /// <param name="vector">The vector.</param>
    /// <typeparam name="T">float or double.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Fold<T>(Vector512<T> vector)
        where T : unmanaged => (vector.GetLower() + vector.GetUpper()).AsVector();

    /// <summary>Adds to a vector in memory.</summary>
    /// <param name="target">Start of the array of vectors.</param>
    /// <param name="index">Number of the vector.</param>
    /// <param name="value">What is added.</param>
    /// <typeparam name="T">float or double.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate<T>(ref T target, nint index, Vector<T> value)
        where T : unmanaged
    {
        nuint offset = (nuint)(index * Vector<T>.Count);
        (Vector.LoadUnsafe(ref target, offset) + value).StoreUnsafe(ref target, offset);
    }

    /// <summary>Reads a vector of an array of vectors.</summary>
    /// <param name="source">Start of the array.</param>
    /// <param name="index">Number of the vector.</param>
    /// <typeparam name="T">float or double.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> At<T>(ref T source, nint index)
        where T : unmanaged => Vector.LoadUnsafe(ref source, (nuint)(index * Vector<T>.Count));

    /// <summary>Writes a vector of an array of vectors.</summary>
    /// <param name="target">Start of the array.</param>
    /// <param name="index">Number of the vector.</param>
    /// <param name="value">The vector.</param>
    /// <typeparam name="T">float or double.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put<T>(ref T target, nint index, Vector<T> value)
        where T : unmanaged => value.StoreUnsafe(ref target, (nuint)(index * Vector<T>.Count));
}
