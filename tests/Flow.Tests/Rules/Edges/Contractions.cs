using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static E3Gen.Flow.Tests.Rules.Edges.Edge;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules.Edges;

/// <summary>Products that sum over axes.</summary>
internal static class Contractions
{
    public static readonly IReadOnlyList<Edge> All =
    [
        Inside(
            "inner products", [X("1o"), Y("1o")],
            Do((x, y) => linalg.vecdot(x, y, -1)), Do((x, y) => torch.inner(x, y)), Do((x, y) => x.Matmul(y.t())),
            Do((x, y) => torch.einsum("ij,ij->i", x, y))),
        Inside(
            "inner products of a vector and a pseudovector", [X("1o"), Y("1e")],
            Do((x, y) => linalg.vecdot(x, y, -1)), Do((x, y) => torch.inner(x, y)), Do((x, y) => x.Matmul(y.t()))),
        Inside(
            "sums of products of a vector and a pseudovector", [X("1o"), Y("1e")],
            Do((x, y) => torch.einsum("ij,ij->i", x, y)), Do((x, y) => torch.einsum("ij,kj->ik", x, y)), Do(t0 => t0.abs())),
        Outside("an exponential of an inner product that is odd", [X("1o"), Y("1e")], Do((x, y) => linalg.vecdot(x, y, -1).exp())),
        Inside(
            "inner products of odd scalars", [X("3x0o"), D(4, 3)],
            Do((x, d) => linalg.vecdot(x, d, -1)), Do((x, d) => torch.inner(x, d)), Do((x, d) => x.Matmul(d.t())),
            Do((x, d) => torch.einsum("ij,ij->i", x, d))),
        Inside(
            "inner products of odd scalars with themselves", [X("3x0o")],
            Do(x => linalg.vecdot(x, x, -1)), Do(x => torch.inner(x, x)), Do(x => torch.einsum("ij,kj->ik", x, x))),
        Outside("an inner product with numbers", [X("1o"), D(4, 3)], Do((x, d) => linalg.vecdot(x, d, -1))),
        Outside("inner products with numbers", [X("1o"), D(4, 3)], Do((x, d) => torch.inner(x, d))),
        Outside("a matrix product along components", [X("1o"), D(3, 2)], Do((x, d) => x.Matmul(d))),
        Outside("sums of products of components and numbers", [X("1o"), D(4, 3)], Do((x, d) => torch.einsum("ij,ij->i", x, d))),
        Outside("an inner product of irreps in another order", [X("0e + 1o"), Y("1o + 0e")], Do((x, y) => linalg.vecdot(x, y, -1))),
        Outside("an inner product where some parities differ", [X("1o + 1e"), Y("2x1o")], Do((x, y) => linalg.vecdot(x, y, -1))),
        Outside("an inner product with points", [P(), X("1o")], Do((p, x) => linalg.vecdot(p, x, -1))),
        Outside("inner products with points", [P(), X("1o")], Do((p, x) => torch.inner(x, p))),
        Outside("sums of products with points", [P(), X("1o")], Do((p, x) => torch.einsum("ij,ij->i", p, x))),
        Outside("a sum of points by a matrix", [P(), D(2, 4)], Do((p, d) => d.Matmul(p))),
        Outside("a matrix product of components", [X("1o"), D(2, 4)], Do((x, d) => d.Matmul(x.narrow(-1, 0, 2)))),
        Inside(
            "inner products over rows", [X("1o"), D(4, 1)],
            Do((x, d) => linalg.vecdot(x, d, 0)), Do((x, d) => d.t().Matmul(x)), Do((x, d) => torch.einsum("ij,ik->jk", x, d))),
        Outside(
            "an inner product over rows of vectors", [X("1o"), Y("1o")],
            Do((x, y) => linalg.vecdot(x, y, 0).exp()), Do((x, y) => torch.einsum("ij,ij->j", x, y))),

        Inside(
            "matrices of vectors", [X("1o"), Y("1o"), D(2, 4)],
            Do((x, y) => x.t().Matmul(y)), Do((d, x) => d.Matmul(x)), Do((t0, x) => x.Matmul(t0)),
            Do((x, y) => x.unsqueeze(1).Matmul(y.unsqueeze(-1)))),
        Outside("a batch along components", [X("1o"), Y("1o")], Do((x, y) => x.t().unsqueeze(-1).Matmul(y.t().unsqueeze(1)))),
        Outside("a batch along components of one factor", [X("1o"), D(1, 1, 2)], Do((x, d) => x.t().unsqueeze(-1).Matmul(d))),
        Inside("a matrix or vector in front", [U(4), X("1o")], Do((u, x) => u.Matmul(x)), Do((u, t0) => u.sum() * t0)),
        Inside("matrices in front", [U(2, 2, 4), X("1o")], Do((u, x) => u.Matmul(x)), Do(t0 => t0.view(-1, 3)), Do(t1 => t1.norm(-1))),
        Outside(
            "axes behind others of which nobody knows", [U(2, 2, 4), X("1o")],
            Do((u, x) => u.Matmul(x)), Do(t0 => t0.transpose(0, -1))),
        Outside(
            "a new axis somewhere", [U(2, 2, 4), X("1o")],
            Do((u, x) => u.Matmul(x)), Do(t0 => t0[TensorIndex.Colon, TensorIndex.None])),
        Outside(
            "a new axis in front", [U(2, 2, 4), X("1o")],
            Do((u, x) => u.Matmul(x)), Do(t0 => t0[TensorIndex.None, TensorIndex.Ellipsis])),
        Outside("a matrix or vector behind", [U(4), X("1o")], Do((u, x) => x.t().Matmul(u))),
        Inside(
            "a product of vectors of numbers", [D(4), E(4, 2)],
            Do((d, e) => d.Matmul(e)), Do((d, e) => e.t().Matmul(d)), Do(d => d.Matmul(d))),
        Inside(
            "a table of products", [Row("x", "1o"), Row("y", "1e"), D(3)],
            Do((x, y) => torch.outer(x, y)), Do((x, d) => torch.outer(d, x)), Do((x, y) => torch.einsum("i,j->ji", x, y))),
        Inside("a table of products of odd scalars", [Row("x", "3x0o"), D(3)], Do((x, d) => torch.outer(x, d)), Do(x => torch.outer(x, x))),
        Outside("a table of products with points", [P(), D(3)], Do((p, d) => torch.outer(p[0], d))),

        Inside(
            "sums by letters", [X("1o"), D(4)],
            Do(x => torch.einsum("ij->j", x)), Do((x, d) => torch.einsum("ij,i->ij", x, d)), Do(x => torch.einsum("ij->ji", x)),
            Do((x, d) => torch.einsum("ij,i->j", x, d))),
        Inside(
            "products by letters", [X("1o"), Y("1e")],
            Do((x, y) => torch.einsum("ij,ik->ijk", x, y)), Do((x, y) => torch.einsum("ij,ik->jk", x, y))),
        Inside(
            "odd scalars by letters", [X("3x0o"), Y("1o")],
            Do(x => torch.einsum("ij->i", x)), Do((x, y) => torch.einsum("ij,ik->jk", x, y)), Do(x => torch.einsum("ij,ij->j", x, x))),
        Inside(
            "axes of one entry by letters", [D(1, 3), E(4, 3)],
            Do((d, e) => torch.einsum("ij,ij->ij", d, e)), Do((d, e) => torch.einsum("ij,ij->i", d, e))),
        Outside("a sum of components by letters", [X("1o")], Do(x => torch.einsum("ij->i", x))),
        Outside("a sum of components of one factor by letters", [X("1o"), Y("1o")], Do((x, y) => torch.einsum("ij,ik->ij", x, y))),
        Outside("products of components by letters", [X("1o"), Y("1o")], Do((x, y) => torch.einsum("ij,ij->ij", x, y))),
        Outside("products of components and numbers by letters", [X("1o"), D(4, 3)], Do((x, d) => torch.einsum("ij,ij->ij", x, d))),
        Outside("inner products of four by letters", [X("1o")], Do(x => torch.einsum("ij,ij,ij,ij->i", x, x, x, x))),
        Outside(
            "some components by letters", [X("1o"), Y("1o")],
            Do((x, y) => torch.einsum("ij,ij->i", x.narrow(-1, 0, 2), y.narrow(-1, 0, 2)))),
        Outside("a diagonal of rows and components", [X("1o", 3)], Do(x => torch.einsum("ii->", x))),
        Outside(
            "a diagonal of components", [Row("x", "1o"), Row("y", "1o")],
            Do((x, y) => torch.outer(x, y)), Do(t0 => torch.einsum("ii->i", t0))),
        Inside("a trace by letters", [Row("x", "1o"), Row("y", "1e")], Do((x, y) => torch.outer(x, y)), Do(t0 => torch.einsum("ii->", t0))),

        Inside(
            "cross products", [X("1o"), Y("1o"), Z("1e")],
            Do((x, y) => linalg.cross(x, y)), Do((x, z) => linalg.cross(x, z)), Do(z => linalg.cross(z, z.flip(0))),
            Do((x, y) => linalg.cross(x.unsqueeze(0), y.unsqueeze(1)))),
        Inside("cross products of numbers", [D(4, 3), E(4, 3)], Do((d, e) => linalg.cross(d, e))),
        Outside("a cross product with numbers", [X("1o"), D(4, 3)], Do((x, d) => linalg.cross(x, d))),
        Outside("a cross product with points", [P(), X("1o")], Do((p, x) => linalg.cross(p, x))),
        Outside("a cross product over rows", [X("1o", 3), Y("1o", 3)], Do((x, y) => linalg.cross(x, y, 0))),
        Outside("a cross product of odd scalars", [X("3x0o"), D(4, 3)], Do((x, d) => linalg.cross(x, d))),
        Outside("a cross product of other irreps", [X("0e + 2x0o"), Y("0e + 2x0o")], Do((x, y) => linalg.cross(x, y))),

        Inside(
            "weights of odd scalars", [X("3x0o"), D(2, 3)],
            Do((x, d) => nn.functional.linear(x, d)), Do((x, d) => nn.functional.linear(x, d, torch.zeros(2, dtype: ScalarType.Float64)))),
        Inside("weights of rows", [X("1o"), D(2, 4)], Do((x, d) => nn.functional.linear(x.t(), d)), Do(t0 => t0.t().norm(-1))),
        Inside(
            "weights of numbers", [D(4, 3), E(2, 3), U(2)],
            Do((d, e) => nn.functional.linear(d, e)), Do((d, e, u) => nn.functional.linear(d, e, u)),
            Do((d, e, u) => nn.functional.linear(torch.zeros_like(d), e, u))),
        Inside("weights of one output", [X("3x0o"), D(3)], Do((x, d) => nn.functional.linear(x, d))),
        Outside("weights of components", [X("1o"), D(2, 3)], Do((x, d) => nn.functional.linear(x, d))),
        Outside("a bias of odd scalars", [X("3x0o"), D(2, 3), E(2)], Do((x, d, e) => nn.functional.linear(x, d, e))),
        Outside("a bias of rows of vectors", [X("1o"), D(2, 4), E(2)], Do((x, d, e) => nn.functional.linear(x.t(), d, e))),
        Outside("weights of points", [P(), D(2, 4)], Do((p, d) => nn.functional.linear(p.t(), d))),
        Outside("weights of some components", [X("1o"), D(2, 2)], Do((x, d) => nn.functional.linear(x.narrow(-1, 0, 2), d))),
        Outside("weights that are odd", [X("3x0o"), D(4, 3)], Do((x, d) => nn.functional.linear(d, x))),
        Outside("weights that are a vector", [X("1o"), D(4, 3)], Do((x, d) => nn.functional.linear(d, x))),
        Outside("a bias that is odd", [Row("x", "2x0o"), D(4, 3), E(2, 3)], Do((x, d, e) => nn.functional.linear(d, e, x))),

        Inside(
            "attention", [X("1o"), Y("1o"), P()],
            Do((x, y) => nn.functional.scaled_dot_product_attention(x, y, x)),
            Do((x, y, p) => nn.functional.scaled_dot_product_attention(x, y, p)), Do((p, t1) => p - t1)),
        Inside(
            "attention by odd scalars", [X("3x0o"), Y("3x0o"), D(4, 4)],
            Do((x, y) => nn.functional.scaled_dot_product_attention(x, y, y)),
            Do((x, y, d) => nn.functional.scaled_dot_product_attention(x, y, x, d, 0.0, false))),
        Inside(
            "attention by numbers", [D(2, 4, 3), E(5, 3), Argument.Features("x", "1o", 2, 5)],
            Do((d, e, x) => nn.functional.scaled_dot_product_attention(d, e.unsqueeze(0), x))),
        Outside(
            "attention by a vector and a pseudovector", [X("1o"), Y("1e")],
            Do((x, y) => nn.functional.scaled_dot_product_attention(x, y, x))),
        Outside(
            "attention by odd and even scalars", [X("3x0o"), D(4, 3)],
            Do((x, d) => nn.functional.scaled_dot_product_attention(x, d, d))),
        Outside("attention by a vector and numbers", [X("1o"), D(4, 3)], Do((x, d) => nn.functional.scaled_dot_product_attention(x, d, x))),
        Outside("attention by points", [P(), X("1o")], Do((p, x) => nn.functional.scaled_dot_product_attention(p, p, x))),
        Outside(
            "attention by components", [X("1o"), D(4, 3)],
            Do((x, d) => nn.functional.scaled_dot_product_attention(x.narrow(-1, 0, 2), x.narrow(-1, 0, 2), d))),
        Outside(
            "attention to some components", [X("1o"), D(4, 3)],
            Do((x, d) => nn.functional.scaled_dot_product_attention(d, d, x.narrow(-1, 0, 2)))),
        Outside("attention to rows of components", [X("1o")], Do(x => nn.functional.scaled_dot_product_attention(x.t(), x.t(), x.t()))),
        Outside(
            "attention with an odd mask", [X("4x0o"), D(4, 3)],
            Do((x, d) => nn.functional.scaled_dot_product_attention(d, d, d, x, 0.0, false))),

        Inside(
            "cosines", [X("1o"), Y("1e"), D(4, 3)],
            Do((x, y) => nn.functional.cosine_similarity(x, y, -1)), Do(x => nn.functional.cosine_similarity(x, x.flip(0), -1)),
            Do(d => nn.functional.cosine_similarity(d, d.flip(0), -1))),
        Inside(
            "cosines of odd scalars", [X("3x0o"), D(4, 3)],
            Do((x, d) => nn.functional.cosine_similarity(x, d, -1)), Do((x, d) => nn.functional.cosine_similarity(x, d, 0))),
        Outside("a cosine over rows of a vector", [X("1o"), D(4, 1)], Do((x, d) => nn.functional.cosine_similarity(x, d, 0))),
        Outside("a cosine with numbers", [X("1o"), D(4, 3)], Do((x, d) => nn.functional.cosine_similarity(x, d, -1))),
    ];
}
