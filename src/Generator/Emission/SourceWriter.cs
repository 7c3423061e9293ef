using System.Text;

namespace E3Gen.Generator.Emission;

/// <summary>Writes indented lines, and makes no decisions.</summary>
public sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string text = "")
    {
        if (text.Length > 0)
        {
            _text.Append(' ', 4 * _depth).Append(text);
        }

        _text.Append('\n');
    }

    /// <summary>How much is written.</summary>
    public int Length => _text.Length;

    /// <summary>Writes lines where only now is known what stands there.</summary>
    /// <param name="at">What <see cref="Length"/> was there.</param>
    /// <param name="lines">The lines, indented.</param>
    public void Insert(int at, string lines) => _text.Insert(at, lines);

    /// <summary>Writes lines that another writer has indented.</summary>
    public void Text(string lines) => _text.Append(lines);

    /// <summary>Writes a call; its arguments get a line each where one line would be long.</summary>
    /// <param name="opening">What stands before the arguments, the parenthesis included.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="closing">What stands after them, the parenthesis included.</param>
    public void Call(string opening, IReadOnlyList<string> arguments, string closing)
    {
        const int Width = 140;
        string line = opening + string.Join(", ", arguments) + closing;
        if (arguments.Count <= 1 || (4 * _depth) + line.Length <= Width)
        {
            Line(line);
            return;
        }

        Line(opening);
        using (Indent())
        {
            for (int i = 0; i < arguments.Count; i++)
            {
                Line(arguments[i] + (i < arguments.Count - 1 ? "," : closing));
            }
        }
    }

    /// <summary>Writes a line and a pair of braces around what is written until the result is disposed.</summary>
    public Block Braces(string header = "", string end = "}")
    {
        if (header.Length > 0)
        {
            Line(header);
        }

        Line("{");
        _depth++;
        return new Block(this, end);
    }

    /// <summary>Indents what is written until the result is disposed.</summary>
    public Block Indent()
    {
        _depth++;
        return new Block(this, null);
    }

    public override string ToString() => _text.ToString();

    public readonly struct Block(SourceWriter writer, string? end) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            if (end is not null)
            {
                writer.Line(end);
            }
        }
    }
}
