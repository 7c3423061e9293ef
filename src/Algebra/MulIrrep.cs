using System.Globalization;

namespace E3Gen;

/// <summary>Several copies of one irrep: <c>16x1o</c>. In memory copy after copy, the 2l+1 components of each side by side.</summary>
public readonly record struct MulIrrep
{
    /// <summary><paramref name="Multiplicity"/> copies of <paramref name="Irrep"/>.</summary>
    /// <param name="Multiplicity">Number of copies, 0 or more.</param>
    /// <param name="Irrep">The irrep.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative multiplicity.</exception>
    /// <exception cref="OverflowException">The dimension is beyond <see cref="int"/>.</exception>
    public MulIrrep(int Multiplicity, Irrep Irrep)
    {
        if (Multiplicity < 0)
            throw new ArgumentOutOfRangeException(nameof(Multiplicity), Multiplicity,
                $"The multiplicity of {Irrep} must be 0 or more, not {Multiplicity}.");
        if ((long)Multiplicity * Irrep.Dim > int.MaxValue)
            throw new OverflowException($"{Multiplicity}x{Irrep} has more than {int.MaxValue} components.");
        this.Multiplicity = Multiplicity;
        this.Irrep = Irrep;
    }

    /// <summary>Number of copies.</summary>
    public int Multiplicity { get; }

    /// <summary>The irrep that is repeated.</summary>
    public Irrep Irrep { get; }

    /// <summary>Number of components: multiplicity times 2l+1.</summary>
    public int Dim => Multiplicity * Irrep.Dim;

    /// <summary>Splits into multiplicity and irrep.</summary>
    /// <param name="multiplicity">The number of copies.</param>
    /// <param name="irrep">The irrep.</param>
    public void Deconstruct(out int multiplicity, out Irrep irrep) => (multiplicity, irrep) = (Multiplicity, Irrep);

    /// <summary>e3nn's written form, such as <c>16x1o</c>.</summary>
    public override string ToString() => Multiplicity.ToString(CultureInfo.InvariantCulture) + "x" + Irrep;
}
