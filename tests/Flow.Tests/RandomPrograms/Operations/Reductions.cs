using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static E3Gen.Flow.Tests.RandomPrograms.Operations.Table;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Operations;

/// <summary>Sums, means, norms and other functions along axes.</summary>
internal static class Reductions
{
    public static readonly IReadOnlyList<Operation> All =
    [
        One(x => x.sum()), One(x => x.mean()), One(x => x.norm()), One(x => x.max()), One(x => x.min()), One(x => x.prod()), One(x => x.var()),
        One(x => x.std()), One(x => x.flatten().logsumexp(0)),
        Drawn(d => { int a = d.Axis(); bool k = d.Flag(); return Written.Of(x => x.sum(a, keepdim: k)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.sum(dim: a)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => torch.sum(x, a)); }),
        Drawn(d => { long[] a = [d.Axis()]; bool k = d.Flag(); return Written.Of(x => x.mean(a, keepdim: k)); }),
        Drawn(d => { long[] a = [d.Axis(), d.Axis()]; return Written.Of(x => x.mean(a)); }),
        Drawn(d => { long[] a = [d.Axis(), d.Axis()]; return Written.Of(x => x.sum(a)); }),
        Drawn(d => { int a = d.Axis(); bool k = d.Flag(); return Written.Of(x => x.norm(a, k)); }),
        Drawn(d => { int a = d.Axis(); bool k = d.Flag(); return Written.Of(x => x.norm(dim: a, keepdim: k)); }),
        Drawn(d => { int a = d.Axis(); bool k = d.Flag(); double c = d.Pick(1.0, 2.0, 3.0); return Written.Of(x => x.norm(a, k, (float)c)); }),
        Drawn(d => { long[] a = [d.Axis()]; return Written.Of(x => torch.linalg.vector_norm(x, 2.0, a, true)); }),
        Drawn(d => { int a = d.Axis(); bool k = d.Flag(); return Written.Of(x => x.square().sum(a, keepdim: k)); }),
        Drawn(d => { int a = d.Axis(); bool k = d.Flag(); return Written.Of(x => x.pow(2).sum(a, keepdim: k).sqrt()); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => torch.nn.functional.normalize(x, dim: a)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.softmax(a)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => torch.nn.functional.softmax(x, a)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.log_softmax(a)); }),
        Drawn(d => { int a = d.Axis(); bool k = d.Flag(); return Written.Of(x => x.logsumexp(a, k)); }),
        Drawn(d => { int a = d.Axis(); bool k = d.Flag(); return Written.Of(x => x.max(a, k).values); }),
        Drawn(d => { long[] a = [d.Axis()]; bool k = d.Flag(); return Written.Of(x => x.amax(a, k)); }),
        Drawn(d => { int a = d.Axis(); bool k = d.Flag(); return Written.Of(x => x.min(a, k).values); }),
        Drawn(d => { int a = d.Axis(); bool k = d.Flag(); return Written.Of(x => x.prod(a, k)); }),
        Drawn(d => { int a = d.Axis(); bool k = d.Flag(); return Written.Of(x => x.var(a, keepdim: k)); }),
        Drawn(d => { int a = d.Axis(); bool k = d.Flag(); return Written.Of(x => x.std(a, keepdim: k)); }),
        Drawn(d => { int a = d.Axis(); bool k = d.Flag(); return Written.Of(x => (x > 0.0).any(a, k)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.gt(-1.0).all(a, false)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.cumsum(a)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.cumprod(a)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.diff(1, a)); }),
        Drawn(d => { long[] a = [d.Axis()]; return Written.Of(x => x - x.mean(a, keepdim: true)); }),
        Drawn(d => { long[] a = [d.Axis()]; return Written.Of(x => x - x.mean(a, keepdim: true)); }),
        Drawn(d => { long[] a = [d.X.dim() == 0 ? 0 : d.X.size(-1)]; return Written.Of(x => torch.nn.functional.layer_norm(x, a)); }),
    ];
}
