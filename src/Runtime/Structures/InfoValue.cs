namespace E3Gen;

/// <summary>
/// A value that belongs to a whole structure, such as its energy: a scalar, a list or a matrix of integers, reals, logical values or texts.
/// Immutable.
/// </summary>
public sealed class InfoValue
{
    private readonly Array _values;
    private readonly string? _text;

    /// <param name="values">long[], double[], bool[] or string[], rows of a matrix one after another; not copied.</param>
    /// <param name="shape">[], [n] or [rows, columns].</param>
    /// <param name="text">How a file writes a scalar.</param>
    internal InfoValue(Array values, int[] shape, string? text = null)
    {
        (_values, Shape, _text) = (values, shape, text);
        Kind = values switch
        {
            long[] => ValueKind.Integer,
            double[] => ValueKind.Real,
            bool[] => ValueKind.Logical,
            _ => ValueKind.Text,
        };
    }

    /// <summary>A real number.</summary>
    /// <param name="value">The number.</param>
    public InfoValue(double value) : this(new[] { value }, []) { }

    /// <summary>An integer.</summary>
    /// <param name="value">The number.</param>
    public InfoValue(long value) : this(new[] { value }, []) { }

    /// <summary>A logical value.</summary>
    /// <param name="value">The value.</param>
    public InfoValue(bool value) : this(new[] { value }, []) { }

    /// <summary>
    /// A text. Extended XYZ does not tell a text that looks like a number, a logical value or a list of them from one: it comes back as such, and
    /// <see cref="ToString"/> then gives the text.
    /// </summary>
    /// <param name="value">The text.</param>
    public InfoValue(string value) : this(new[] { value ?? throw new ArgumentNullException(nameof(value)) }, [], value) { }

    /// <summary>A list of real numbers, or a matrix.</summary>
    /// <param name="values">The numbers, at least one; rows of a matrix one after another.</param>
    /// <param name="columns">For a matrix: the length of its rows.</param>
    /// <exception cref="ArgumentException">There are no values, or no whole number of rows.</exception>
    public InfoValue(double[] values, int? columns = null) : this((Array)values.Clone(), ShapeOf(values, columns)) { }

    /// <summary>A list of integers, or a matrix.</summary>
    /// <param name="values">The numbers, at least one; rows of a matrix one after another.</param>
    /// <param name="columns">For a matrix: the length of its rows.</param>
    /// <exception cref="ArgumentException">There are no values, or no whole number of rows.</exception>
    public InfoValue(long[] values, int? columns = null) : this((Array)values.Clone(), ShapeOf(values, columns)) { }

    /// <summary>A list of logical values.</summary>
    /// <param name="values">The values, at least one.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public InfoValue(bool[] values) : this((Array)values.Clone(), ShapeOf(values, null)) { }

    /// <summary>A list of texts.</summary>
    /// <param name="values">The texts, at least one.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public InfoValue(string[] values) : this((Array)values.Clone(), ShapeOf(values, null)) { }

    /// <summary>Type of the values.</summary>
    public ValueKind Kind { get; }

    /// <summary>[] of a scalar, [n] of a list, [rows, columns] of a matrix.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Number of values.</summary>
    public int Count => _values.Length;

    internal Array Values => _values;

    /// <summary>The number that a scalar is.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="InvalidOperationException">It is not a scalar, or no number.</exception>
    public double ToDouble() => Shape.Count == 0 ? ToDoubles()[0] : throw Wrong("one number");

    /// <summary>The numbers, integers or reals; rows of a matrix one after another.</summary>
    /// <returns>A new array.</returns>
    /// <exception cref="InvalidOperationException">These are no numbers.</exception>
    public double[] ToDoubles() => _values switch
    {
        double[] reals => [.. reals],
        long[] integers => [.. integers.Select(i => (double)i)],
        _ => throw Wrong("numbers"),
    };

    /// <summary>The integers; rows of a matrix one after another.</summary>
    /// <returns>A new array.</returns>
    /// <exception cref="InvalidOperationException">These are no integers.</exception>
    public long[] ToIntegers() => _values is long[] integers ? [.. integers] : throw Wrong("integers");

    /// <summary>The logical values; the integers 0 and 1 count as such.</summary>
    /// <returns>A new array.</returns>
    /// <exception cref="InvalidOperationException">These are no logical values.</exception>
    public bool[] ToLogicals() => _values switch
    {
        bool[] logicals => [.. logicals],
        long[] integers when integers.All(i => i is 0 or 1) => [.. integers.Select(i => i == 1)],
        _ => throw Wrong("logical values (T or F)"),
    };

    /// <summary>The texts.</summary>
    /// <returns>A new array.</returns>
    /// <exception cref="InvalidOperationException">These are no texts.</exception>
    public string[] ToTexts() => _values is string[] texts ? [.. texts] : throw Wrong("texts");

    /// <summary>A scalar as it was written, without quotes: the text itself; lists as extended XYZ writes them.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text ?? InfoText.Format(this);

    private InvalidOperationException Wrong(string expected) => new($"The value is '{Excerpt.Short(ToString())}'; expected {expected}.");

    private static int[] ShapeOf(Array values, int? columns)
    {
        if (values.Length == 0) throw new ArgumentException("A list in extended XYZ needs at least one value.", nameof(values));
        if (columns is not { } width) return [values.Length];
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1, nameof(columns));
        return values.Length % width == 0
            ? [values.Length / width, width]
            : throw new ArgumentException($"{values.Length} values are no whole number of rows of {width}.", nameof(columns));
    }
}
