using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Language;

internal enum Kind
{
    /// <summary>Depends on the frame as nothing that could be stated.</summary>
    Broken,
    Invariant,
    Features,
    Points,
}

/// <summary>How a value transforms, as measured: the rules are not written down a second time here.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Axis">The axis that carries irreps or coordinates, counted from the end (-1 is the last).</param>
/// <param name="Irreps">The irreps of features.</param>
internal sealed record Nature(Kind Kind, int Axis = -1, Irreps? Irreps = null)
{
    private const double Tolerance = 1e-8;

    private static readonly Irrep[] Candidates = [new(0, -1), new(1, -1), new(1, 1), new(2, 1), new(2, -1), new(3, -1)];

    public static readonly Nature Broken = new(Kind.Broken);

    /// <summary>Whether it can be stated by an attribute.</summary>
    public bool CanBeStated => Kind == Kind.Invariant || (Kind is Kind.Features or Kind.Points && Axis == -1);

    /// <summary>What the values in the frames have in common.</summary>
    public static Nature Of(IReadOnlyList<Tensor> values, IReadOnlyList<Frame> frames)
    {
        double[][] numbers = [.. values.Select(v => Numbers(v, -1))];
        double scale = Math.Max(numbers.Max(n => n.Length == 0 ? 0 : n.Max(Math.Abs)), 1e-300);
        if (numbers.Skip(1).All(n => n.Zip(numbers[0], (a, b) => Math.Abs(a - b)).All(d => d <= Tolerance * scale)))
        {
            return new Nature(Kind.Invariant);
        }

        for (int axis = -1; axis >= -values[0].dim(); axis--)
        {
            double[][] rows = axis == -1 ? numbers : [.. values.Select(v => Numbers(v, axis))];
            int columns = (int)values[0].size(axis);
            if (columns == 3 && Fits(rows, 3, 0, new Irrep(1, -1), frames, scale, moves: true))
            {
                return new Nature(Kind.Points, axis);
            }

            if (Read(rows, columns, frames, scale) is { } irreps)
            {
                return new Nature(Kind.Features, axis, irreps);
            }
        }

        return Broken;
    }

    public override string ToString() => Kind switch
    {
        Kind.Features => $"{Irreps} along axis {Axis}",
        Kind.Points => $"points along axis {Axis}",
        _ => Kind.ToString(),
    };

    private static double[] Numbers(Tensor value, int axis)
    {
        using var scope = NewDisposeScope();
        return (value.dim() == 0 ? value : value.transpose(axis, -1)).detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();
    }

    /// <summary>The irreps of the columns, block after block; null where a block is none.</summary>
    private static Irreps? Read(double[][] rows, int columns, IReadOnlyList<Frame> frames, double scale)
    {
        var entries = new List<MulIrrep>();
        for (int c = 0; c < columns;)
        {
            Irrep? found = Fits(rows, columns, c, new Irrep(0, 1), frames, scale) ? new Irrep(0, 1) : null;
            found ??= Candidates.Where(i => c + i.Dim <= columns && Fits(rows, columns, c, i, frames, scale)).Select(i => (Irrep?)i).FirstOrDefault();
            if (found is not { } irrep)
            {
                return null;
            }

            entries.Add(new MulIrrep(1, irrep));
            c += irrep.Dim;
        }

        return new Irreps(entries).Simplify();
    }

    private static bool Fits(double[][] rows, int columns, int first, Irrep irrep, IReadOnlyList<Frame> frames, double scale, bool moves = false)
    {
        for (int f = 1; f < frames.Count; f++)
        {
            double[,] matrix = frames[f].Matrix(irrep);
            for (int row = 0; row < rows[0].Length; row += columns)
            {
                for (int i = 0; i < irrep.Dim; i++)
                {
                    double expected = moves ? frames[f].Shift[i] : 0;
                    for (int j = 0; j < irrep.Dim; j++)
                    {
                        expected += matrix[i, j] * rows[0][row + first + j];
                    }

                    if (!(Math.Abs(expected - rows[f][row + first + i]) <= Tolerance * scale))
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }
}
