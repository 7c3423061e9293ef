using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace E3Gen;

/// <summary>Numbers and logical values as extended XYZ writes them, in no country's notation.</summary>
internal static class NumberText
{
    private const int LongestNumber = 400;

    private static readonly SearchValues<byte> Decimal = SearchValues.Create("0123456789+-."u8), Exponent = SearchValues.Create("0123456789+-"u8);

    /// <summary>The shortest text that gives exactly this number back, always to be told from an integer.</summary>
    public static string Of(double value)
    {
        if (!double.IsFinite(value)) return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny(".E") ? text : text + ".0";
    }

    public static string Of(bool value) => value ? "T" : "F";

    /// <summary>Digits with an optional sign.</summary>
    public static bool TryInteger(ReadOnlySpan<byte> text, out long value)
    {
        if (!text.IsEmpty && text[0] == '+') text = text is [_, (byte)'-', ..] ? default : text[1..];
        return Utf8Parser.TryParse(text, out value, out int used) && used == text.Length;
    }

    /// <summary>A decimal number with an optional exponent, whose letter may be Fortran's D; also nan and inf, but no overflow.</summary>
    public static bool TryReal(ReadOnlySpan<byte> text, out double value)
    {
        value = double.NaN;
        if (text.Length is 0 or > LongestNumber) return false;
        int letter = text.IndexOfAnyExcept(Decimal);
        if (letter < 0) return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        // Only digits and a sign may follow the letter of an exponent.
        if (text[letter] is not ((byte)'e' or (byte)'E' or (byte)'d' or (byte)'D') || text[(letter + 1)..].ContainsAnyExcept(Exponent)) return TryNotFinite(text, out value);
        if (text[letter] is (byte)'e' or (byte)'E') return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        Span<byte> number = stackalloc byte[text.Length];
        text.CopyTo(number);
        number[letter] = (byte)'E';
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>T, F, true, True, TRUE, false, False or FALSE.</summary>
    public static bool TryLogical(ReadOnlySpan<byte> text, out bool value)
    {
        value = text is [(byte)'T', ..] || text.SequenceEqual("true"u8);
        return text.SequenceEqual("T"u8) || text.SequenceEqual("F"u8) || text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8)
            || text.SequenceEqual("True"u8) || text.SequenceEqual("False"u8) || text.SequenceEqual("TRUE"u8) || text.SequenceEqual("FALSE"u8);
    }

    public static bool TryInteger(string text, out long value) => TryInteger(Bytes(text), out value);

    public static bool TryReal(string text, out double value) => TryReal(Bytes(text), out value);

    public static bool TryLogical(string text, out bool value) => TryLogical(Bytes(text), out value);

    /// <summary>Nothing for what is too long to be a number.</summary>
    private static byte[] Bytes(string text) => text.Length > LongestNumber ? [] : Encoding.UTF8.GetBytes(text);

    private static bool TryNotFinite(ReadOnlySpan<byte> text, out double value)
    {
        double sign = text[0] == '-' ? -1 : 1;
        if (text[0] is (byte)'+' or (byte)'-') text = text[1..];
        value = Ascii.EqualsIgnoreCase(text, "nan"u8) ? double.NaN : sign * double.PositiveInfinity;
        return double.IsNaN(value) || Ascii.EqualsIgnoreCase(text, "inf"u8) || Ascii.EqualsIgnoreCase(text, "infinity"u8);
    }
}
