using System.Text.RegularExpressions;

namespace E3Gen.Cuda.Tests;

/// <summary>Changes a text so that numbers in memory count how often they are written; what a harness returns then are these counts.</summary>
internal static partial class WriteCounts
{
    /// <summary>The text with numbers that count.</summary>
    /// <param name="source">The text.</param>
    public static string Text(string source)
    {
        var first = Prelude().Match(source);
        Assert.True(first.Success, "Numbers of this type have no counts.");
        return source.Remove(first.Index, first.Length).Insert(first.Index, Number.Replace("number", first.Groups["type"].Value));
    }

    private const string Number = """
        typedef number T;

        struct S
        {
            T value;
            int writes = 0;

            S() = default;
            S(const S& other) = default;
            explicit S(T value) : value(value) {}
            explicit operator T() const { return value; }
            S& operator=(const S& other) { value = other.value; writes++; return *this; }
        };

        template <> std::vector<S> read<S>(FILE* file, size_t count)
        {
            std::vector<T> values = read<T>(file, count);
            return std::vector<S>(values.begin(), values.end());
        }

        void write(FILE* file, const std::vector<S>& values)
        {
            for (const S& v : values)
            {
                T writes = v.writes;
                fwrite(&writes, sizeof(T), 1, file);
            }
        }

        """;

    [GeneratedRegex("^typedef (?<type>float|double) S, T;\n")]
    private static partial Regex Prelude();
}
