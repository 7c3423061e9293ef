using WaterDensity.Systems;

namespace WaterDensity.Density;

/// <summary>A grid seen from the laboratory: axes in the order of the files that people read, z running fastest; lengths in bohr.</summary>
internal sealed class LaboratoryGrid(UniformGrid grid)
{
    private static readonly int[] Axes = Frame.StoredAxisOfLaboratory;

    /// <summary>The first point.</summary>
    public double[] Origin { get; } = [.. Axes.Select(a => grid.Origin[a])];

    /// <summary>Points along x, y, z.</summary>
    public int[] Counts { get; } = [.. Axes.Select(a => grid.Counts[a])];

    public double Spacing => grid.Spacing;

    public int Points => grid.Points;

    /// <summary><c>[field][point]</c>: the values of some fields.</summary>
    /// <param name="fields">How many <paramref name="evaluate"/> gives.</param>
    /// <param name="evaluate">The fields at points in the data's frame.</param>
    /// <param name="advance">Is told which part is done, 0 … 1.</param>
    public double[][] Sample(int fields, Func<PointSet, double[][]> evaluate, Action<double>? advance = null)
    {
        var values = new double[fields][];
        for (int f = 0; f < fields; f++)
            values[f] = new double[Points];
        grid.ForEachBrick((points, indices) =>
        {
            double[][] brick = evaluate(points);
            for (int i = 0; i < points.Count; i++)
            {
                int[] stored = grid.Unflatten(indices[i]);
                int index = (stored[Axes[0]] * Counts[1] + stored[Axes[1]]) * Counts[2] + stored[Axes[2]];
                for (int f = 0; f < fields; f++)
                    values[f][index] = brick[f][i];
            }
        }, advance);
        return values;
    }
}
