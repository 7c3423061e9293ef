using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static E3Gen.Flow.Tests.RandomPrograms.Operations.Table;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Operations;

/// <summary>What people write to stay equivariant, in one expression, and what looks like it.</summary>
internal static class Idioms
{
    public static readonly IReadOnlyList<Operation> All =
    [
        One(x => x / (x.norm(-1, true) + 1.0)), One(x => x * x.norm(-1, true)), One(x => x * torch.exp(-x.square().sum(-1, keepdim: true))),
        One(x => x / torch.sqrt(x.pow(2).sum(-1, keepdim: true) + 1e-3)), One(x => x * x.norm().item<double>()), One(x => x * x.sum().item<double>()),
        One(x => x / (1.0 + x.norm())), One(x => x - x.mean(new long[] { 0 }, keepdim: true)), One(x => x * torch.sigmoid(x.norm(dim: -1, keepdim: true))),
        One(x => x.unsqueeze(0) - x.unsqueeze(1)), One(x => (x.unsqueeze(0) - x.unsqueeze(1)).norm(-1)),
        One(x => ((x.unsqueeze(0) - x.unsqueeze(1)).square().sum(-1) + 1e-3).sqrt()), One(x => x.norm(-1)), One(x => x.norm(-1, true)),
        One(x => x.square().sum(-1, keepdim: true)), One(x => x.pow(2).sum(-1)), One(x => x.unflatten(x.dim() - 1, -1, 3).norm(-1)),
        One(x => x.reshape(x.size(0), -1, 3).square().sum(-1)), One(x => x.view(-1, 3).norm(-1, true)),
        One(x => (x.unflatten(x.dim() - 1, -1, 3) * x.unflatten(x.dim() - 1, -1, 3).norm(-1, true)).flatten(-2)),
        One(x => x * (x.norm(-1, true) > 0.5).to(x.dtype)), One(x => torch.where(x.norm(-1, true) > 1.0, x, 0.5 * x)),
        One(x => x * (1.0 - x.norm(-1, true).clamp(0.0, 1.0)).square()), One(x => x[x.norm(-1) > 0.1].sum(dim: 0)),
        One(x => x.index_select(0, x.norm(-1).argsort(-1))), One(x => x[x.norm(-1).argmax(0)]), One(x => x.norm(-1).sort(0).Values), One(x => x * x.shape[0]),
        One(x => x / Math.Sqrt(x.size(-1))), One(x => x - x.sum(dim: 0, keepdim: true) / x.shape[0]), One(x => x * (x.sum().item<double>() > 0 ? 1.0 : -1.0)),
        One(x => x * x.shape.Length), One(x => torch.zeros_like(x) + x), One(x => torch.zeros(x.shape, dtype: x.dtype) - x),
        One(x => x + torch.zeros(x.size(-1), dtype: x.dtype)), One(x => x * torch.ones_like(x)), One(x => x * torch.ones(x.size(0), 1, dtype: x.dtype)),
        One(x => x + torch.ones_like(x)), One(x => x * torch.arange(x.size(0)).to(x.dtype).unsqueeze(-1)), One(x => x * torch.arange(x.size(-1)).to(x.dtype)),
        One(x => x.Matmul(torch.eye(x.size(-1), dtype: x.dtype))), One(x => x.sum(-1, keepdim: true) * x), One(x => x * x.mean()),
        One(x => torch.cat(new[] { x, x.norm(-1, true) }, -1)), One(x => torch.cat(new[] { x * 2.0, x }, -1)), One(x => x * x.norm(-1, true).tanh() + x),
        One(x => x * (x.dim() > 1 ? 2.0 : 0.5)), One(x => torch.exp(-(x.unsqueeze(0) - x.unsqueeze(1)).square().sum(-1)).Matmul(x)),
        Two(Want1.Alike, (x, y) => (x * y).sum(-1, keepdim: true)), Two(Want1.Alike, (x, y) => x * (x * y).sum(-1, keepdim: true)),
        Two(Want1.Alike, (x, y) => x - (x * y).sum(-1, keepdim: true) * y), Two(Want1.Alike, (x, y) => x * y.norm(-1, true)),
        Two(Want1.Alike, (x, y) => (x - y).norm(-1, true)), Two(Want1.Alike, (x, y) => torch.where(x.norm(-1, true) > y.norm(-1, true), x, y)),
        Two(Want1.Alike, (x, y) => torch.linalg.cross(x, y)), Two(Want1.Triple, (x, y) => torch.linalg.cross(x, y) * x.norm(-1, true)),
        Two(Want1.Alike, (x, y) => torch.linalg.cross(torch.linalg.cross(x, y), y)), Two(Want1.Alike, (x, y) => x.unsqueeze(-1) * y.unsqueeze(-2)),
        Two(Want1.Invariant, (x, y) => x * torch.sigmoid(y).unsqueeze(-1)), Two(Want1.Invariant, (x, y) => x * y.sum()),
        Two(Want1.Invariant, (x, y) => torch.nn.functional.softmax(y, -1).Matmul(x)), Two(Want1.Invariant, (x, y) => y.Matmul(x)),
        Two(Want1.Invariant, (x, y) => x * y.item<double>()), Two(Want1.Invariant, (x, y) => x.mul(y.unsqueeze(-1)).sum(dim: -2)),
        Two(Want1.Index, (x, y) => x.index_select(0, y) - x.mean(new long[] { 0 })), Two(Want1.Index, (x, y) => (x.index_select(0, y) - x[0]).norm(-1)),
        Two(Want1.Invariant, (x, y) => x + x * y), Two(Want1.Scalar, (x, y) => x * y.tanh()), Two(Want1.Scalar, (x, y) => x * (y > 0.0).to(x.dtype)),
        Two(Want1.Alike, (x, y) => torch.stack(new[] { x, y }, -1).mean(new long[] { -1 })), One(x => Gradient(x, y => y.square().sum())),
        One(x => Gradient(x, y => y.norm(-1).sum())), One(x => Gradient(x, y => y.sum())),
        One(x => Gradient(x, y => (y.unsqueeze(0) - y.unsqueeze(1)).square().sum(-1).neg().exp().sum())),
        Two(Want1.Alike, (x, y) => Gradient(x, z => (z * y).sum())),
        Two(Want1.Alike, (x, y) => Gradient(x, z => (z - y).square().sum(-1).exp().neg().log1p().sum())),
        Two(Want1.Alike, (x, y) => Gradient(x, z => (z * y).sum(-1).tanh().sum())),
    ];

    /// <summary>A member that programs have, too.</summary>
    public static Tensor Gradient(Tensor x, Func<Tensor, Tensor> f)
    {
        Tensor leaf = x.detach().clone().requires_grad_(true);
        return Checked.Grad(new[] { f(leaf) }, new[] { leaf })[0];
    }

    /// <summary>Text of that member.</summary>
    public const string Members = """
        internal static Tensor Gradient(Tensor x, Func<Tensor, Tensor> f)
        {
            Tensor leaf = x.detach().clone().requires_grad_(true);
            return torch.autograd.grad(new[] { f(leaf) }, new[] { leaf })[0];
        }
        """;
}
