using System.Globalization;
using System.Numerics;

namespace E3Gen;

/// <summary>Keys of Python's dictionaries: texts, numbers and bools by value, all else by identity. Python's None is <see cref="DBNull.Value"/>.</summary>
internal sealed class PickleKeys : IEqualityComparer<object>
{
    public static readonly PickleKeys Comparer = new();

    public new bool Equals(object? x, object? y) => ReferenceEquals(x, y) || (IsValue(x) && object.Equals(x, y));

    /// <summary>Mixed with a random number of the process: a file cannot aim at one bucket.</summary>
    public int GetHashCode(object key) => key switch
    {
        long n => HashCode.Combine((int)n, (int)(n >> 32)),
        double x => HashCode.Combine(BitConverter.DoubleToInt64Bits(x) >> 32, (int)BitConverter.DoubleToInt64Bits(x)),
        _ when IsValue(key) => key.GetHashCode(),
        _ => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key),
    };

    /// <summary>A key as part of a tensor's name; null if it is none.</summary>
    public static string? NameOf(object key) => key switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>About the bytes that hashing a key reads.</summary>
    public static int CostOf(object? key) => key is string text ? 2 * text.Length : 8;

    private static bool IsValue(object? key) => key is string or long or bool or double or BigInteger or Complex;
}
