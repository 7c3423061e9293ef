using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static E3Gen.Flow.Tests.RandomPrograms.Operations.Table;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Operations;

/// <summary>Sorting and places of extremes.</summary>
internal static class Orders
{
    public static readonly IReadOnlyList<Operation> All =
    [
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.sort(a).Values); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.sort(a).Indices); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.argsort(a)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.argmax(a)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.max(a).indexes); }),
        Drawn(d => { int a = d.Axis(), n = d.Pick(1, 2); return Written.Of(x => x.topk(n, a).values); }),
        Drawn(d => { int a = d.Axis(), n = d.Pick(1, 2); return Written.Of(x => x.topk(n, a).indexes); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.Cummax(a).values); }),
        Drawn(d => { int a = d.Axis(), n = d.Pick(1, 2); return Written.Of(x => x.kthvalue(n, a).values); }),
        Drawn(d => { double c = d.Pick(0.25, 0.5); return Written.Of(x => x.flatten().quantile(torch.tensor(c))); }),
        One(x => x.argmax().to(ScalarType.Float64)), One(x => x.nonzero()), One(x => x.unique().Item1), One(x => x.count_nonzero()), One(x => x.msort()),
        One(x => x.softmax(-1).topk(1, -1).values), One(x => x.norm(-1).topk(1, 0).indexes),
        One(x => torch.searchsorted(torch.tensor(new[] { -1.0, 0.0, 1.0 }), x.contiguous())),
        One(x => torch.bucketize(x, torch.tensor(new[] { 0.0, 0.5, 1.0 }))),
    ];
}
