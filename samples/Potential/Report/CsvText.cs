using System.Globalization;
using System.Text;
using E3Gen;

namespace Potential.Report;

/// <summary>Fields of comma-separated values (RFC 4180), written the same in every country.</summary>
internal static class CsvText
{
    /// <summary>In quotation marks where it has a comma, a mark or a new line.</summary>
    public static string Of(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    /// <summary>Seven digits; empty where there is nothing.</summary>
    public static string Of(double? value) => value?.ToString("G7", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Writes a whole file; one that exists is replaced once the new one is complete.</summary>
    public static void Save(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
