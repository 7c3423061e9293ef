using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static E3Gen.Flow.Tests.RandomPrograms.Operations.Table;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Operations;

/// <summary>Several tensors made one, one made several.</summary>
internal static class Joins
{
    public static readonly IReadOnlyList<Operation> All =
    [
        Two(Want1.Float, (x, y) => torch.cat(new[] { x, y }, -1)), Two(Want1.Float, (x, y) => torch.cat(new[] { x, y }, 0)),
        Two(Want1.Alike, (x, y) => torch.stack(new[] { x, y }, 0)), Two(Want1.Alike, (x, y) => torch.stack(new[] { x, y }, -2)),
        Two(Want1.Alike, (x, y) => torch.hstack(x, y)), Two(Want1.Alike, (x, y) => torch.vstack(new[] { x, y })),
        Two(Want1.Alike, (x, y) => torch.stack(new[] { x, y }, 0).sum(dim: 0)),
        Drawn(Want1.Float, d => { int a = d.Axis(); return Written.Of((x, y) => torch.cat(new[] { x, y }, a)); }),
        Drawn(Want1.Alike, d => { int a = d.Axis(); return Written.Of((x, y) => torch.cat(new[] { x, y, x }, a)); }),
        Drawn(Want1.Alike, d => { int a = d.Place(); return Written.Of((x, y) => torch.stack(new[] { x, y }, a)); }),
        Drawn(Want1.Alike, d => { int a = d.Place(); return Written.Of((x, y) => torch.stack(new[] { x, -y, x }, a).mean(new long[] { a })); }),
        Drawn(d => { int a = d.Axis(), n = d.Pick(1, 2, 3); return Written.Of(x => x.split(n, a)[0]); }),
        Drawn(d => { int a = d.Axis(), n = d.Pick(1, 2, 3); return Written.Of(x => torch.chunk(x, n, a)[^1]); }),
        Drawn(d => { long[] n = Parts(d); return Written.Of(x => x.split(n, -1)[0]); }),
        Drawn(d => { long[] n = Parts(d); return Written.Of(x => x.split(n, -1)[1]); }),
        Drawn(d => { long[] n = Parts(d); return Written.Of(x => torch.cat(x.split(n, -1).Reverse().ToList(), -1)); }),
        Drawn(d => { int a = d.Axis(), n = d.Pick(2, 3); return Written.Of(x => x.chunk(n, a)[0]); }),
        Drawn(d => { int a = d.Axis(), n = d.Pick(2, 3); return Written.Of(x => x.tensor_split((long)n, a)[1]); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.unbind(a)[0]); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => torch.stack(x.unbind(a), a)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => torch.stack(x.unbind(a).Select(r => r * 2.0).ToArray(), 0)); }),
    ];

    private static long[] Parts(Operands d)
    {
        long n = d.X.dim() == 0 ? 1 : d.X.size(-1), first = d.Below(n);
        return [first, n - first];
    }
}
