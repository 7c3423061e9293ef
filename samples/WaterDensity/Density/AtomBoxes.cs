namespace WaterDensity.Density;

/// <summary>Atoms in cubic boxes as wide as the longest reach of a Gaussian, so that those that reach a place are found without asking all.</summary>
/// <param name="positions">x, y, z of every atom, bohr.</param>
/// <param name="reach">Width of the boxes, bohr.</param>
internal sealed class AtomBoxes(double[] positions, double reach)
{
    private readonly Dictionary<(long, long, long), int[]> _boxes = Enumerable.Range(0, positions.Length / 3)
        .GroupBy(i => (Box(positions[3 * i], reach), Box(positions[3 * i + 1], reach), Box(positions[3 * i + 2], reach)))
        .ToDictionary(g => g.Key, g => g.ToArray());

    /// <summary>The atoms that may be within reach of a box between two corners, and some more, always in the same order.</summary>
    public List<int> Near(ReadOnlySpan<double> low, ReadOnlySpan<double> high)
    {
        var near = new List<int>();
        (long firstX, long lastX) = Boxes(low[0], high[0]);
        (long firstY, long lastY) = Boxes(low[1], high[1]);
        (long firstZ, long lastZ) = Boxes(low[2], high[2]);
        // Points far from each other: all atoms.
        if ((double)(lastX - firstX + 1) * (lastY - firstY + 1) * (lastZ - firstZ + 1) > _boxes.Count)
        {
            near.AddRange(Enumerable.Range(0, positions.Length / 3));
            return near;
        }
        for (long x = firstX; x <= lastX; x++)
        {
            for (long y = firstY; y <= lastY; y++)
            {
                for (long z = firstZ; z <= lastZ; z++)
                {
                    if (_boxes.TryGetValue((x, y, z), out int[]? atoms))
                        near.AddRange(atoms);
                }
            }
        }
        return near;
    }

    private (long First, long Last) Boxes(double low, double high) => (Box(low - reach, reach), Box(high + reach, reach));

    private static long Box(double coordinate, double width) => (long)Math.Floor(coordinate / width);
}
