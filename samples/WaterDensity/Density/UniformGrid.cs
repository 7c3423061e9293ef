namespace WaterDensity.Density;

/// <summary>A uniform grid of points in a box around a molecule; all lengths in bohr.</summary>
internal sealed record UniformGrid(double[] Origin, double Spacing, int[] Counts)
{
    /// <summary>Spacing of the reported errors; see the README for how they change with it.</summary>
    public const double DefaultSpacing = 0.2;

    /// <summary>Room between the outermost atoms and the box; less than a thousandth of the electrons is outside.</summary>
    public const double DefaultMargin = 4;

    private const int BrickEdge = 8;

    public int Points => Counts[0] * Counts[1] * Counts[2];

    public double Volume => Spacing * Spacing * Spacing;

    /// <summary>Steps along the three axes of the point with an index.</summary>
    public int[] Unflatten(int index) => [index / (Counts[1] * Counts[2]), index / Counts[2] % Counts[1], index % Counts[2]];

    /// <summary>The box that leaves <paramref name="margin"/> on every side, with the molecule in its middle.</summary>
    public static UniformGrid Around(double[] positions, double spacing = DefaultSpacing, double margin = DefaultMargin)
    {
        if (!(spacing > 0 && margin >= 0))
            throw new ArgumentOutOfRangeException(nameof(spacing),
                $"A grid needs a positive spacing and a margin of at least 0, not {spacing} and {margin} bohr.");
        var origin = new double[3];
        var counts = new int[3];
        for (int axis = 0; axis < 3; axis++)
        {
            double low = double.MaxValue, high = double.MinValue;
            for (int i = axis; i < positions.Length; i += 3)
                (low, high) = (Math.Min(low, positions[i]), Math.Max(high, positions[i]));
            counts[axis] = (int)Math.Ceiling((high - low + 2 * margin) / spacing) + 1;
            origin[axis] = 0.5 * (low + high) - 0.5 * spacing * (counts[axis] - 1);
        }
        return new UniformGrid(origin, spacing, counts);
    }

    /// <summary>
    /// Calls <paramref name="visit"/> for compact bricks of points that together are the grid, in parallel; the second argument is each
    /// point's index, z running fastest.
    /// </summary>
    public void ForEachBrick(Action<PointSet, int[]> visit)
    {
        int[] bricks = [.. Counts.Select(n => (n + BrickEdge - 1) / BrickEdge)];
        Parallel.For(0, bricks[0] * bricks[1] * bricks[2], brick =>
        {
            var points = new PointSet(BrickEdge * BrickEdge * BrickEdge);
            var indices = new int[BrickEdge * BrickEdge * BrickEdge];
            int[] start = [BrickEdge * (brick / (bricks[1] * bricks[2])), BrickEdge * (brick / bricks[2] % bricks[1]),
                BrickEdge * (brick % bricks[2])];
            for (int ix = start[0]; ix < Math.Min(start[0] + BrickEdge, Counts[0]); ix++)
            {
                for (int iy = start[1]; iy < Math.Min(start[1] + BrickEdge, Counts[1]); iy++)
                {
                    for (int iz = start[2]; iz < Math.Min(start[2] + BrickEdge, Counts[2]); iz++)
                    {
                        indices[points.Count] = (ix * Counts[1] + iy) * Counts[2] + iz;
                        points.Add(Origin[0] + ix * Spacing, Origin[1] + iy * Spacing, Origin[2] + iz * Spacing, Volume);
                    }
                }
            }
            visit(points, indices);
        });
    }
}
