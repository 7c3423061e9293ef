using System.Text;

namespace E3Gen;

/// <summary>Reads <c>key=value</c> pairs of a comment line. A <see cref="FormatException"/> says what is wrong.</summary>
internal sealed class CommentParser
{
    private readonly string _text;
    private int _at;

    private CommentParser(string text) => _text = text;

    /// <summary>Whether any key had a value.</summary>
    public bool HasValues { get; private set; }

    /// <summary>The pairs, in their order.</summary>
    public OrderedDictionary<string, InfoValue> Pairs { get; } = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">The line is not made of pairs.</exception>
    public static CommentParser Parse(string text)
    {
        var parser = new CommentParser(text);
        while (parser.SkipSpace(commas: true)) parser.ReadPair();
        return parser;
    }

    private char Next => _at < _text.Length ? _text[_at] : '\0';

    private bool AtEnd => _at >= _text.Length;

    private void ReadPair()
    {
        string key = Next is '"' or '\'' ? Quoted() : Until(static c => c is '=' or ',' || IsSpace(c));
        if (key.Length == 0) throw new FormatException("a value without a key");
        int end = _at;
        SkipSpace(commas: false);
        InfoValue value;
        if (Next == '=' && !AtEnd)
        {
            HasValues = true;
            bool spaceBefore = ++_at < _text.Length && IsSpace(_text[_at]);
            SkipSpace(commas: false);
            value = Value(key, spaceBefore);
        }
        else
        {
            _at = end;
            value = new InfoValue(true);
        }
        if (!Pairs.TryAdd(key, value) && Pairs[key].ToString() != value.ToString())
            throw new FormatException($"the key '{Excerpt.Short(key)}' has two values, '{Excerpt.Short(Pairs[key].ToString())}' and '{Excerpt.Short(value.ToString())}'");
    }

    private InfoValue Value(string key, bool spaceBefore)
    {
        InfoValue value;
        switch (Next)
        {
            case '"' or '\'':
                value = OldStyle(Quoted());
                break;
            case '{':
                _at++;
                value = Vector(List('}'), scalarIfOne: true);
                break;
            case '[':
                _at++;
                value = NewStyle();
                break;
            default:
                return BareValue(key, spaceBefore);
        }
        if (!AtEnd && !IsSpace(Next) && Next != ',') throw new FormatException($"'{Excerpt.Short(_text.AsSpan(_at))}' directly after the value of '{Excerpt.Short(key)}'; expected a space");
        return value;
    }

    private InfoValue BareValue(string key, bool spaceBefore)
    {
        string text = Until(IsSpace);
        if (spaceBefore && text.Contains('=', StringComparison.Ordinal))
            throw new FormatException($"'{Excerpt.Short(text)}' after '{Excerpt.Short(key)} ='; expected a value, in quotes if it contains '='");
        if (key.Equals("pbc", StringComparison.OrdinalIgnoreCase) && IsLogical(text)) text = WithTwoMore(text);
        // Numbers one after another with commas, or one before the comma that separates pairs.
        string[] words = text.Split((char[])[',', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return new InfoValue(text);
        Array values = InfoText.Typed(words);
        return values is string[]? new InfoValue(text) : words.Length == 1 ? new InfoValue(values, [], words[0]) : new InfoValue(values, [words.Length]);
    }

    /// <summary><c>pbc=T T F</c>, without the quotes that it should have.</summary>
    private string WithTwoMore(string first)
    {
        int start = _at;
        var words = new List<string> { first };
        while (words.Count < 3 && SkipSpace(commas: false))
        {
            string word = Until(static c => c == '=' || IsSpace(c));
            if (Next == '=' || !IsLogical(word)) break;
            words.Add(word);
        }
        if (words.Count == 3) return string.Join(' ', words);
        _at = start;
        return first;
    }

    private static bool IsLogical(string word) => word is "0" or "1" || NumberText.TryLogical(word, out _);

    /// <summary>A quoted text, or a list in the old style: words separated by spaces.</summary>
    private static InfoValue OldStyle(string text)
    {
        const string Json = "_JSON ";       // ASE's way to write matrices and other objects
        if (text.StartsWith(Json, StringComparison.Ordinal) && text[Json.Length..].TrimStart() is ['[', ..] json)
        {
            try
            {
                var parser = new CommentParser(json) { _at = 1 };
                InfoValue value = parser.NewStyle();
                if (parser.AtEnd && value.Kind != ValueKind.Text) return value;
            }
            catch (FormatException)
            {
                // Some other object; its text is kept.
            }
            return new InfoValue(text);
        }
        string[] words = text.Split((char[])[' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return new InfoValue(text);
        Array values = InfoText.Typed(words);
        return values is string[]? new InfoValue(text) : words.Length == 1 ? new InfoValue(values, [], text) : new InfoValue(values, [words.Length]);
    }

    /// <summary>After '[': a list, or a matrix of lists.</summary>
    private InfoValue NewStyle()
    {
        SkipSpace(commas: false);
        if (Next != '[') return Vector(List(']'), scalarIfOne: false);
        var rows = new List<(List<string> Words, bool AreTexts)>();
        while (SkipSpace(commas: true) && Next == '[')
        {
            _at++;
            rows.Add(List(']'));
        }
        if (AtEnd || Next != ']') throw new FormatException("a matrix without its last ']'");
        _at++;
        int columns = rows[0].Words.Count;
        if (columns == 0 || rows.Exists(r => r.Words.Count != columns)) throw new FormatException("a matrix whose rows are empty or of different lengths");
        return new InfoValue(InfoText.Typed([.. rows.SelectMany(r => r.Words)], rows.Exists(r => r.AreTexts)), [rows.Count, columns]);
    }

    private static InfoValue Vector((List<string> Words, bool AreTexts) list, bool scalarIfOne)
    {
        if (list.Words.Count == 0) return new InfoValue("");
        return new InfoValue(InfoText.Typed(list.Words, list.AreTexts), list.Words.Count == 1 && scalarIfOne ? [] : [list.Words.Count],
            list.Words.Count == 1 && scalarIfOne ? list.Words[0] : null);
    }

    private (List<string> Words, bool AreTexts) List(char close)
    {
        var words = new List<string>();
        bool areTexts = false;
        while (SkipSpace(commas: true) && Next != close)
        {
            if (Next is '[' or '{' or ']' or '}') throw new FormatException($"'{Next}' inside a list that ends with '{close}'");
            if (Next is '"' or '\'')
            {
                areTexts = true;
                words.Add(Quoted());
            }
            else
            {
                words.Add(Until(static c => IsSpace(c) || c is ',' or '[' or ']' or '{' or '}'));
            }
        }
        if (AtEnd) throw new FormatException($"a list without its closing '{close}'");
        _at++;
        return (words, areTexts);
    }

    private string Quoted()
    {
        char quote = _text[_at++];
        var text = new StringBuilder();
        while (!AtEnd && Next != quote)
        {
            if (Next == '\\' && _at + 1 < _text.Length)
            {
                _at++;
                text.Append(Next == 'n' ? '\n' : Next);
            }
            else
            {
                text.Append(Next);
            }
            _at++;
        }
        if (AtEnd) throw new FormatException($"a quote {quote} without its closing one");
        _at++;
        return text.ToString();
    }

    private string Until(Func<char, bool> ends)
    {
        int start = _at;
        while (!AtEnd && !ends(Next)) _at++;
        return _text[start.._at];
    }

    private bool SkipSpace(bool commas)
    {
        while (!AtEnd && (IsSpace(Next) || (commas && Next == ','))) _at++;
        return !AtEnd;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\v' or '\f' or '\r';
}
