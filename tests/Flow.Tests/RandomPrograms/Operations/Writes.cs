using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static E3Gen.Flow.Tests.RandomPrograms.Operations.Table;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Operations;

/// <summary>Writes into the first operand, itself or through a view of it.</summary>
internal static class Writes
{
    public static readonly IReadOnlyList<Operation> All =
    [
        One(x => x.neg_()), One(x => x.relu_()), One(x => x.tanh_()), One(x => x.abs_()), One(x => x.sigmoid_()), One(x => x.zero_()), One(x => x.exp_()),
        One(x => x.sin_()), One(x => x.round_()), One(x => torch.nn.functional.relu(x, true)), One(x => x.view(-1).mul_(2.0)), One(x => x.view(-1).add_(1.0)),
        One(x => x[0].zero_()), One(x => x[0].neg_()), One(x => x[0].add_(1.0)), One(x => x[0].mul_(0.5)), One(x => x.detach().mul_(2.0)),
        One(x => x.t().mul_(2.0)), One(x => x.unsqueeze(0).neg_()), One(x => x.select(-1, 0).zero_()), One(x => x[TensorIndex.Ellipsis, 0].mul_(2.0)),
        One(x => x.narrow(-1, 0, 1).mul_(2.0)), One(x => x.flatten().zero_()), One(x => x.reshape(-1).mul_(3.0)), One(x => x.clone().zero_()),
        One(x => x[0] = x[^1]), One(x => x[0] = x[0] * 2.0), One(x => x[TensorIndex.Ellipsis, 0] = x[TensorIndex.Ellipsis, 0] + 1.0),
        One(x => x[.., ..1] = x[.., ..1] * 0.0), One(x => x[x.norm(-1) > 1.0] = torch.tensor(0.0, dtype: x.dtype)),
        One(x => x[x > 0.0] = torch.tensor(0.0, dtype: x.dtype)), One(x => x.unbind(0)[0].mul_(2.0)), One(x => x.chunk(2, 0)[0].neg_()),
        One(x => x.masked_fill_(x > 1.0, 0.0)), One(x => x.fill_(0.0)), One(x => x.fill_(1.0)), One(x => x.clamp_(-1.0, 1.0)), One(x => x.diagonal().zero_()),
        One(x => x.transpose(0, -1).neg_()), One(x => x.requires_grad_(false)), One(x => x.contiguous().mul_(2.0)), One(x => x.view(x.shape).mul_(2.0)),
        One(x => x.alias().add_(0.5)), One(x => x.unsqueeze_(0)), One(x => x.squeeze_(0)), One(x => x.transpose_(0, -1)),
        Drawn(d => { double c = d.Number(); return Written.Of(x => x.mul_(c)); }),
        Drawn(d => { double c = d.Number(); return Written.Of(x => x.div_(c)); }),
        Drawn(d => { double c = d.Number(); return Written.Of(x => x.add_(c)); }),
        Drawn(d => { double c = d.Number(); return Written.Of(x => x.pow_(2)); }),
        Drawn(d => { int a = d.Axis(), n = d.Below(d.X.dim() == 0 ? 1 : d.X.size(a)); double c = d.Number(); return Written.Of(x => x.narrow(a, n, 1).mul_(c)); }),
        Drawn(d => { int a = d.Axis(), n = d.Below(d.X.dim() == 0 ? 1 : d.X.size(a)); return Written.Of(x => x.select(a, n).zero_()); }),
        Drawn(d => { int a = d.Axis(), n = d.Below(d.X.dim() == 0 ? 1 : d.X.size(a)); return Written.Of(x => x.select(a, n).fill_(1.0)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.copy_(x.flip(a))); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.div_(x.norm(a, true) + 1.0)); }),
        Drawn(d => { int a = d.Axis(); return Written.Of(x => x.sub_(x.mean(new long[] { a }, keepdim: true))); }),
        Two(Want1.Alike, (x, y) => x.add_(y)), Two(Want1.Alike, (x, y) => x.sub_(y)), Two(Want1.Alike, (x, y) => x.copy_(y)),
        Two(Want1.Broadcasts, (x, y) => x.mul_(y)), Two(Want1.Broadcasts, (x, y) => x.add_(y)), Two(Want1.Broadcasts, (x, y) => x.copy_(y)),
        Two(Want1.Alike, (x, y) => x[0] = y[0]), Two(Want1.Alike, (x, y) => x[0].copy_(y[^1])),
        Two(Want1.Alike, (x, y) => x[TensorIndex.Ellipsis, 0] = y[TensorIndex.Ellipsis, 0]), Two(Want1.Alike, (x, y) => x.view(-1).add_(y.flatten())),
        Two(Want1.Alike, (x, y) => x.narrow(0, 0, 1).add_(y.narrow(0, 0, 1))), Two(Want1.Alike, (x, y) => x.lerp_(y, 0.5)),
        Two(Want1.Scalar, (x, y) => x.mul_(y)), Two(Want1.Scalar, (x, y) => x.narrow(-1, 0, 1).copy_(y)), Two(Want1.Alike, (x, y) => x.addcmul_(y, y, 1.0)),
        Two(Want1.Alike, (x, y) => x.t().add_(y.t())), Two(Want1.Alike, (x, y) => x.unbind(0)[0].copy_(y[0])),
        Two(Want1.Alike, (x, y) => x.div_(y.square() + 1.0)), Two(Want1.Alike, (x, y) => x[..] = y),
        Two(Want1.Alike, (x, y) => x[TensorIndex.Ellipsis] = y * 2.0), Two(Want1.Index, (x, y) => x.index_add_(0, y, x.index_select(0, y), 1.0)),
        Two(Want1.Index, (x, y) => x.index_fill_(0, y, 0.0)), Two(Want1.Index, (x, y) => x.index_put_(x.index_select(0, y) * 2.0, y)),
        Two(Want1.Index, (x, y) => x.index_copy_(0, y, x.index_select(0, y))),
        Two(Want1.Index, (x, y) => x.scatter_add_(0, y.unsqueeze(-1).expand(-1, x.size(-1)), x.index_select(0, y))),
        Two(Want1.Index, (x, y) => x[y] = x[y] * 0.5), Two(Want1.BroadcastMask, (x, y) => x.masked_fill_(y, 0.0)),
        Two(Want1.BroadcastMask, (x, y) => x.masked_fill_(y, 2.0)), Two(Want1.RowMask, (x, y) => x[y] = torch.tensor(0.0, dtype: x.dtype)),
        Two(Want1.RowMask, (x, y) => x[y] = x[y] * 2.0), Two(Want1.Mask, (x, y) => x.mul_(y.unsqueeze(-1))),
        Three(Want1.Alike, Want1.BroadcastMask, (x, y, z) => x.copy_(torch.where(z, x, y))), Three(Want1.Alike, Want1.Scalar, (x, y, z) => x.add_(y * z)),
        Three(Want1.Alike, Want1.Scalar, (x, y, z) => x.addcmul_(y, z, 1.0)),
    ];
}
