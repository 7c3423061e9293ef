using System.Globalization;

namespace WaterDensity.Density;

/// <summary>A uniform grid of points in a box around a molecule; all lengths in bohr.</summary>
internal sealed record UniformGrid(double[] Origin, double Spacing, int[] Counts)
{
    /// <summary>Spacing of the reported errors; see the README for how they change with it.</summary>
    public const double DefaultSpacing = 0.2;

    /// <summary>Room between the outermost atoms and the box; less than a thousandth of the electrons is outside.</summary>
    public const double DefaultMargin = 4;

    private const int BrickEdge = 8;

    /// <summary>More points than this are not needed by anybody who did not ask for them.</summary>
    public const int ManyPoints = 10_000_000;

    /// <summary>Bytes of one field; a density by degree has five.</summary>
    private const int BytesPerPoint = sizeof(double);

    public int Points => checked(Counts[0] * Counts[1] * Counts[2]);

    public double Volume => Spacing * Spacing * Spacing;

    /// <summary>Steps along the three axes of the point with an index.</summary>
    public int[] Unflatten(int index) => [index / (Counts[1] * Counts[2]), index / Counts[2] % Counts[1], index % Counts[2]];

    /// <summary>The box that leaves <paramref name="margin"/> on every side, with the molecule in its middle.</summary>
    /// <exception cref="ArgumentException">The grid would have more points than memory holds.</exception>
    public static UniformGrid Around(double[] positions, double spacing = DefaultSpacing, double margin = DefaultMargin)
    {
        if (!(spacing > 0 && double.IsFinite(spacing) && margin >= 0))
            throw new ArgumentOutOfRangeException(nameof(spacing),
                $"A grid needs a positive spacing and a margin of at least 0, not {spacing} and {margin} bohr.");
        (double Low, double High)[] box = Box(positions);
        double[] steps = [.. box.Select(b => Math.Ceiling((b.High - b.Low + 2 * margin) / spacing) + 1)];
        RequireMemory(steps, spacing, box, margin);
        int[] counts = [.. steps.Select(s => (int)s)];
        return new UniformGrid([.. box.Select((b, axis) => 0.5 * (b.Low + b.High) - 0.5 * spacing * (counts[axis] - 1))], spacing, counts);
    }

    /// <summary>The default spacing, or a wider one whose grid around the molecule has at most <paramref name="points"/> points.</summary>
    public static double SpacingFor(double[] positions, double points = ManyPoints, double finest = DefaultSpacing)
    {
        (double Low, double High)[] box = Box(positions);
        double Count(double spacing) => box.Aggregate(1.0, (product, b) => product * (Math.Ceiling((b.High - b.Low + 2 * DefaultMargin) / spacing) + 1));
        double spacing = finest;
        // Long thin boxes keep points along their short edges: a few repetitions find the spacing.
        while (Count(spacing) > points)
            spacing *= Math.Max(1.01, Math.Cbrt(Count(spacing) / points));
        return spacing;
    }

    private static (double Low, double High)[] Box(double[] positions)
    {
        var box = new (double Low, double High)[3];
        Array.Fill(box, (double.MaxValue, double.MinValue));
        for (int i = 0; i < positions.Length; i++)
            box[i % 3] = (Math.Min(box[i % 3].Low, positions[i]), Math.Max(box[i % 3].High, positions[i]));
        return box;
    }

    private static void RequireMemory(double[] counts, double spacing, (double Low, double High)[] box, double margin)
    {
        double points = counts[0] * counts[1] * counts[2], gibibytes = points * BytesPerPoint / (1L << 30);
        double most = Math.Min(Array.MaxLength, 0.5 * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / BytesPerPoint);
        if (points <= most)
            return;
        string size = string.Join(" × ", box.Select(b => (b.High - b.Low + 2 * margin).ToString("G4", CultureInfo.InvariantCulture)));
        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"A grid of {spacing} bohr in the box of {size} bohr around the atoms has {points:G4} points and takes {gibibytes:G4} GiB; at most {most:G4} points fit here. ")
            + "Give a larger --spacing, and check that no atom is far from the others.");
    }

    /// <summary>
    /// Calls <paramref name="visit"/> for compact bricks of points that together are the grid, in parallel; the second argument is each
    /// point's index, z running fastest.
    /// </summary>
    /// <param name="advance">Is told now and then which part of the grid is done, 0 … 1.</param>
    public void ForEachBrick(Action<PointSet, int[]> visit, Action<double>? advance = null)
    {
        int done = 0;
        int[] bricks = [.. Counts.Select(n => (n + BrickEdge - 1) / BrickEdge)];
        int count = bricks[0] * bricks[1] * bricks[2];
        Parallel.For(0, count, brick =>
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
            if (Interlocked.Increment(ref done) is var finished && finished % 64 == 0)
                advance?.Invoke((double)finished / count);
        });
    }
}
