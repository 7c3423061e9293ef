using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static E3Gen.Flow.Tests.RandomPrograms.Operations.Table;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Operations;

/// <summary>The same numbers in another shape, or some of them twice.</summary>
internal static class Shapes
{
    public static readonly IReadOnlyList<Operation> All =
    [
        One(x => x.flatten()), One(x => x.t()), One(x => x.mT), One(x => x.squeeze()), One(x => x.view(-1)), One(x => x.reshape(-1, 3)),
        One(x => x.unflatten(1, -1, 3)), One(x => x.unflatten(x.dim() - 1, -1, 3)), One(x => x.ravel()), One(x => x.T), One(x => x.view(x.shape)),
        One(x => x.reshape(x.size(0), -1)), One(x => x.reshape(-1, x.size(-1))), One(x => x.transpose(-1, -2)), One(x => x.unsqueeze(-1)),
        One(x => x.unsqueeze(0)), One(x => x.unsqueeze(-2)), One(x => x.unsqueeze(0) - x.unsqueeze(1)), One(x => x.flatten(-2)), One(x => x.flatten(0, 1)),
        One(x => x.flatten(0, -2)),
        Drawn(d => { int a = d.Place(); return Written.Of(x => x.unsqueeze(a)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.squeeze(a)); }),
        Drawn(d => { int a = d.Axis(), b = d.Axis(); return Written.Of(x => x.transpose(a, b)); }),
        Drawn(d => { int a = d.Axis(), b = d.Axis(); return Written.Of(x => x.swapaxes(a, b)); }),
        Drawn(d => { long[] a = [d.Axis()], b = [d.Axis()]; return Written.Of(x => x.movedim(a, b)); }),
        Drawn(d => { long[] a = Permutation(d); return Written.Of(x => x.permute(a)); }),
        Drawn(d => { long[] a = Factors(d); return Written.Of(x => x.reshape(a)); }),
        Drawn(d => { long[] a = Factors(d); return Written.Of(x => x.view(a)); }),
        Drawn(d => { long[] a = Factors(d); return Written.Of(x => x.contiguous().view(a)); }),
        Drawn(d => { int n = d.Pick(2, 3); int a = d.Place(); return Written.Of(x => x.unsqueeze(a).repeat_interleave(n, a)); }),
        Drawn(d => { int n = d.Pick(2, 3); return Written.Of(x => x.unsqueeze(-2).expand(-1, n, -1)); }),
        Drawn(d => { long[] a = [d.Pick(1, 2), .. d.X.shape]; return Written.Of(x => x.expand(a)); }),
        Drawn(d => { long[] a = [2, .. d.X.shape]; return Written.Of(x => torch.broadcast_to(x, a)); }),
        Drawn(d => { long[] a = [.. d.X.shape.Select(_ => d.Pick<long>(1, 1, 2))]; return Written.Of(x => x.repeat(a)); }),
        Drawn(d => { long[] a = [.. d.X.shape.Select(_ => d.Pick<long>(1, 1, 2))]; return Written.Of(x => torch.tile(x, a)); }),
        Drawn(d => { int n = 2, a = d.Axis(); return Written.Of(x => x.repeat_interleave(n, a)); }),
        Drawn(Want1.Any, d => Written.Of((x, y) => x.expand_as(y))),
        Drawn(Want1.Any, d => Written.Of((x, y) => x.view_as(y))),
        Drawn(Want1.Any, d => Written.Of((x, y) => x.reshape(y.shape))),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.flip(a)); }),
        Drawn(d => { int a = d.Axis(); int n = d.Pick(1, 2, -1); return Written.Of(x => x.roll(n, a)); }),
        Drawn(d => { int a = d.Axis(), b = d.Axis(); return Written.Of(x => x.flatten(a, b)); }),
        Drawn(d => { int n = d.Pick(1, 2); return Written.Of(x => torch.nn.functional.pad(x, new long[] { 0, 0, 0, n })); }),
        Drawn(d => { int n = d.Pick(1, 2, 3); return Written.Of(x => torch.nn.functional.pad(x, new long[] { 0, n })); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.unfold(a, 2, 1)); }),
    ];

    private static long[] Permutation(Operands d)
    {
        long[] axes = [.. Enumerable.Range(0, (int)d.X.dim()).Select(i => (long)i)];
        for (int i = axes.Length - 1; i > 0; i--)
        {
            int j = d.Below(i + 1);
            (axes[i], axes[j]) = (axes[j], axes[i]);
        }

        return axes;
    }

    /// <summary>A shape of as many numbers: two axes joined, or one split, or any.</summary>
    private static long[] Factors(Operands d)
    {
        List<long> shape = [.. d.X.shape];
        int at = d.Below(shape.Count);
        if (shape.Count > 1 && d.Flag())
        {
            at = d.Below(shape.Count - 1);
            shape[at] *= shape[at + 1];
            shape.RemoveAt(at + 1);
        }
        else if (shape.Count > 0)
        {
            long[] divisors = [.. new long[] { 3, 2, 1, 4 }.Where(n => shape[at] % n == 0)];
            long divisor = d.Pick(divisors);
            shape[at] /= divisor;
            shape.Insert(at + 1, divisor);
        }

        if (shape.Count > 0 && d.Below(4) == 0)
        {
            shape[d.Below(shape.Count)] = -1;
        }

        return [.. shape];
    }
}
