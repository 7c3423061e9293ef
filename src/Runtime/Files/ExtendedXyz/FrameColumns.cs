using System.Text;

namespace E3Gen;

/// <summary>The lines of atoms of one frame, in the columns that <c>Properties</c> describes.</summary>
internal sealed class FrameColumns
{
    /// <summary>More columns than a line can have.</summary>
    private const int MostColumns = LineReader.Longest / 2;

    private static readonly string[] SpeciesNames = ["species", "element", "symbols"];
    private static readonly string[] NumberNames = ["Z", "numbers", "atomic_numbers"];
    private static readonly string[] PositionNames = ["pos", "positions"];

    private readonly List<ColumnBuilder> _columns = [];
    private readonly ColumnBuilder? _species, _number;
    private readonly ColumnBuilder _position;
    private readonly bool _exact, _speciesAreTypes;
    private readonly int _width;
    private readonly List<int> _atomicNumbers = [];
    private readonly List<double> _positions = [];
    private List<string>? _labels;

    // The last species that was looked up: neighbours are often of one element.
    private string _word = "", _label = "";
    private int _element;

    // The atom at hand, from whichever of the two columns comes first.
    private int? _atom;

    /// <param name="properties">Triples name:type:columns.</param>
    /// <param name="exact">Whether lines have exactly these columns; if not, the columns after them are ignored.</param>
    /// <param name="speciesAreTypes">Whether numbers in the place of a species are types of a program and not atomic numbers.</param>
    /// <exception cref="FormatException">The description is malformed, or there are no species or positions.</exception>
    public FrameColumns(string properties, bool exact, bool speciesAreTypes)
    {
        (_exact, _speciesAreTypes) = (exact, speciesAreTypes);
        string[] fields = properties.Split(':');
        if (fields.Length % 3 != 0) throw Malformed(properties, "expected triples name:type:columns, such as species:S:1:pos:R:3");
        long width = 0;
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < fields.Length; i += 3)
        {
            (string name, string type, string count) = (fields[i], fields[i + 1], fields[i + 2]);
            ValueKind kind = type switch
            {
                "S" => ValueKind.Text,
                "I" => ValueKind.Integer,
                "R" => ValueKind.Real,
                "L" => ValueKind.Logical,
                _ => throw Malformed(properties, $"the type of '{Excerpt.Short(name)}' is '{Excerpt.Short(type)}', expected S, I, R or L"),
            };
            if (name.Length == 0 || !names.Add(name)) throw Malformed(properties, name.Length == 0 ? "a column has no name" : $"two columns are named '{Excerpt.Short(name)}'");
            if (!NumberText.TryInteger(count, out long columns) || columns < 1) throw Malformed(properties, $"'{Excerpt.Short(name)}' has '{Excerpt.Short(count)}' columns, expected a number from 1");
            width += Math.Min(columns, MostColumns + 1);
            if (width > MostColumns) throw Malformed(properties, $"'{Excerpt.Short(name)}' has {columns} columns, more than a line can have");
            _columns.Add(new ColumnBuilder(name, kind, (int)columns));
        }
        _width = (int)width;
        _species = Special(properties, SpeciesNames, "the species");
        _number = Special(properties, NumberNames, "the atomic numbers");
        _position = Special(properties, PositionNames, "the positions") ?? throw Malformed(properties, "expected positions, pos:R:3");
        if (_position is not { Kind: ValueKind.Real, Width: 3 }) throw Malformed(properties, $"the positions '{_position.Name}' need the type R and 3 columns");
        if (_species is null && _number is null) throw Malformed(properties, "expected species:S:1 or Z:I:1");
        if (_species is { Width: not 1 } or { Kind: not (ValueKind.Text or ValueKind.Integer) }) throw Malformed(properties, $"the species '{_species!.Name}' need the type S (or I) and 1 column");
        if (_number is { Width: not 1 } or { Kind: not ValueKind.Integer }) throw Malformed(properties, $"the atomic numbers '{_number!.Name}' need the type I and 1 column");
    }

    /// <summary>Whether a column of this name is read as species or positions.</summary>
    public static bool IsSpecial(string name) => SpeciesNames.Contains(name) || NumberNames.Contains(name) || PositionNames.Contains(name);

    /// <summary>Columns that are neither species nor positions.</summary>
    public IEnumerable<ColumnBuilder> Others => _columns.Where(c => c != _species && c != _number && c != _position);

    public int[] AtomicNumbers() => [.. _atomicNumbers];

    public double[] Positions() => [.. _positions];

    public string[]? Labels() => _labels?.ToArray();

    /// <summary>Adds the atom on a line.</summary>
    /// <returns>What is wrong with the line, or null.</returns>
    public string? Add(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = line;
        int found = 0;
        _atom = null;
        foreach (ColumnBuilder column in _columns)
        {
            for (int i = 0; i < column.Width; i++)
            {
                ReadOnlySpan<byte> word = NextWord(ref rest);
                if (word.IsEmpty)
                {
                    return found == 0
                        ? $"the line is blank; expected an atom, {_width} columns"
                        : $"'{Excerpt.Short(line)}' has {found} columns; expected {_width} ({Describe()})";
                }
                found++;
                if (!(column == _species ? AddSpecies(word) : column == _number ? AddNumber(word) : column == _position ? AddCoordinate(word) : column.TryAdd(word)))
                    return Wrong(column, word);
            }
        }
        if (_exact && !NextWord(ref rest).IsEmpty)
        {
            found++;
            while (!NextWord(ref rest).IsEmpty) found++;
            return $"'{Excerpt.Short(line)}' has {found} columns; Properties describes {_width} ({Describe()})";
        }
        AddAtom();
        return null;
    }

    private string Wrong(ColumnBuilder column, ReadOnlySpan<byte> word)
    {
        string shown = Excerpt.Short(word);
        if (column == _position) return $"'{shown}' is no finite coordinate; expected a number in Å";
        if (column == _species && _speciesAreTypes && IsNumber(word)) return $"'{shown}' is an atom type of LAMMPS, not an element; have it write elements: dump_modify ID element O H";
        if ((column == _species || column == _number) && _atom is { } other) return $"'{shown}' contradicts the other column of this atom's element, which says {Elements.Symbol(other)} ({other})";
        if (column == _species) return $"'{shown}' is no element; expected a symbol such as H, which may carry a label (H1, H_w), or an atomic number";
        if (column == _number) return $"'{shown}' is no atomic number; expected 0 … {Elements.Last}";
        return $"'{shown}' in the column '{Excerpt.Short(column.Name)}' is not {column.Expected}";
    }

    private bool AddCoordinate(ReadOnlySpan<byte> word)
    {
        if (!NumberText.TryReal(word, out double x) || !double.IsFinite(x)) return false;
        _positions.Add(x);
        return true;
    }

    private bool AddNumber(ReadOnlySpan<byte> word) => NumberText.TryInteger(word, out long z) && z is >= 0 and <= Elements.Last && IsAtom((int)z);

    private bool AddSpecies(ReadOnlySpan<byte> word)
    {
        if (!Ascii.Equals(word, _word))
        {
            string text = Encoding.UTF8.GetString(word);
            bool isNumber = IsNumber(word);
            if ((isNumber && _speciesAreTypes) || Elements.Find(text) is not { } element) return false;
            string symbol = Elements.Symbol(element);
            // Upper and lower case and numbers are ways to write a symbol; what goes beyond it is a label.
            (_word, _element, _label) = (text, element, isNumber || text.Equals(symbol, StringComparison.OrdinalIgnoreCase) ? symbol : text);
        }
        return IsAtom(_element);
    }

    /// <summary>Where a file gives species and atomic numbers, they must agree.</summary>
    private bool IsAtom(int element)
    {
        if (_atom is { } other && other != element) return false;
        _atom = element;
        return true;
    }

    private void AddAtom()
    {
        string symbol = Elements.Symbol(_atom!.Value);
        if (_species is not null && _labels is null && _label != symbol) _labels = [.. _atomicNumbers.Select(Elements.Symbol)];
        _labels?.Add(_label);
        _atomicNumbers.Add(_atom.Value);
    }

    private static bool IsNumber(ReadOnlySpan<byte> word) => !word.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private ColumnBuilder? Special(string properties, string[] names, string what)
    {
        ColumnBuilder[] found = [.. _columns.Where(c => names.Contains(c.Name))];
        return found.Length <= 1 ? found.FirstOrDefault() : throw Malformed(properties, $"both '{found[0].Name}' and '{found[1].Name}' could be {what}");
    }

    private string Describe() => Excerpt.Short(string.Join(' ', _columns.Take(20).Select(c => c.Width == 1 ? c.Name : $"{c.Name}×{c.Width}")));

    private static FormatException Malformed(string properties, string what) => new($"Properties is '{Excerpt.Short(properties)}': {what}");

    private static ReadOnlySpan<byte> NextWord(ref ReadOnlySpan<byte> rest)
    {
        int start = 0;
        while (start < rest.Length && IsSpace(rest[start])) start++;
        int end = start;
        while (end < rest.Length && !IsSpace(rest[end])) end++;
        ReadOnlySpan<byte> word = rest[start..end];
        rest = rest[end..];
        return word;
    }

    private static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\v' or (byte)'\f' or (byte)'\r';
}
