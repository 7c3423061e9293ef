using System.Globalization;

namespace E3Gen.Generator.Emission;

/// <summary>C# spellings of numbers.</summary>
internal static class Literals
{
    public static string Double(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Any(c => c is '.' or 'E' or 'N' or 'I') ? text : text + ".0";
    }

    public static string Longs(IEnumerable<int> values) => $"new long[] {{ {string.Join(", ", values)} }}";
}
