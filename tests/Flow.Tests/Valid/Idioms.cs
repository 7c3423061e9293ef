using System;
using System.Collections.Generic;
using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Valid.Idioms;

/// <summary>What people write who know their tensors.</summary>
[EquivariantModule]
public sealed partial class Idioms : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly GRUCell _cell = nn.GRUCell(4, 4);
    private readonly Linear _gate = nn.Linear(4, 1);

    public Idioms()
        : base(nameof(Idioms)) => RegisterComponents();

    /// <summary>Neighbours by distance, with the k nearest.</summary>
    [return: Irreps("1o")]
    public override Tensor forward([Positions] Tensor positions, [Irreps("4x0e")] Tensor s)
    {
        Tensor distances = torch.cdist(positions, positions);
        var (_, nearest) = distances.topk(3, dim: -1, largest: false);
        Tensor relative = positions[nearest] - positions.unsqueeze(1);
        Tensor edges = torch.nonzero(distances.lt(2.5).logical_and(distances.gt(0)));
        var (i, j) = (edges.select(1, 0), edges.select(1, 1));
        Tensor message = (positions.unsqueeze(1) - positions.unsqueeze(0))[i, j] * distances[i, j].unsqueeze(-1);
        Tensor gate = _gate.call(_cell.call(s, s));
        return relative.mean([1]) + zeros_like(positions).index_add(0, i, message, 1) * gate;
    }

    /// <summary>Mean of what belongs together, by counts as wide as the vectors.</summary>
    [return: Irreps("1o")]
    public Tensor Mean([Irreps("1o")] Tensor v, [Invariant(Axes = 1)] Tensor segments)
    {
        Tensor ids = segments.unsqueeze(-1).expand(-1, v.size(1));
        Tensor sum = v.new_zeros(4, v.size(1)), count = v.new_zeros(4, v.size(1));
        sum.scatter_add_(0, ids, v);
        count.scatter_add_(0, ids, torch.ones_like(v));
        return sum / count.clamp(min: 1);
    }

    /// <summary>A matrix in parts: isotropic, antisymmetric, symmetric and traceless.</summary>
    [return: Irreps("4x0e")]
    public Tensor Parts([Irreps("1o")] Tensor x, [Irreps("1o")] Tensor y)
    {
        Tensor t = torch.einsum("ni,nj->nij", x, y);
        Tensor isotropic = t.diagonal(offset: 0, dim1: -1, dim2: -2).mean([-1])[.., TensorIndex.None, TensorIndex.None] * torch.eye(3, dtype: t.dtype);
        Tensor antisymmetric = 0.5 * (t - t.transpose(-2, -1));
        Tensor symmetric = 0.5 * (t + t.transpose(-2, -1)) - isotropic;
        Tensor Norm(Tensor m) => (m * m).sum([-2, -1]);
        return torch.stack([Norm(isotropic), Norm(antisymmetric), Norm(symmetric), torch.linalg.det(t)], -1);
    }

    /// <summary>Spherical harmonics of degree two, by hand.</summary>
    [return: Irreps("2e")]
    public Tensor Quadrupole([Irreps("1o")] Tensor r)
    {
        var (x, y, z) = (r[.., 0], r[.., 1], r[.., 2]);
        double s = Math.Sqrt(3);
        return torch.stack([s * x * z, s * x * y, y * y - 0.5 * (x * x + z * z), s * y * z, s / 2 * (z * z - x * x)], -1);
    }

    /// <summary>Coordinates in a frame of its own.</summary>
    [return: Irreps("3x0e")]
    public Tensor Local([Irreps("1o")] Tensor x, [Irreps("1o")] Tensor y, [Irreps("1o")] Tensor z)
    {
        Tensor frame = torch.stack([x, y, torch.linalg.cross(x, y)], dim: 1);
        Tensor local = torch.einsum("nkc,nc->nk", frame, z);
        return torch.cat([local[.., ..2], local[.., 2..].abs()], -1);
    }

    /// <summary>A list whose length is known only when it runs, and forces one by one.</summary>
    [return: Irreps("1o")]
    public Tensor Lists([Irreps("1o")] Tensor v, [Invariant(Axes = 1)] Tensor batch)
    {
        var means = new List<Tensor>();
        for (int graph = 0; graph < (int)batch.max().item<long>() + 1; graph++)
        {
            means.Add(v[batch == graph].mean([0], keepdim: true));
        }

        Tensor force = torch.zeros_like(v);
        for (int i = 0; i < v.shape[0]; i++)
        {
            force[i] += v[i] - torch.cat(means).mean([0]);
        }

        return force;
    }

    /// <summary>A gate that is repeated for the components.</summary>
    [return: Irreps("4x1o")]
    public Tensor Repeated([Irreps("4x0e")] Tensor s, [Irreps("4x1o")] Tensor v) => s.unsqueeze(-1).repeat(1, 1, 3).reshape(s.shape[0], -1) * v;
}
