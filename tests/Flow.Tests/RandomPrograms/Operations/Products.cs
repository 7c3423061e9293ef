using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static E3Gen.Flow.Tests.RandomPrograms.Operations.Table;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Operations;

/// <summary>Matrix products and other contractions.</summary>
internal static class Products
{
    private static readonly string[] OneEquation = ["ij->j", "ij->i", "...i->...", "ij->ji", "ijk->jk", "ijk->ik", "ijk->ikj", "i->", "ij->"];

    private static readonly string[] TwoEquations =
    [
        "ij,ij->i", "ij,ij->j", "ij,kj->ik", "ij,ik->jk", "i,ij->j", "ij,i->ij", "ij,j->i", "...i,...i->...", "ijk,ijk->ij", "ijk,ilk->ijl", "ijk,ij->ik", "ij,ij->", "i,j->ij", "ij,kj->ki", "nci,nc->ni", "ni,nj->nij",
        "ijk,jk->i", "ijk,ljk->il", "...i,...j->...ij",
    ];

    public static readonly IReadOnlyList<Operation> All =
    [
        Two(Want1.Multipliable, (x, y) => x.Matmul(y)), Two(Want1.Multipliable, (x, y) => Checked.Matmul(x, y)), Two(Want1.Multipliable, (x, y) => x.mm(y)),
        Two(Want1.Multipliable, (x, y) => x.bmm(y)), Two(Want1.Multipliable, (x, y) => x.mv(y)), Two(Want1.Alike, (x, y) => x.Matmul(y.transpose(-1, -2))),
        Two(Want1.Alike, (x, y) => x.mm(y.t())), Two(Want1.Alike, (x, y) => x.t().Matmul(y)), Two(Want1.Alike, (x, y) => x.bmm(y.mT)),
        Two(Want1.Alike, (x, y) => x.transpose(-1, -2).Matmul(y)), Two(Want1.Alike, (x, y) => x.dot(y)), Two(Want1.Alike, (x, y) => torch.vdot(x, y)),
        Two(Want1.Alike, (x, y) => torch.inner(x, y)), Two(Want1.Float, (x, y) => torch.outer(x, y)), Two(Want1.Alike, (x, y) => x.flatten().dot(y.flatten())),
        Two(Want1.Alike, (x, y) => torch.linalg.vecdot(x, y)), Two(Want1.Triple, (x, y) => torch.linalg.cross(x, y)),
        Two(Want1.Triple, (x, y) => torch.linalg.cross(x, y, -1)), Two(Want1.Alike, (x, y) => torch.cdist(x, y)),
        Two(Want1.Alike, (x, y) => torch.nn.functional.cosine_similarity(x, y, -1)), Two(Want1.Alike, (x, y) => torch.nn.functional.mse_loss(x, y)),
        Two(Want1.Alike, (x, y) => torch.kron(x, y)), Two(Want1.Alike, (x, y) => x.Matmul(y.transpose(-1, -2)).softmax(-1).Matmul(y)),
        Two(Want1.Float, (x, y) => x.unsqueeze(-1) * y.unsqueeze(-2)), Two(Want1.Alike, (x, y) => (x * y).sum(-1)),
        Two(Want1.Multipliable, (x, y) => torch.nn.functional.linear(x, y.t())),
        Two(Want1.Float, (x, y) => torch.tensordot(x, y, new long[] { 0 }, new long[] { 0 })), One(x => x.Matmul(x.transpose(-1, -2))),
        One(x => x.Matmul(x.mT).softmax(-1)), One(x => x.transpose(-1, -2).Matmul(x).trace()), One(x => x.Matmul(x.mT).diagonal(0, -2, -1)),
        One(x => torch.linalg.det(x.mT.Matmul(x))), One(x => torch.linalg.inv(x.mT.Matmul(x) + torch.eye(x.size(-1), dtype: x.dtype))),
        One(x => torch.linalg.norm(x)), One(x => torch.linalg.eigvalsh(x.mT.Matmul(x))), One(x => torch.linalg.svdvals(x)), One(x => torch.cdist(x, x)),
        Two(Want1.Multipliable, (x, y) => torch.linalg.solve(x.mT.Matmul(x) + torch.eye(x.size(-1), dtype: x.dtype), x.mT)),
        Three(Want1.Multipliable, Want1.Float, (x, y, z) => torch.addmm(z, x, y, 1.0f, 1.0f)),
        Three(Want1.Multipliable, Want1.Float, (x, y, z) => torch.baddbmm(z, x, y, 1.0f, 1.0f)),
        Three(Want1.Alike, Want1.Alike, (x, y, z) => torch.linalg.cross(x, y).mul(z).sum(-1, keepdim: true)),
        Drawn(d => { string a = d.Pick(OneEquation); return Written.Of(x => torch.einsum(a, x)); }),
        Drawn(Want1.Float, d => { string a = d.Pick(TwoEquations); return Written.Of((x, y) => torch.einsum(a, x, y)); }),
        Drawn(Want1.Float, d => { string a = d.Pick(TwoEquations); return Written.Of((x, y) => torch.einsum(a, x, y)); }),
        Drawn(Want1.Alike, d => { string a = d.Pick(TwoEquations); return Written.Of((x, y) => torch.einsum(a, x, y)); }),
    ];
}
