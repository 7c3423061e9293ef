namespace E3Gen.Potentials;

/// <summary>
/// The limit of a function and of its slope at the end of a range where it is smooth, from its values at h, 2h, …, mh: value and slope at 0 of the polynomial through them.
/// </summary>
internal sealed class OneSidedLimit
{
    /// <param name="points">m.</param>
    /// <param name="step">h.</param>
    public OneSidedLimit(int points, double step)
    {
        Offsets = [.. Enumerable.Range(1, points).Select(k => k * step)];
        Value = new double[points];
        Slope = new double[points];
        for (int k = 0; k < points; k++)
        {
            // Lagrange's polynomial of node k at 0, and its slope there: L(0) · Σ 1/(0 − x_j).
            (double value, double slope) = (1, 0);
            for (int j = 0; j < points; j++)
            {
                if (j == k) continue;
                value *= Offsets[j] / (Offsets[j] - Offsets[k]);
                slope -= 1 / Offsets[j];
            }

            (Value[k], Slope[k]) = (value, value * slope);
        }
    }

    /// <summary>Where values are taken.</summary>
    public double[] Offsets { get; }

    /// <summary>Weights of the values in the limit.</summary>
    public double[] Value { get; }

    /// <summary>Weights of the values in the slope.</summary>
    public double[] Slope { get; }
}
