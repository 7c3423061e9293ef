namespace E3Gen;

/// <summary>
/// A quantity of every atom, such as its force or charge: <see cref="Width"/> values of one type for each atom, those of atom i at
/// <c>i · Width … (i+1) · Width − 1</c>. The array is the caller's and not copied.
/// </summary>
public sealed class AtomColumn
{
    private readonly Array _values;

    /// <summary>A column of real numbers.</summary>
    /// <param name="values">[atoms · width].</param>
    /// <param name="width">Values of each atom.</param>
    /// <exception cref="ArgumentException">The values are not a multiple of the width.</exception>
    public AtomColumn(double[] values, int width = 1) : this(values, width, ValueKind.Real) { }

    /// <summary>A column of integers.</summary>
    /// <param name="values">[atoms · width].</param>
    /// <param name="width">Values of each atom.</param>
    /// <exception cref="ArgumentException">The values are not a multiple of the width.</exception>
    public AtomColumn(long[] values, int width = 1) : this(values, width, ValueKind.Integer) { }

    /// <summary>A column of logical values.</summary>
    /// <param name="values">[atoms · width].</param>
    /// <param name="width">Values of each atom.</param>
    /// <exception cref="ArgumentException">The values are not a multiple of the width.</exception>
    public AtomColumn(bool[] values, int width = 1) : this(values, width, ValueKind.Logical) { }

    /// <summary>A column of texts.</summary>
    /// <param name="values">[atoms · width]; extended XYZ has no empty ones and none with white space.</param>
    /// <param name="width">Values of each atom.</param>
    /// <exception cref="ArgumentException">The values are not a multiple of the width.</exception>
    public AtomColumn(string[] values, int width = 1) : this(values, width, ValueKind.Text) { }

    private AtomColumn(Array values, int width, ValueKind kind)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (values.Length % width != 0)
            throw new ArgumentException($"A column of width {width} cannot have {values.Length} values; give {width} for every atom.", nameof(values));
        (_values, Width, Kind) = (values, width, kind);
    }

    /// <summary>Type of the values.</summary>
    public ValueKind Kind { get; }

    /// <summary>Values of each atom.</summary>
    public int Width { get; }

    /// <summary>Number of atoms.</summary>
    public int Rows => _values.Length / Width;

    /// <summary>The values of a column of reals: [atoms · width].</summary>
    /// <exception cref="InvalidOperationException">The column has another type.</exception>
    public double[] Reals => Values<double>();

    /// <summary>The values of a column of integers.</summary>
    /// <exception cref="InvalidOperationException">The column has another type.</exception>
    public long[] Integers => Values<long>();

    /// <summary>The values of a column of logical values.</summary>
    /// <exception cref="InvalidOperationException">The column has another type.</exception>
    public bool[] Logicals => Values<bool>();

    /// <summary>The values of a column of texts.</summary>
    /// <exception cref="InvalidOperationException">The column has another type.</exception>
    public string[] Texts => Values<string>();

    private T[] Values<T>() => _values as T[] ?? throw new InvalidOperationException($"The column holds values of the kind {Kind}, not {typeof(T).Name}; look at Kind first.");
}
