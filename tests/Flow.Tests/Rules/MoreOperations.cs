using E3Gen.Flow.Tests.RandomPrograms.Language;
using E3Gen.Flow.Tests.RandomPrograms.Operations;
using TorchSharp;
using static E3Gen.Flow.Tests.RandomPrograms.Operations.Table;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules;

/// <summary>Operations whose rules random programs do not reach, and other forms of those that they do.</summary>
internal static class MoreOperations
{
    public static readonly Operation Clone = One(x => x.clone());

    /// <summary>Views of what is written to.</summary>
    public static readonly IReadOnlyList<Operation> Views =
    [
        Drawn(d => { int a = d.Axis(), n = d.Below(d.X.size(a)); return Written.Of(x => x.select(a, n)); }),
        Drawn(d => { int a = d.Axis(), n = d.Below(d.X.size(a)); return Written.Of(x => x.narrow(a, n, 1)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.transpose(a, -1)); }), One(x => x.detach()), One(x => x[0]), One(x => x.unsqueeze(-1)),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.unbind(a)[0]); }), One(x => x.view(x.shape)), One(x => x.alias()), One(x => x.to(ScalarType.Float64)),
    ];

    /// <summary>What makes neighbours equal, and gates as wide as what they multiply.</summary>
    public static readonly IReadOnlyList<Operation> Repeats =
    [
        Drawn(d => { int a = d.Place(), n = d.Pick(2, 3, 3); long[] s = Inserted(d, a, n); return Written.Of(x => x.unsqueeze(a).expand(s)); }),
        Drawn(d => { int a = d.Axis(), n = d.Pick(2, 3, 3); return Written.Of(x => x.repeat_interleave(n, a)); }),
        Drawn(d => { long[] s = [.. d.X.shape.Select(e => e == 1 ? d.Pick<long>(1, 2, 3) : d.Pick(-1, e))]; return Written.Of(x => x.expand(s)); }),
        Drawn(Fits, d => { int n = d.Pick(2, 3, 3); return Written.Of((x, y) => x * y.repeat_interleave(n, -1)); }),
        Drawn(Want1.Any, d => { int n = d.Pick(3, 3, 2); long[] s = [.. d.Y.shape, n]; return Written.Of((x, y) => x * y.unsqueeze(-1).expand(s)); }),
        Drawn(Want1.Any, d => { int n = d.Pick(3, 3, 2); long[] s = [.. d.Y.shape, n]; return Written.Of((x, y) => x * y.unsqueeze(-1).expand(s).clone()); }),
        Drawn(d => { long[] s = [.. d.X.shape.Select(e => e == 1 ? d.Pick<long>(1, 2, 3) : 1)]; return Written.Of(x => x.repeat(s)); }),
    ];

    /// <summary>What other operations are to be tried on.</summary>
    public static readonly IReadOnlyList<Operation> Before =
    [
        One(Want1.Invariant, x => x.to(ScalarType.Int64)), One(Want1.Invariant, x => (x * 4.0).to(ScalarType.Int64)), One(Want1.Invariant, x => x > 0.2), One(Want1.Mask, x => x.to(ScalarType.Int64)),
        One(x => torch.zeros_like(x)), One(x => x.new_zeros(x.shape)), One(x => x * 0.0), Drawn(d => { long[] s = d.X.shape; return Written.Of(x => torch.zeros(s, dtype: ScalarType.Float64)); }),
        Drawn(d => { long[] s = [d.X.dim() > 0 ? d.X.size(-1) : 1]; return Written.Of(x => torch.zeros(s, dtype: ScalarType.Float64)); }), One(x => torch.zeros(3, dtype: ScalarType.Int64)),
        One(Want1.Index, x => x.to(ScalarType.Int32)), One(x => x.norm(-1)), One(x => x.norm(-1, true)), One(x => x.select(-1, 0)), One(x => x.narrow(-1, 0, 1)),
        One(x => x.unsqueeze(-1)), One(x => x.unsqueeze(-2)), One(x => x.unsqueeze(0)), One(x => x.transpose(-1, -2)), One(x => x.clone()),
    ];

    public static readonly IReadOnlyList<Operation> Writes =
    [
        Two(Fits, (x, y) => x.copy_(y)), Two(Fits, (x, y) => x[TensorIndex.Ellipsis, 0] = y), Two(Fits, (x, y) => x[TensorIndex.Ellipsis, 0] = y[TensorIndex.Ellipsis, 0]),
        Two(Fits, (x, y) => x[0] = y), Two(Fits, (x, y) => x[TensorIndex.Ellipsis] = y), Two(Fits, (x, y) => x[TensorIndex.Ellipsis, TensorIndex.Slice(0, 3)] = y),
        Two(Want1.Any, (x, y) => x[TensorIndex.Ellipsis, TensorIndex.Slice(1)] = y), One(x => x.select(-1, 0).add_(1.0)), One(x => x.select(0, 0).mul_(2.0)), One(x => x.cos_()), One(x => x.reciprocal_()),
        Two(Fits, (x, y) => x.select(-1, 0).copy_(y)), Two(Fits, (x, y) => x.narrow(-1, 0, 1).copy_(y)), Two(Fits, (x, y) => x.sub_(y)), Two(Fits, (x, y) => x.add_(y, 0.5)),
        One(x => x.zero_()), One(x => x.unsqueeze_(-1)), One(x => x.squeeze_(-1)), One(x => x.remainder_(0.7)), One(x => x.triu_(0)), One(x => x.pow_(3.0)),
        Drawn(d => { int a = d.Axis(), b = d.Axis(); return Written.Of(x => x.transpose_(a, b)); }), Two(Fits, (x, y) => x.gt_(y)), One(x => x.clamp_min_(0.1)),
        Two(Want1.Index, (x, y) => x[y] = torch.tensor(0.0, dtype: ScalarType.Float64)), Two(Want1.Index, (x, y) => x.scatter_(0, y.unsqueeze(-1).expand(-1, x.size(-1)), x.index_select(0, y))),
        Two(Want1.Index, (x, y) => x.index_add_(-1, y, x.index_select(-1, y), 1.0)), Three(Want1.Any, Want1.Any, (x, y, z) => x.addcdiv_(y, z, 1.0)), Two(Want1.Any, (x, y) => x.div_(y)),
    ];

    private static readonly string[] Equations =
    [
        "ij->ji", "ij->i", "ij->", "ii->i", "ii->", "ij->ij", "ijk->kij", "i->i",
    ];

    private static readonly string[] Pairs =
    [
        "ij,ij->i", "ij,ij->j", "ij,ij->ij", "ij,jk->ik", "ij,kj->ik", "ij,ik->jk", "i,i->", "i,j->ij", "i,j->ji", "ij,i->ij", "ij,j->i", "ij,ij->", "ijk,ijk->ij", "ijk,ij->k", "ijk,k->ij", "ij,k->ijk", "ij,ik->ijk", "ij,jk->ki",
        "i,ij->j", "j,ij->ij", "ij,ik->jki",
    ];

    private static readonly IReadOnlyList<Operation> Others =
    [
        One(x => torch.deg2rad(x)), One(x => x.rad2deg()), One(x => x.tanh().asin()), One(x => (x * 0.1).atanh()), One(x => (x * 0.1).erfinv()), One(x => x.fix()), One(x => torch.special.i1(x)),
        One(x => torch.nn.functional.hardshrink(x, 0.5)), One(x => torch.nn.functional.softshrink(x, 0.5)), One(x => x.round(1)), One(x => x.absolute()), One(x => x.i0()), One(x => x.isnan()), One(x => x.isfinite()),
        One(x => x.logical_not()), One(x => torch.isinf(x)), One(x => torch.special.i0e(x)), One(x => x.tanh().acos()), One(x => x.isposinf()), One(x => x.signbit()), One(x => x.angle()), One(x => x.square().digamma()),
        One(x => x.erfc()), One(x => x.nan_to_num(0.5)), One(x => torch.special.expit(x)), One(x => torch.special.ndtr(x)), One(x => x.square().lgamma()), One(x => x.softplus(1.0, 20.0)),
        One(x => x.pow(-1)), One(x => x.pow(0)), One(x => x.pow(1)), One(x => x.pow(0.5)), One(x => x.pow(3)), One(x => x.pow(-2)), One(x => x.square()), Two(Fits, (x, y) => x.pow(y)), Two(Fits, (x, y) => x.float_power(y)),
        One(x => x.clamp(-0.5, 0.5)), One(x => x.clip(-0.5, 0.7)), One(x => torch.clamp_min(x, 0.0)), Three(Fits, Fits, (x, y, z) => x.clamp(y, z)), One(x => x % 0.7), Two(Fits, (x, y) => x % y), Two(Fits, (x, y) => x.remainder(y)),
        Two(Fits, (x, y) => x.fmod(y)), One(x => x.fmod(0.5)),
        Two(Fits, (x, y) => x + y), Two(Fits, (x, y) => x - y), Two(Fits, (x, y) => x * y), Two(Fits, (x, y) => x / y), Two(Fits, (x, y) => x.sub(y)), Two(Fits, (x, y) => x.add(y, -1.0)),
        Two(Fits, (x, y) => x.div(y, RoundingMode.floor)), Two(Fits, (x, y) => x.div(y)), Two(Fits, (x, y) => torch.div(x, y, RoundingMode.trunc)), Two(Fits, (x, y) => x.floor_divide(y)), Two(Fits, (x, y) => x.true_divide(y)),
        Two(Fits, (x, y) => x.eq(y)), Two(Fits, (x, y) => x != y), Two(Fits, (x, y) => x.logical_or(y)), Two(Fits, (x, y) => torch.fmax(x, y)), Two(Fits, (x, y) => x.heaviside(y)), Two(Fits, (x, y) => torch.isclose(x, y)),
        Two(Fits, (x, y) => torch.logaddexp(x, y)), Two(Fits, (x, y) => x.bitwise_and(y)), Two(Fits, (x, y) => x & y),
        Three(Fits, Fits, (x, y, z) => x.addcmul(y, z, 0.5)), Three(Fits, Fits, (x, y, z) => x.addcdiv(y, z, 0.5)), Three(Fits, Fits, (x, y, z) => torch.lerp(x, y, z)),
        Three(Fits, Want1.Mask, (x, y, z) => torch.where(z, x, y)), Three(Fits, Want1.Mask, (x, y, z) => x.where(z, y)), Two(Want1.Mask, (x, y) => x.masked_fill(y, 0.0)),
        Two(Want1.Mask, (x, y) => torch.where(y.unsqueeze(-1), x, 0.0 * x)), Two(Want1.Any, (x, y) => torch.where(y.to(ScalarType.Bool), x, -x)),
        One(x => x.sum(0, 1)), One(x => x.sum(-1, -2, true)), One(x => torch.sum(x, -1, true)), One(x => x.mean(new long[] { -1 })), One(x => x.mean(new long[] { 0 }, true)), One(x => x.mean()), One(x => x.sum(type: ScalarType.Float64)),
        Drawn(d => { long[] a = Axes(d); bool k = d.Flag(); return Written.Of(x => x.sum(a, k)); }), Drawn(d => { long[] a = Axes(d); bool k = d.Flag(); return Written.Of(x => x.mean(a, k)); }),
        Drawn(d => { long[] a = Axes(d); bool k = d.Flag(); return Written.Of(x => torch.linalg.norm(x, a, k)); }), Drawn(d => { long[] a = Axes(d); bool k = d.Flag(); double p = d.Pick(1.0, 2.0, 2.0, 3.0); return Written.Of(x => torch.linalg.vector_norm(x, p, a, k)); }),
        Drawn(d => { bool k = d.Flag(); int p = d.Pick(1, 2); return Written.Of(x => torch.linalg.norm(x, p, null, k)); }), Drawn(d => { bool k = d.Flag(); return Written.Of(x => torch.linalg.vector_norm(x, 2.0, null, k)); }), One(x => x.norm(1.0f)), One(x => torch.norm(x, 2.0f)),
        Drawn(d => { int a = d.Axis(); bool k = d.Flag(); return Written.Of(x => torch.norm(x, a, k, 2.0f)); }), Drawn(d => { int a = d.Axis(); double p = d.Pick(1.0, 2.0); return Written.Of(x => torch.nn.functional.normalize(x, p, a, 1e-9)); }),
        Drawn(d => { int a = d.Axis(); bool k = d.Flag(), u = d.Flag(); return Written.Of(x => x.var(a, u, k)); }), Drawn(d => { int a = d.Axis(); return Written.Of(x => torch.cumsum(x, a)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => torch.diff(x, 1, a)); }), Drawn(d => { int a = d.Axis(); return Written.Of(x => torch.nn.functional.log_softmax(x, a)); }), One(x => x.count_nonzero()), Drawn(d => { int a = d.Axis(); return Written.Of(x => x.argmin(a, true)); }),
        One(x => x.view(-1)), Drawn(d => { long[] s = [-1, d.X.dim() > 0 ? d.X.size(-1) : 1]; return Written.Of(x => torch.reshape(x, s)); }), Drawn(d => { long[] s = [1, .. d.X.shape]; return Written.Of(x => x.reshape(s)); }), Drawn(d => { long[] s = [.. d.X.shape, 1]; return Written.Of(x => x.reshape(s)); }),
        Drawn(d => { long n = d.Pick(1, 2, 3); int a = d.Axis(); return Written.Of(x => x.unflatten(a, n, -1)); }), Drawn(d => { long n = d.Pick(1, 2, 3); int a = d.Axis(); return Written.Of(x => torch.unflatten(x, a, -1, n)); }),
        Drawn(d => { int a = d.Axis(), b = d.Axis(); return Written.Of(x => torch.moveaxis(x, a, b)); }), Drawn(d => { long[] a = [d.Axis(), d.Axis()], b = [d.Axis(), d.Axis()]; return Written.Of(x => torch.movedim(x, a, b)); }), One(x => torch.moveaxis(x, (0, 1), (1, 0))),
        One(x => x.adjoint()), One(x => x.swapdims(0, -1)), One(x => torch.transpose(x, 0, 1)), One(x => x.tile(new long[] { 2 })), One(x => torch.squeeze(x, 0)), One(x => x.squeeze(-1)), One(x => x.unsqueeze(0).squeeze(0)), One(x => x.unsqueeze(-1).squeeze(-1)),
        One(x => x.fliplr()), One(x => x.flipud()), One(x => x.roll(1)), Drawn(d => { long[] a = [d.Axis()], n = [d.Pick(1, 2)]; return Written.Of(x => x.roll(n, a)); }), One(x => x.rot90()), One(x => x.trace()), One(x => x.diagonal()), One(x => x.tril()),
        Drawn(d => { int a = d.Axis(); long b = d.Pick(-2, -1, 0, 1); long n = d.Pick(1, 2); return Written.Of(x => x.narrow(a, b, n)); }), Drawn(d => { int a = d.Axis(); long b = d.Pick(-9, -2, 0, 1), e = d.Pick(-1, 2, 3, 9); return Written.Of(x => x.slice(a, b, e, 1)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.slice(a, 0, 3, 2)); }), Drawn(d => { int a = d.Axis(), n = d.Pick(-1, 0, 1); return Written.Of(x => torch.select(x, a, n)); }), One(x => x[..^1]), One(x => x[TensorIndex.Ellipsis, ^1]), One(x => x[^2]), One(x => x[TensorIndex.Ellipsis, ..^1]),
        One(x => x[TensorIndex.Ellipsis, TensorIndex.Slice(-2)]), One(x => x[TensorIndex.Slice(-9, 2)]), One(x => x[TensorIndex.Slice(1, 9)]), One(x => x[TensorIndex.None, TensorIndex.Ellipsis, TensorIndex.None]), One(x => x[0, TensorIndex.Ellipsis, 0]), One(x => x[TensorIndex.Null, 0]),
        Two(Want1.Index, (x, y) => x[y, TensorIndex.Ellipsis]), Two(Want1.Index, (x, y) => x[TensorIndex.Colon, y]), Two(Want1.Index, (x, y) => x[y, y]), Two(Want1.Index, (x, y) => x[y.unsqueeze(0)]), Two(Want1.Index, (x, y) => x[TensorIndex.None, y]), Two(Want1.Index, (x, y) => x[0, y]),
        Two(Want1.Mask, (x, y) => x[y]), Two(Want1.Mask, (x, y) => x[TensorIndex.Colon, y]), Two(Want1.Any, (x, y) => x[y > 0.0]), Two(Want1.Any, (x, y) => x[y]), Two(Want1.Any, (x, y) => x[y.isfinite()]), Two(Want1.Any, (x, y) => x[y.logical_not()]),
        Two(Want1.Index, (x, y) => x.take_along_dim(y)), Two(Want1.Any, (x, y) => x.take_along_dim(y.to(ScalarType.Int64) * 0, 0)), Two(Want1.Any, (x, y) => x.take_along_dim(y.to(ScalarType.Int64) * 0, -1)), Two(Want1.Any, (x, y) => x.gather(0, y.to(ScalarType.Int64) * 0)),
        Drawn(Want1.Index, d => { int a = d.Axis(); return Written.Of((x, y) => torch.index_select(x, a, y)); }), Two(Want1.Index, (x, y) => x.index_select(0, y[0])),
        Three(Want1.Index, Want1.Any, (x, y, z) => x.index_add(0, y, z, 1.0)), Three(Want1.Index, Want1.Any, (x, y, z) => x.index_copy(0, y, z)), Three(Want1.Index, Want1.Any, (x, y, z) => x.scatter(0, y.unsqueeze(-1).expand_as(z), z)), Three(Want1.Index, Want1.Any, (x, y, z) => x.scatter_add(0, y.unsqueeze(-1).expand_as(z), z)),
        Drawn(Want1.Index, d => { int a = d.Axis(), n = d.Pick(2, 3); return Written.Of((x, y) => x.unsqueeze(a).repeat_interleave(n, a).index_add(a, y, x.unsqueeze(a).expand_as(x.unsqueeze(a).repeat_interleave(2, a)), 1.0)); }),
        Drawn(Want1.Any, d => { int a = d.Axis(); return Written.Of((x, y) => torch.cat(new[] { x, y }, a)); }), Drawn(Want1.Any, d => { int a = d.Place(); return Written.Of((x, y) => torch.stack(new[] { x, y }, a)); }), Two(Want1.Any, (x, y) => torch.column_stack(x, y)), Two(Want1.Any, (x, y) => torch.dstack(x, y)), Two(Want1.Any, (x, y) => torch.hstack(x, y)), Two(Want1.Any, (x, y) => torch.vstack(new[] { x, y })),
        Two(Want1.Any, (x, y) => torch.cat(new[] { torch.zeros_like(x), y }, -1)), Two(Want1.Any, (x, y) => torch.stack(new[] { torch.zeros_like(x), y }, -1)),
        One(x => torch.stack(new[] { x.select(-1, 0), x.select(-1, 1), x.select(-1, 2) }, -1)), One(x => torch.stack(new[] { x[TensorIndex.Ellipsis, 1], -x[TensorIndex.Ellipsis, 0], x[TensorIndex.Ellipsis, 2] * 0.0 }, -1)), One(x => torch.stack(x.unbind(-1), 0)), One(x => torch.cat(x.split(1, -1), -1)), One(x => torch.cat(x.chunk(3, -1), -1)),
        Two(Want1.Alike, (x, y) => torch.stack(new[] { x.select(-1, 1) * y.select(-1, 2) - x.select(-1, 2) * y.select(-1, 1), x.select(-1, 2) * y.select(-1, 0) - x.select(-1, 0) * y.select(-1, 2), x.select(-1, 0) * y.select(-1, 1) - x.select(-1, 1) * y.select(-1, 0) }, -1)),
        Two(Want1.Alike, (x, y) => x.select(-1, 0) * y.select(-1, 0) + x.select(-1, 1) * y.select(-1, 1) + x.select(-1, 2) * y.select(-1, 2)), Two(Want1.Alike, (x, y) => x.narrow(-1, 0, 2) * y.narrow(-1, 1, 2)), Two(Want1.Alike, (x, y) => x.select(-1, 0) * y.select(-1, 1)), Two(Want1.Any, (x, y) => x.select(-1, 0) * y), Two(Want1.Any, (x, y) => x.select(-1, 0) - y.select(-1, 0)),
        One(x => x[0, TensorIndex.Ellipsis, 0] - x[1, TensorIndex.Ellipsis, 0]), One(x => x[0, TensorIndex.Ellipsis, 0] * x[1, TensorIndex.Ellipsis, 1] - x[0, TensorIndex.Ellipsis, 1] * x[1, TensorIndex.Ellipsis, 0]),
        One(x => x[TensorIndex.Slice(0, 1), TensorIndex.Ellipsis, 0] - x[TensorIndex.Slice(1, 2), TensorIndex.Ellipsis, 0]), One(x => (x[0] - x[1])[TensorIndex.Ellipsis, 0]),
        Two(Want1.Alike, (x, y) => torch.lerp(x, y, torch.tensor(new[] { 0.3, 0.9, 0.1 })) - torch.lerp(y, x, torch.tensor(new[] { 0.3, 0.9, 0.1 }))),
        One(x => x.select(-1, 0) * x.select(-1, 1)), One(x => x * x), One(x => x * x.transpose(-1, -2)), One(x => (x * x).sum(-1)), One(x => x * x.flip(0)), One(x => (x * x.flip(-1)).sum(-1)), One(x => x * x.roll(1, 0)), One(x => x.unsqueeze(-1) * x.unsqueeze(-2)), One(x => x.unsqueeze(0) * x.unsqueeze(1)), One(x => (x.unsqueeze(0) * x.unsqueeze(1)).sum(-1)),
        Two(Want1.Any, (x, y) => (x.unsqueeze(-2) * y).sum(-1)), Two(Want1.Any, (x, y) => (x.unsqueeze(-1) * y).sum(-2)), Two(Want1.Any, (x, y) => x.unsqueeze(-1) * y), Two(Want1.Any, (x, y) => x.unsqueeze(1) * y),
        One(x => x.hsplit(1)[0]), One(x => x.tensor_split(2, 0)[0]), Drawn(d => { int a = d.Axis(), n = d.Pick(2, 3); return Written.Of(x => x.tensor_split(n, a)[^1]); }), Drawn(d => { int a = d.Axis(), n = d.Pick(2, 3); return Written.Of(x => x.chunk(n, a)[^1]); }), Drawn(d => { int a = d.Axis(), n = d.Pick(1, 2, 3); return Written.Of(x => x.split(n, a)[^1]); }), Drawn(d => { int a = d.Axis(), n = d.Below(d.X.size(a)); return Written.Of(x => x.unbind(a)[n]); }),
        Two(Want1.Any, (x, y) => x.Matmul(y)), Two(Want1.Any, (x, y) => x.transpose(-1, -2).Matmul(y)), Two(Want1.Any, (x, y) => x.Matmul(y.transpose(-1, -2))), Two(Want1.Any, (x, y) => x.unsqueeze(-2).Matmul(y.unsqueeze(-1))), Two(Want1.Any, (x, y) => x.Matmul(y.unsqueeze(-1))), One(Want1.Mask, x => x.to(ScalarType.Int64).sum(0)),
        Two(Want1.Any, (x, y) => torch.outer(x.flatten(), y)), Two(Want1.Any, (x, y) => torch.outer(x, y)), Two(Want1.Any, (x, y) => torch.inner(x, y)), Drawn(Want1.Any, d => { int a = d.Axis(); return Written.Of((x, y) => torch.linalg.vecdot(x, y, a)); }), Drawn(Want1.Any, d => { int a = d.Axis(); return Written.Of((x, y) => torch.nn.functional.cosine_similarity(x, y, a)); }), Drawn(Want1.Any, d => { int a = d.Axis(); return Written.Of((x, y) => torch.linalg.cross(y, x, a)); }), Drawn(Want1.Any, d => { int a = d.Axis(); return Written.Of((x, y) => torch.linalg.cross(x, y, a)); }),
        Two(Want1.Any, (x, y) => torch.nn.functional.linear(x, y)), Three(Want1.Any, Want1.Any, (x, y, z) => torch.nn.functional.linear(x, y, z)), One(x => torch.nn.functional.scaled_dot_product_attention(x, x, x)), Two(Want1.Any, (x, y) => torch.nn.functional.scaled_dot_product_attention(x, x, y)), Three(Want1.Any, Want1.Any, (x, y, z) => torch.nn.functional.scaled_dot_product_attention(x, y, z)),
        Two(Want1.Any, (x, y) => torch.nn.functional.scaled_dot_product_attention(x.unsqueeze(0), x.unsqueeze(0), y.unsqueeze(0))), Drawn(d => { string a = d.Pick(Equations); return Written.Of(x => torch.einsum(a, x)); }), Drawn(Want1.Any, d => { string a = d.Pick(Pairs); return Written.Of((x, y) => torch.einsum(a, x, y)); }), Drawn(Want1.Any, d => { string a = d.Pick(Pairs); return Written.Of((x, y) => torch.einsum(a, x, y)); }),
        Drawn(Want1.Alike, d => { string a = d.Pick(Pairs); return Written.Of((x, y) => torch.einsum(a, x, y)); }), One(x => torch.eye(2, 3)), One(x => torch.arange(0, 5, 2)), One(x => torch.arange(0.0, 2.0, 0.5)), One(x => torch.linspace(0, 1, 4)), One(x => torch.logspace(0, 1, 4)), One(x => torch.ones(new long[] { 2, 3 })), One(x => torch.full(2, 3, 1.5)), One(x => torch.full(2, 3, 0)), One(x => torch.tensor(new long[] { 1, 2 })),
        One(x => torch.tensor(new[] { 1.0, 2.0, 3.0, 4.0 }, new long[] { 2, 2 })), One(x => torch.tensor(new[] { true, false })), One(x => torch.zeros_like(x, ScalarType.Int64)), One(x => torch.full_like(x, 0.0)), One(x => x.new_full(new long[] { 2, 3 }, 0.0)), One(x => torch.tensor(0)), One(x => torch.tensor(1.5f)), One(x => torch.zeros(2, 3)), One(x => x.new_zeros(new long[] { 3 }) + x), One(x => torch.tril_indices(3, 3, 0)),
        One(x => torch.nn.functional.dropout(x, 0.0, false)), One(x => x.to(ScalarType.Float32)), Two(Want1.Any, (x, y) => x.to(y)), Two(Want1.Any, (x, y) => x.type_as(y)), One(x => x.@float()), One(x => torch.DoubleTensor(x)), One(x => x.with_requires_grad(true)),
    ];

    /// <summary>What few arguments fit: with arguments that are drawn for it.</summary>
    public static readonly IReadOnlyList<Operation> Aimed =
    [
        Two(Want1.Triple, (x, y) => torch.linalg.cross(x, y)), Two(Want1.Alike, (x, y) => x.Matmul(y.transpose(-1, -2))), Two(Want1.Alike, (x, y) => torch.linalg.vecdot(x, y, -1)), Two(Want1.Alike, (x, y) => torch.einsum("ij,ij->i", x, y)),
        Two(Want1.Alike, (x, y) => torch.einsum("ij,kj->ik", x, y)), Two(Want1.Alike, (x, y) => torch.inner(x, y)), Two(Want1.Alike, (x, y) => torch.nn.functional.scaled_dot_product_attention(x, y, x)),
        Drawn(Want1.Invariant, d => { int n = d.Pick(2, 3, 6); return Written.Of((x, y) => x * y.repeat_interleave(n, -1)); }), Drawn(d => { int n = d.Pick(2, 3, 4); return Written.Of(x => x.repeat_interleave(n, -1)); }),
        Drawn(d => { int n = d.Pick(2, 4); return Written.Of(x => x.unsqueeze(1).repeat_interleave(2, 1).repeat_interleave(n, 1)); }), Two(Want1.Alike, (x, y) => x.gather(0, (y > 0.0).to(ScalarType.Int64))), Two(Want1.Alike, (x, y) => x.gather(0, (y * 0.0).to(ScalarType.Int64))),
        Two(Want1.Index, (x, y) => x.gather(0, y.unsqueeze(-1).expand(-1, x.size(-1)))), Two(Want1.Index, (x, y) => x.scatter_add(0, y.unsqueeze(-1).expand(-1, x.size(-1)), x.index_select(0, y))), Two(Want1.Alike, (x, y) => x.select(-1, 0).unsqueeze(-1).expand(-1, 3) * y),
        Two(Want1.Alike, (x, y) => x.select(-1, 0).unsqueeze(-1).expand(-1, 3) + y), One(x => torch.stack(new[] { x.select(-1, 0), x.select(-1, 1), x.select(-1, 2) }, -1)), One(x => x.unsqueeze(-2).expand(-1, 2, -1).flatten(-2)), Two(Want1.Alike, (x, y) => torch.stack(new[] { x, y }, -2).flatten(-2)),
        Two(Want1.Float, (x, y) => torch.cat(new[] { x, y }, -1)), One(x => torch.zeros_like(x) / torch.zeros_like(x)), One(x => x.narrow(-1, 0, 2).mean(new long[] { -1 })), Two(Want1.Alike, (x, y) => (x * y).narrow(-1, 0, 2).mean(new long[] { -1 })),
        Two(Want1.Alike, (x, y) => torch.maximum(x.norm(-1), y.norm(-1, true))), One(x => x[0, TensorIndex.Ellipsis, 0] - x[1, TensorIndex.Ellipsis, 0]), Two(Want1.Alike, (x, y) => torch.lerp(x, y, torch.tensor(new[] { 0.3, 0.9, 0.1 })) - torch.lerp(y, x, torch.tensor(new[] { 0.3, 0.9, 0.1 }))),
        One(x => torch.nn.functional.linear(x.transpose(-1, -2), torch.ones(2, x.size(0), dtype: x.dtype), torch.ones(2, dtype: x.dtype))), One(x => torch.nn.functional.linear(x.transpose(-1, -2), torch.ones(2, x.size(0), dtype: x.dtype))), One(x => x.unsqueeze(0).expand(2, -1, -1).cumsum(0)),
        One(x => x.unsqueeze(0).expand(2, -1, -1).cumsum(0).roll(1, 0)), One(x => torch.linalg.vector_norm(x, 2.0, new long[] { -1 }, true).repeat_interleave(3, -1).cumsum(-1) * x),
        Two(Want1.Invariant, (x, y) => torch.where(y > 0.0, x, -x)), Two(Want1.Invariant, (x, y) => x * y.narrow(-1, 0, 3).repeat_interleave(2, -1)), Two(Want1.Invariant, (x, y) => x * y.narrow(-1, 0, 2).repeat_interleave(3, -1)),
        Two(Want1.Invariant, (x, y) => x.gather(0, (y.narrow(-1, 0, 3) > 0.0).to(ScalarType.Int64))),
        .. Writes.Where((_, i) => i is 1 or 3 or 4 or 5 or 6 or 7 or 8 or 11 or 12), .. Writes.Where((_, i) => i is 1 or 7 or 11 or 12),
    ];

    public static readonly IReadOnlyList<Operation> All = [.. Writes, .. Before, .. Repeats, .. Others, Clone];

    /// <summary>Of a shape that broadcasts with that of the first, of whatever type.</summary>
    private static bool Fits(Value v, IReadOnlyList<Value> chosen) =>
        chosen.Count == 0 || v.Tensor.shape.Reverse().Zip(chosen[0].Tensor.shape.Reverse()).All(p => p.First == p.Second || p.First == 1 || p.Second == 1);

    private static long[] Inserted(Operands d, int place, int extent)
    {
        List<long> shape = [.. d.X.shape];
        shape.Insert(place < 0 ? shape.Count + place + 1 : place, extent);
        return [.. shape];
    }

    private static long[] Axes(Operands d) => d.X.dim() == 0 ? [] : [.. new long[] { d.Axis(), d.Axis() }.Select(a => (long)a).DistinctBy(a => a < 0 ? a + d.X.dim() : a).Take(d.Pick(1, 2))];
}
