namespace E3Gen;

/// <summary>A column of a frame while it is read: its memory grows with the values that came, whatever the file promises.</summary>
internal sealed class ColumnBuilder(string name, ValueKind kind, int width)
{
    private readonly List<long>? _integers = kind == ValueKind.Integer ? [] : null;
    private readonly List<double>? _reals = kind == ValueKind.Real ? [] : null;
    private readonly List<bool>? _logicals = kind == ValueKind.Logical ? [] : null;
    private readonly List<string>? _texts = kind == ValueKind.Text ? [] : null;
    private string _last = "";

    public string Name => name;

    public ValueKind Kind => kind;

    public int Width => width;

    /// <summary>The letter of the type and what its values look like.</summary>
    public string Expected => kind switch
    {
        ValueKind.Integer => "an integer (I)",
        ValueKind.Real => "a real number (R)",
        ValueKind.Logical => "T or F (L)",
        _ => "a text (S)",
    };

    /// <returns>False if the word is no value of this type.</returns>
    public bool TryAdd(ReadOnlySpan<byte> word)
    {
        switch (kind)
        {
            case ValueKind.Integer:
                if (!NumberText.TryInteger(word, out long integer)) return false;
                _integers!.Add(integer);
                return true;
            case ValueKind.Real:
                if (!NumberText.TryReal(word, out double real)) return false;
                _reals!.Add(real);
                return true;
            case ValueKind.Logical:
                if (!NumberText.TryLogical(word, out bool logical)) return false;
                _logicals!.Add(logical);
                return true;
            default:
                // Neighbours often have the same text; it is then kept once.
                if (!System.Text.Ascii.Equals(word, _last)) _last = System.Text.Encoding.UTF8.GetString(word);
                _texts!.Add(_last);
                return true;
        }
    }

    public AtomColumn Build() => kind switch
    {
        ValueKind.Integer => new AtomColumn([.. _integers!], width),
        ValueKind.Real => new AtomColumn([.. _reals!], width),
        ValueKind.Logical => new AtomColumn([.. _logicals!], width),
        _ => new AtomColumn([.. _texts!], width),
    };
}
