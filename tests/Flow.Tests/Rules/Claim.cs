using E3Gen.Flow.Tests.RandomPrograms.Language;
using E3Gen.Generator.Flow.Values;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules;

/// <summary>Holds one claim against the values that a variable really has before several frames.</summary>
internal static class Claim
{
    public const double Tolerance = 2e-6;

    /// <summary>What is wrong about shape, kind of numbers, zeros and runs.</summary>
    public static IEnumerable<string> Form(TensorValue claim, IReadOnlyList<Tensor> values, Extents extents)
    {
        var x = values[0];
        if (values.Any(v => !v.shape.SequenceEqual(x.shape)))
        {
            return ["its shape depends on the frame"];
        }

        int rank = claim.Axes.Length;
        if (claim.HasMoreInFront ? x.dim() < rank : x.dim() != rank)
        {
            return [$"it has {x.dim()} axes"];
        }

        var wrong = new List<string?>();
        for (int i = 0; i < rank; i++)
        {
            var axis = claim.Axes[i];
            int at = (int)x.dim() - rank + i;
            long actual = x.size(at);
            wrong.Add(extents.Note(axis.Extent, actual, $"axis {i}"));
            wrong.Add(axis.Irreps is { } irreps && irreps.Dim != actual ? $"axis {i} has {actual} entries, which are not {irreps}" : null);
            wrong.Add(axis.Irreps?.All(e => e.Irrep.L == 0 && e.Irrep.Parity > 0) == true ? $"axis {i} carries scalars alone" : null);
            wrong.Add(axis.Runs.IsDefault || wrong[^2] is not null || AreRuns(x, at, axis.Runs) ? null : $"entries along axis {i} are not equal in runs of {string.Join(", ", axis.Runs)}");
        }

        if (claim.Written is { } written && written.Entries.Length != (written.Axis < 0 ? 1 : x.size((int)x.dim() - rank + written.Axis)))
        {
            wrong.Add($"it has {written.Entries.Length} polynomials");
        }

        var kind = x.dtype == ScalarType.Bool ? NumberKind.Truth : x.is_floating_point() ? NumberKind.Float : NumberKind.Whole;
        wrong.Add(claim.Numbers == NumberKind.Unknown || claim.Numbers == kind ? null : $"its numbers are {kind}");
        wrong.Add(claim.IsZero && x.count_nonzero().item<long>() != 0 ? "it is not zero" : null);
        return wrong.OfType<string>();
    }

    /// <summary>How much the values in the frames differ from what the claim says, in units of their size; polynomials are looked at by <see cref="Polynomials"/>.</summary>
    public static double Error(TensorValue claim, IReadOnlyList<Tensor> values, IReadOnlyList<Frame> frames)
    {
        if (claim.Written is not null)
        {
            return 0;
        }

        Tensor[] numbers = [.. values.Select(v => v.detach().to(ScalarType.Float64))];
        return Enumerable.Range(1, frames.Count - 1).Max(f => Distance(numbers[f], Transformed(claim, numbers[0], frames[f])));
    }

    /// <summary>The largest difference in units of the largest number; infinite where one is none.</summary>
    public static double Distance(Tensor a, Tensor b)
    {
        if (!a.shape.SequenceEqual(b.shape))
        {
            return double.PositiveInfinity;
        }

        if (a.numel() == 0)
        {
            return 0;
        }

        double scale = Math.Max(Math.Max(a.abs().max().item<double>(), b.abs().max().item<double>()), 1e-9);
        double distance = (a - b).abs().max().item<double>() / scale;
        return double.IsNaN(distance) ? double.PositiveInfinity : distance;
    }

    /// <summary>p · (D ⊗ … ⊗ D) x + w t.</summary>
    private static Tensor Transformed(TensorValue claim, Tensor x, Frame frame)
    {
        int shifted = 0;
        for (int i = 0; i < claim.Axes.Length; i++)
        {
            if (claim.Axes[i].Irreps is not { } irreps)
            {
                continue;
            }

            int at = (int)x.dim() - claim.Axes.Length + i;
            x = frame.Act(irreps, x.transpose(at, -1));
            if (claim.Weight != 0 && irreps is [{ Irrep: { L: 1, Parity: -1 } }])
            {
                shifted++;
                x = x + (claim.Weight * tensor(frame.Shift).repeat(irreps[0].Multiplicity));
            }

            x = x.transpose(at, -1);
        }

        return claim.Weight != 0 && shifted != 1 ? full_like(x, double.NaN) : claim.Parity < 0 ? x * frame.Matrix(new Irrep(0, -1))[0, 0] : x;
    }

    private static bool AreRuns(Tensor x, int axis, IReadOnlyList<int> runs)
    {
        long at = 0;
        foreach (int run in runs)
        {
            if (at + run > x.size(axis))
            {
                return false;
            }

            var part = x.narrow(axis, at, run).nan_to_num();
            if (!part.eq(part.narrow(axis, 0, 1)).all().item<bool>())
            {
                return false;
            }

            at += run;
        }

        return at == x.size(axis);
    }
}
