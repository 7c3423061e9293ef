using System;
using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Valid.Tensors;

/// <summary>Ordinary tensor code that is equivariant.</summary>
[EquivariantModule]
public sealed partial class Tensors : nn.Module<Tensor, Tensor>
{
    private const string Nodes = "32x0e + 16x1o";
    private const string Odd = "8x0o + 4x1e";

    private static readonly Scalar One = 1, Half = 0.5;

    private readonly Parameter _bias = new(torch.zeros(32));
    private readonly Parameter _alpha = new(torch.ones(1));
    private readonly Identity _same = nn.Identity();
    private readonly Dropout _dropout = nn.Dropout(0);
    private readonly Linear _dense = nn.Linear(32, 32);
    private readonly Sequential _mlp = nn.Sequential(("a", nn.Linear(32, 8)), ("b", nn.ReLU()), ("c", nn.Linear(8, 16)));
    private readonly nn.Module<Tensor, Tensor> _norm = nn.LayerNorm(32);

    [return: Irreps(Nodes)]
    public override Tensor forward([Irreps(Nodes)] Tensor x) => Slices(Sums(x)) + Scalars(x) + Shapes(x);

    [return: Irreps(Nodes)]
    private Tensor Slices([Irreps(Nodes)] Tensor x)
    {
        Tensor a = torch.cat([x.narrow(-1, 0, 32), x.narrow(-1, 32, 48)], dim: -1);
        Tensor b = torch.cat(new[] { x[.., 0..32], x[.., 32..] }, -1);
        Tensor c = torch.cat([x[TensorIndex.Ellipsis, TensorIndex.Slice(0, 32)], x[TensorIndex.Ellipsis, TensorIndex.Slice(32)]], -1);
        Tensor d = torch.cat([x[TensorIndex.Ellipsis, ..^48], x[TensorIndex.Colon, ^48..]], -1);
        Tensor e = torch.cat([x.slice(-1, 0, 32, 1), x.slice(1, 32, 80, 1)], 1);
        Tensor f = torch.cat(x.split([32, 48], dim: 1), 1);
        Tensor[] g = x.narrow(1, 32, 48).chunk(4, -1);
        Tensor h = torch.hstack(x.narrow(-1, 0, 32), g[0], g[1], g[2], g[3]);
        Tensor i = x[0..2] + x[TensorIndex.Colon] + x[0, TensorIndex.Ellipsis] + x[.., ..];
        Tensor same = _same.call(torch.cat([x[.., ..32], _same.call(x[.., 32..])], -1));
        Tensor single = x[.., 38..41];
        Tensor number = x[.., 5];
        Tensor rows = x[torch.arange(3)] + x[x.sum(-1).gt(0).logical_or(number > 0)].AssumeIrreps(Nodes);
        return a + b + c + d + e + f + h + i + same + rows * single.norm(-1, keepdim: true);
    }

    [return: Irreps(Nodes)]
    private Tensor Sums([Irreps(Nodes)] Tensor x)
    {
        Tensor index = torch.zeros(3, dtype: ScalarType.Int64);
        Tensor a = x.index_select(0, index).sum(dim: 0) + x.mean([0], keepdim: true) + x.sum(dim: 0, keepdim: true) + x.cumsum(0) + x.flip(0);
        Tensor b = torch.zeros(3, 80, dtype: x.dtype, device: x.device);
        b.index_add_(0, index, x, 1.ToScalar());
        Tensor c = torch.zeros_like(x).scatter_add(0, index.unsqueeze(-1).expand(-1, 80), x);
        Tensor d = torch.zeros([3, 80]).index_add(0, index, x.index_select(0, index), 1);
        Tensor mask = torch.ones(3, 1, dtype: ScalarType.Bool);
        Tensor e = x.masked_fill(mask, 0.0) + torch.where(mask, x, torch.zeros_like(x)) + torch.where(mask, x, 0.0);
        b += x;
        b.add_(x).sub_(x);
        Tensor f = x.to(ScalarType.Float64).cpu().clone().detach().contiguous().to_type(x.dtype).requires_grad_();
        Tensor g = torch.lerp(x, f, torch.tensor(0.5f)) + -x + x * -1 + 0.5 * x + x / 2 + x.mul(3).div(2) + x * torch.tensor(2.0) + x.sub(f).add(x, 2);
        Tensor adjacency = torch.eye(3);
        Tensor h = adjacency.matmul(x) + torch.mm(adjacency, x);
        return a + b + c + d + e + g + h + torch.cat([x, x], 0).narrow(0, 0, 3) + torch.vstack([x, x])[..3] + x.repeat_interleave(2, dim: 0);
    }

    [return: Irreps(Nodes)]
    private Tensor Scalars([Irreps(Nodes)] Tensor x)
    {
        Tensor s = x[.., ..32], v = x[.., 32..];
        s = nn.functional.layer_norm(s, [32]);
        s = _norm.call(_dense.call(s + _bias)).relu() + nn.functional.softplus(s) + s.exp() + s.softmax(-1) + s.max(dim: -1, keepdim: true).values + 1;
        s = _dropout.call(s.clamp(0, 1)) + (s - s.mean([-1], keepdim: true)) / s.std(-1, keepdim: true) + s.sort(-1).Values + torch.maximum(s, s * 2);
        Tensor gates = _mlp.call(s.AssumeIrreps("32x0e")).sigmoid();
        Tensor gated = (v.view(-1, 16, 3) * gates.unsqueeze(-1)).reshape(-1, 48);
        Tensor lengths = v.view(-1, 16, 3).square().sum(-1).sqrt();
        Tensor norms = v.unflatten(-1, [16, 3]).pow(2).sum(-1, keepdim: true);
        Tensor unit = v / v.norm(-1, keepdim: true) + nn.functional.normalize(v, dim: -1) + v * v.pow(2).sum(-1, keepdim: true).rsqrt();
        Tensor dot = (v * gated).sum(-1, keepdim: true);
        Tensor gram = v.matmul(v.transpose(0, 1)) + v.mm(v.t()) + v.matmul(v.T) + v.matmul(v.mT);
        Tensor similarity = nn.functional.cosine_similarity(v, gated, dim: -1);
        Tensor loss = (v - gated).pow(2).sum(-1).mean();
        Tensor relevant = gram.softmax(-1).matmul(v);
        Tensor first = s.narrow(-1, 0, 1);
        Tensor scaled = v * first + _alpha * v + v * lengths.mean() + v * norms.mean() * loss + relevant * similarity.unsqueeze(-1);
        Tensor halved = scaled.add(gated, One).mul(Half).add(unit * dot, One);
        return torch.cat([(s * first + first).AssumeIrreps("32x0e"), halved], -1);
    }

    [return: Irreps(Nodes)]
    private Tensor Shapes([Irreps(Nodes)] Tensor x)
    {
        long n = x.shape[0];
        Tensor a = x.unsqueeze(0).squeeze(0) + x.unsqueeze(1).squeeze(1) + x.view(n, 80) + x.reshape([-1, 1, 80]).sum(1);
        Tensor b = x.unsqueeze(1).expand(-1, 4, -1).sum(1) + x.unsqueeze(-2).repeat(1, 2, 1).mean([1]);
        Tensor c = x.unsqueeze(0).permute(1, 0, 2).transpose(0, 1).flatten(0, 1);
        Tensor d = x[.., 32..].reshape(-1, 8, 6).AssumeIrreps("2x1o").reshape(n, 48);
        Tensor e = torch.stack([x, x], dim: 1).sum(1) + torch.stack([x, x]).select(0, 1);
        Tensor doubled = x.repeat(1, 2);
        return a + b + c + e + doubled[.., 80..] + torch.cat([x[.., ..32], d], -1) + x.gather(0, torch.zeros(1, 80, dtype: ScalarType.Int64));
    }

    /// <summary>Odd scalars take odd and even functions.</summary>
    [return: Irreps("8x0o + 4x1e")]
    public Tensor Pseudo([Irreps(Odd)] Tensor x, [Irreps("1x0o")] Tensor sign, [Irreps("1x1o")] Tensor direction, [Irreps("1x1o")] Tensor other)
    {
        Tensor s = x[.., ..8];
        Tensor odd = s.tanh() + s.sin() + s.sign() + s.pow(3) + s.clamp(-1, 1) + s.sum(-1, keepdim: true);
        Tensor even = s.abs() + s.square() + s.cos() + s * s + s.pow(2);
        odd += odd * even.relu() + sign;
        Tensor turned = (x * sign)[.., 8..] * sign;
        Tensor axis = torch.linalg.cross(direction, other);
        Tensor angle = (direction * other).sum(-1, keepdim: true);
        return torch.cat([odd, (turned + axis.repeat(1, 4)) * angle], -1);
    }

    /// <summary>What E3Gen cannot see is stated.</summary>
    [return: Irreps("16x0e")]
    public Tensor Stated([Irreps("16x1o")] Tensor v)
    {
        Tensor squares = torch.einsum("nui,nui->nu", v.view(-1, 16, 3), v.view(-1, 16, 3)).AssumeIrreps("16x0e");
        Tensor softened = (v.relu() + 1).AssumeIrreps("16x0e");
        Tensor chosen = (v.shape[0] > 3 ? v.exp() : v.softmax(-1)).AssumeIrreps("16x0e");
        return squares + softened + chosen;
    }
}
