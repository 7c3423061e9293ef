namespace E3Gen;

/// <summary>One non-zero entry of a Wigner 3j symbol in the real basis: the coefficient of x[I]·y[J]·z[K].</summary>
public readonly struct CouplingTerm
{
    private readonly double _double;

    internal CouplingTerm(int i, int j, int k, Surd value)
    {
        (I, J, K, Value) = (i, j, k, value);
        _double = value.ToDouble();
    }

    /// <summary>Component of the first irrep, 0 … 2·l1.</summary>
    public int I { get; }

    /// <summary>Component of the second irrep, 0 … 2·l2.</summary>
    public int J { get; }

    /// <summary>Component of the third irrep, 0 … 2·l3.</summary>
    public int K { get; }

    /// <summary>The exact value.</summary>
    public Surd Value { get; }

    /// <summary>The value, to the nearest <see cref="double"/>.</summary>
    public double ToDouble() => _double;

    /// <summary>The indices and the exact value.</summary>
    public override string ToString() => $"[{I},{J},{K}] {Value}";
}
