using System.Globalization;
using System.Text;

namespace E3Gen.Cuda;

/// <summary>Collects lines of CUDA C++ with their indentation.</summary>
internal sealed class SourceText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>A line; an empty one without blanks.</summary>
    public void Line(string line = "") => _text.Append(line.Length == 0 ? "" : new string(' ', 4 * _depth)).Append(line).Append('\n');

    /// <summary>A line, and braces around what is written until the result is disposed.</summary>
    public IDisposable Braces(string head, string end = "}")
    {
        Line(head);
        Line("{");
        _depth++;
        return new Block(this, end);
    }

    /// <summary>A number with all its digits: fewer than seventeen would be another one.</summary>
    public static string Number(double value) => $"T({value.ToString("R", CultureInfo.InvariantCulture)})";

    /// <summary>Text that has its line ends.</summary>
    public void Append(string text) => _text.Append(text);

    public override string ToString() => _text.ToString();

    private sealed class Block(SourceText text, string end) : IDisposable
    {
        public void Dispose()
        {
            text._depth--;
            text.Line(end);
        }
    }
}
