using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>Rows to rows, by the weights or by their transpose: for each segment of the result the terms that are summed into it.</summary>
internal sealed class LinearMap<T>
    where T : unmanaged, INumber<T>
{
    /// <param name="targets">Segments of the result.</param>
    /// <param name="terms">
    /// For each segment of the result, what is summed: a segment of the argument, its first weight, the steps of the weights, the constant.
    /// </param>
    /// <param name="biases">For each segment of the result, its first bias; −1 for none.</param>
    public LinearMap(
        IReadOnlyList<LinearProgram<T>.Place> targets,
        IReadOnlyList<IEnumerable<(LinearProgram<T>.Place Source, int Weight, long RowStep, long Step, T Scale)>> terms,
        IReadOnlyList<int> biases)
    {
        Targets = new Target[targets.Count];
        Columns = targets.Sum(p => p.Copies * p.Components);
        for (int t = 0; t < Targets.Length; t++)
        {
            var place = targets[t];
            int stride = place.PanelStride;
            var own = new List<Term>();
            foreach (var (source, weight, rowStep, step, scale) in terms[t])
            {
                own.Add(new Term(source, weight, rowStep, step, scale, PanelNumbers));
                PanelNumbers = checked(PanelNumbers + (source.Copies * stride));
                Cost += (double)source.Copies * stride * place.Components / 10;
            }

            Targets[t] = new Target(
                place.Lanes, stride / MatrixTile<T>.Columns, place.CopyStep == 1 && place.Copies == stride, biases[t], [.. own]);
            Widest = Math.Max(Widest, place.Components * stride);
        }
    }

    public Target[] Targets { get; }

    /// <summary>Columns of the result.</summary>
    public int Columns { get; }

    /// <summary>Numbers in the panels of all terms.</summary>
    public int PanelNumbers { get; }

    /// <summary>Numbers of the longest segment of the result, padded to whole panels.</summary>
    public int Widest { get; }

    /// <summary>Approximate time per row, in tenths of a nanosecond, at ten multiply-adds each (Zen 5 does more).</summary>
    public double Cost { get; }

    /// <param name="Lanes">Where the segment lies, and how it is padded to whole panels.</param>
    /// <param name="Panels">Panels for its copies.</param>
    /// <param name="IsInPlace">Whether tiles are parts of the tensor's rows.</param>
    /// <param name="Bias">Its first bias; −1 for none.</param>
    /// <param name="Terms">What is summed.</param>
    internal sealed record Target(LaneLayout<T>.Segment Lanes, int Panels, bool IsInPlace, int Bias, Term[] Terms);

    /// <param name="Source">The argument's segment.</param>
    /// <param name="Weight">The first weight.</param>
    /// <param name="RowStep">Weights from copy to copy of the argument.</param>
    /// <param name="Step">Weights from copy to copy of the result.</param>
    /// <param name="Scale">The constant in front.</param>
    /// <param name="Panel">First number of the term's panels.</param>
    internal readonly record struct Term(LinearProgram<T>.Place Source, int Weight, long RowStep, long Step, T Scale, int Panel);
}
