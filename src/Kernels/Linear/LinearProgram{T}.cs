using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>A linear map and its transpose, prepared for a number type.</summary>
internal sealed class LinearProgram<T>
    where T : unmanaged, INumber<T>
{
    public LinearProgram(LinearProgram paths)
    {
        Place[] x = Places(paths.X, paths.InputLayout), y = Places(paths.Y, paths.OutputLayout);
        Paths = new Path[paths.Paths.Count];
        for (int p = 0; p < Paths.Length; p++)
        {
            var path = paths.Paths[p];
            Paths[p] = new Path(x[path.Input], y[path.Output], path.Weight, path.WeightStep, T.CreateTruncating(path.Scale), Sums);
            Sums = checked(Sums + (x[path.Input].Copies * y[path.Output].PanelStride));
        }

        int bias = 0;
        var biases = new int[y.Length];
        Array.Fill(biases, -1);
        foreach (int output in paths.Biased)
        {
            biases[output] = bias;
            bias += y[output].Copies;
        }

        Map = new LinearMap<T>(y, [.. y.Select((place, o) => Paths
            .Where((_, p) => paths.Paths[p].Output == o)
            .Select(p => (p.Input, p.Weight, RowStep: (long)p.WeightStep, Step: 1L, p.Scale)))], biases);
        Transpose = new LinearMap<T>(x, [.. x.Select((place, i) => Paths
            .Where((_, p) => paths.Paths[p].Input == i)
            .Select(p => (p.Output, p.Weight, RowStep: 1L, Step: (long)p.WeightStep, p.Scale)))], [.. x.Select(_ => -1)]);
    }

    /// <summary>x → y.</summary>
    public LinearMap<T> Map { get; }

    /// <summary>The cotangent of y → that of x.</summary>
    public LinearMap<T> Transpose { get; }

    public Path[] Paths { get; }

    /// <summary>Numbers of the cotangents of all weights, padded to whole panels.</summary>
    public int Sums { get; private set; }

    private static Place[] Places(IReadOnlyList<(int Copies, int L)> segments, Layout layout)
    {
        var places = new Place[segments.Count];
        int column = 0;
        for (int s = 0; s < places.Length; s++)
        {
            var (copies, components) = (segments[s].Copies, (2 * segments[s].L) + 1);
            bool innermost = layout == Layout.IrMul || components == 1;
            places[s] = new Place(column, copies, components, innermost ? 1 : components, innermost ? copies : 1);
            column += copies * components;
        }

        return places;
    }

    /// <summary>Where a segment lies in a row.</summary>
    /// <param name="Column">Its first column.</param>
    /// <param name="Copies">Copies u.</param>
    /// <param name="Components">Components i.</param>
    /// <param name="CopyStep">Columns from copy to copy.</param>
    /// <param name="ComponentStep">Columns from component to component.</param>
    internal readonly record struct Place(int Column, int Copies, int Components, int CopyStep, int ComponentStep)
    {
        /// <summary>Copies padded to whole panels.</summary>
        public int PanelStride => Lanes.Stride;

        /// <summary>The segment as rows that kernels work on, padded to whole panels.</summary>
        public LaneLayout<T>.Segment Lanes { get; } = new(
            Column, 0, Copies, Components, MatrixPanel<T>.Count(Copies) * MatrixTile<T>.Columns, Copies, CopyStep == 1);
    }

    /// <param name="Input">x's segment.</param>
    /// <param name="Output">y's segment.</param>
    /// <param name="Weight">The first weight, of [u, w].</param>
    /// <param name="WeightStep">Weights from copy u to copy u + 1.</param>
    /// <param name="Scale">The constant in front.</param>
    /// <param name="Sum">First number of its weights' cotangents in <see cref="Sums"/>.</param>
    internal readonly record struct Path(Place Input, Place Output, int Weight, int WeightStep, T Scale, int Sum);
}
