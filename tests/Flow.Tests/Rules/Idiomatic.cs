using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules;

/// <summary>Idioms of hand-written code, and what is nearly the same but no function of what is given that has a place among irreps.</summary>
internal static class Idiomatic
{
    /// <summary>Vectors, pseudovectors, points, channels of vectors, scalars as many as rows, a class for each row, indices.</summary>
    public static IReadOnlyList<Argument> Arguments { get; } =
    [
        Argument.Features("v", "1o", 4), Argument.Features("a", "1e", 4), Argument.Points("p", 4), Argument.Features("w", "1o", 4, 2), Argument.Features("s", "4x0e", 4), Argument.Features("o", "3x0o", 3),
        Argument.Features("f", "4x1o", 4), Argument.Indexes("i", 4, 3), Argument.Indexes("j", 4, 3), Argument.Features("q", "2e", 4),
    ];

    private static readonly Written<Tensor> Outer = Written.Of((x, y) => torch.einsum("ni,nj->nij", x, y));

    private static readonly Written<Tensor> Twist = Written.Of(x => torch.stack(new[] { x[TensorIndex.Ellipsis, 1, 2] - x[TensorIndex.Ellipsis, 2, 1], x[TensorIndex.Ellipsis, 2, 0] - x[TensorIndex.Ellipsis, 0, 2], x[TensorIndex.Ellipsis, 0, 1] - x[TensorIndex.Ellipsis, 1, 0] }, -1));

    public static IReadOnlyList<Idiom> Followed { get; } =
    [
        // Distances.
        Of("[n, n]", x => torch.cdist(x, x), "p"), Of("[n, n]", (x, y) => torch.cdist(x, y), "v", "v"), Of("[n, n]", (x, y) => torch.cdist(x, y, 1.0), "s", "s"), Of("[n, n, 2]", x => torch.cdist(x[TensorIndex.Ellipsis, TensorIndex.Slice(0, 2), TensorIndex.Slice()], x.narrow(1, 0, 2)), "w"),
        Of("[n, 1]", (x, y) => torch.nn.functional.pairwise_distance(x, y, 2.0, 0.0, true), "p", "p"), Of("[]", (x, y) => torch.nn.functional.mse_loss(x, y * 2.0), "v", "v"), Of("[]", (x, y) => torch.nn.functional.mse_loss(x, y - 1.0, nn.Reduction.Sum), "s", "s"),
        Of("[n, 3 1x1o]", x => x.diff(1, 0), "p"), Of("[n, 3 1x1o]", x => torch.diff(x, 1, 0), "v"),

        // Matrices.
        Of("[]", x => x.t().mm(x).trace(), "v"), Of("[]", (x, y) => torch.trace(x.t().mm(y)), "v", "a"), Of("[]", x => x.trace(), "o"), Of("[]", x => x.diagonal(0, 0, 1).sum(), "s"), Of("[3]", x => x.narrow(0, 0, 3).diagonal(0, 0, 1), "o"),
        Of("[n]", x => x.unsqueeze(2).mul(x.unsqueeze(1)).diagonal(0, 1, 2).sum(-1), "v"), Of("[n]", (x, y) => torch.einsum("ni,nj->nij", x, y).diagonal(0, -1, -2).mean(new long[] { -1 }), "v", "a"),
        Of("[n]", (x, y) => torch.linalg.det(torch.stack(new[] { x, y, x.roll(1, 0) }, 1)), "v", "v"), Of("[]", x => x.t().mm(x).det(), "v"), Of("[]", (x, y) => x.t().mm(y).det(), "v", "a"), Of("[]", x => x.det(), "o"),
        Of("[3]", (x, y) => torch.linalg.svdvals(x.t().mm(y)), "v", "a"), Of("[n, n]", x => torch.linalg.svdvals(x), "w"), Of("[n]", x => torch.linalg.eigvalsh(x.mm(x.t())), "s"),
        Of("[]", x => (x.t().mm(x) * x.t().mm(x)).sum(), "v"), Of("[]", (x, y) => x.t().mm(y).square().sum(new long[] { 0, 1 }), "v", "a"), Of("[n, 1, 1]", x => torch.einsum("ni,nj->nij", x, x).pow(2).mean(new long[] { 1, 2 }, true), "v"),
        Of("[3 1x1o, 3 1x1o]", x => x.t().mm(x) - torch.eye(3, dtype: ScalarType.Float64) * x.square().sum(), "v"), Of("[n, 3 1x1o, 3 1x1o]", x => torch.eye(3, dtype: ScalarType.Float64).unsqueeze(0) - x.unsqueeze(2) * x.unsqueeze(1), "v"),
        Of("[n, 3 1x1e, 3 1x1e]", (x, y) => torch.einsum("ni,nj->nij", x, x) + y.narrow(1, 0, 1).unsqueeze(-1) * torch.eye(3, dtype: ScalarType.Float64) / 3.0, "a", "s"),
        Of("[n]", x => x.unsqueeze(2).mul(x.unsqueeze(1))[TensorIndex.Ellipsis, 0, 0], "s"),
        new Idiom("[n, 3 1x1o]", (Outer, ["v", "a"]), (Twist, ["t0"])), new Idiom("[n]", (Outer, ["v", "v"]), (Written.Of(x => x[TensorIndex.Ellipsis, 0, 0] + x[TensorIndex.Ellipsis, 1, 1] + x[TensorIndex.Ellipsis, -1, -1]), ["t0"])),
        Of("[n, 3 2x0e+1x0o, 3 1x1o]", x => torch.stack(new[] { x, x.roll(1, 0), torch.linalg.cross(x, x.roll(1, 0)) }, 1), "v"),

        // Products that are added, and sums over several axes.
        Of("[3 1x1o, 3 1x1o]", (x, y) => torch.addmm(x.t().mm(x), x.t(), y, 0.5f, 2f), "v", "v"), Of("[n, 3 1x1o]", (x, y) => torch.addmm(x, y, x, 1f, 1f), "v", "s"), Of("[n, 3 1x1o]", (x, y, z) => x.addmm(y, z, 1f, 1f), "p", "s", "v"),
        Of("[n, n, 3 1x1o]", (x, y) => torch.baddbmm(x.matmul(x.transpose(-1, -2)), y, y, 1f, 0.5f), "w", "w"), Of("[n, 3 1x1o]", (x, y) => torch.tensordot(y, x, new long[] { 1 }, new long[] { 0 }), "v", "s"), Of("[]", (x, y) => x.tensordot(y, new long[] { 0, 1 }, new long[] { 0, 1 }), "v", "a"),

        // Shapes of invariants.
        Of("[n, 5]", x => torch.nn.functional.one_hot(x, 5), "i"), Of("[2, 6]", x => torch.triu_indices(3, 3) * x.narrow(0, 0, 1).to(ScalarType.Int64), "i"), Of("[2, 5]", x => torch.tril_indices(2, 4, 1), "i"), Of("[n, 2]", x => x.topk(2, 1).Item1, "s"), Of("[n, 2]", x => torch.topk(x, 2, -1).Item2, "s"),
        Of("[n, 2]", x => torch.nonzero(x), "s"), Of("[n]", x => x.bincount(null), "i"), Of("[n]", x => x.masked_select(x > 0.0), "s"), Of("[n]", (x, y) => x.masked_select(y.narrow(0, 0, 3).narrow(1, 0, 3) > 0.0), "o", "s"), Of("[n]", (x, y) => x.narrow(0, 0, 3)[y, y], "s", "i"),
        Of("[n, 3 1x1o]", (x, y, z) => (x.unsqueeze(1) - x.unsqueeze(0))[y, z], "p", "i", "j"), Of("[n, n]", (x, y, z) => x[y.@long().unsqueeze(0), z.@long().unsqueeze(1)], "s", "i", "j"), Of("[n, 3 1x1o]", (x, y) => x.index_fill(0, y, 0.0), "v", "i"), Of("[n, 3]", (x, y) => x.index_fill(0, y, 0.0), "o", "i"),

        // Runs.
        Of("[n, 12 4x1o]", (x, y) => x.unsqueeze(-1).expand(-1, -1, 3).reshape(x.shape[0], -1) * y, "s", "f"), Of("[n, 12 4x1o]", (x, y) => x.unsqueeze(-1).repeat(1, 1, 3).flatten(1) * y, "s", "f"),
        Of("[4, 3 1x1o]", (x, y) => torch.zeros(4, 3, dtype: x.dtype).scatter_add(0, y.unsqueeze(-1).expand(-1, 3), x) / torch.zeros(4, 3, dtype: x.dtype).scatter_add(0, y.unsqueeze(-1).expand(-1, 3), torch.ones_like(x)).clamp(1.0), "v", "i"),
        Of("[4, 3 1x1o]", (x, y) => torch.zeros(4, 3, dtype: x.dtype).scatter_add(0, y.unsqueeze(-1).expand(-1, 3), x) / torch.zeros(4, 3, dtype: x.dtype).scatter_add_(0, y.unsqueeze(-1).expand(-1, 3), torch.ones_like(x)).clamp(1.0), "v", "i"),
        Of("[n, 3 1x1o]", x => x * torch.full(new long[] { 3 }, 2.0, dtype: x.dtype), "v"),

        // Views and lists.
        Of("[n, 3 1x1o, 2, 1]", x => x.transpose(1, 2).reshape(x.shape[0], 3, 2, 1), "w"), Of("[n, 2, 3 1x1o]", x => x.tile(new long[] { 1, 2 }).reshape(x.shape[0], 2, 3), "v"), Of("[n, 6 2x1o]", x => x.tile(new long[] { 1, 2 }), "v"),
        Of("[n, 2, 3 1x1o]", x => torch.stack(x.unsqueeze(0).expand(2, -1, -1).unbind(1), 0), "v"), Of("[n, 3 1x1o]", x => torch.cat(x.unsqueeze(1).unbind(0), 0), "v"),
    ];

    public static IReadOnlyList<Idiom> NotFollowed { get; } =
    [
        No((x, y) => torch.cdist(x, y), "p", "v"), No((x, y) => torch.cdist(x, y), "v", "a"), No(x => torch.cdist(x, x, 1.0), "v"), No(x => torch.cdist(x.t(), x.t()), "v"), No(x => torch.cdist(x.narrow(1, 0, 2), x.narrow(1, 0, 2)), "v"), No((x, y) => torch.nn.functional.pairwise_distance(x, y), "v", "v"),
        No((x, y) => torch.nn.functional.mse_loss(x, y), "p", "v"), No((x, y) => torch.nn.functional.mse_loss(x, y), "v", "a"), No((x, y) => torch.nn.functional.mse_loss(x, y, nn.Reduction.None), "v", "v"), No((x, y) => torch.nn.functional.l1_loss(x, y), "v", "v"),
        No(x => x.diff(1, 1), "v"), No((x, y) => x.diff(1, 0, y), "v", "v"), No(x => x.narrow(0, 0, 3).trace(), "v"), No(x => x.t().mm(x).diagonal(0, 0, 1), "v"), No(x => x.t().mm(x).diagonal(1, 0, 1).sum(), "v"), No(x => x.t().mm(x).diagonal(0, 0, 1).square().sum(), "v"),
        No((x, y) => torch.stack(new[] { x, y, x.roll(1, 0) }, 1).det(), "v", "p"), No(x => torch.linalg.eigvalsh(x.t().mm(x.roll(1, 0))), "v"), No(x => (x.t().mm(x) * x.t().mm(x)).sum(0), "v"), No(x => (x.t().mm(x) * x.t().mm(x)).relu().sum(), "v"),
        No(x => (x.t().mm(x) * x.t().mm(x) + x.t().mm(x)).sum(), "v"), No(x => x.t().mm(x).pow(3).sum(), "v"), No(x => x.t().mm(x).square()[0].sum(), "v"), No(x => x.t().mm(x).square().view(9).sum(), "v"), new Idiom("", (Written.Of(x => x.t().mm(x).square()), ["v"]), (Written.Of(x => x.view(9).exp_()), ["t0"]), (Written.Of(x => x.sum()), ["t0"])), new Idiom("", (Written.Of(x => x.t().mm(x).square()), ["v"]), (Written.Of(x => x.add_(1.0)), ["t0"]), (Written.Of(x => x.sum(0)), ["t0"])),
        No((x, y) => x.t().mm(y) + torch.eye(3, dtype: ScalarType.Float64), "v", "a"), No(x => x.t().mm(x) + (torch.eye(3, dtype: ScalarType.Float64) + 1.0), "v"), No(x => x.t().mm(x) + torch.eye(3, dtype: ScalarType.Float64).roll(1, 0), "v"), No(x => x + torch.eye(4, 3, dtype: ScalarType.Float64), "v"),
        No(x => x.t().mm(x) + torch.eye(3, dtype: ScalarType.Float64).cumsum(0), "v"), No((x, y) => x.t().mm(x) + torch.eye(3, dtype: ScalarType.Float64) * y, "v", "v"), new Idiom("", (Written.Of(x => torch.eye(3, dtype: x.dtype)), ["v"]), (Written.Of(x => x.select(0, 0).mul_(2.0)), ["t0"]), (Written.Of((x, y) => x.t().mm(x) + y), ["v", "t0"])),
        new Idiom("", (Written.Of(x => torch.eye(3, dtype: x.dtype)), ["v"]), (Written.Of(x => x.exp_()), ["t0"]), (Written.Of((x, y) => x.t().mm(x) + y), ["v", "t0"])), No((x, y) => x.t().mm(x) + torch.eye(3, dtype: ScalarType.Float64) * y[0].narrow(0, 0, 3), "v", "s"), No(x => x.t().mm(x) + torch.eye(3, dtype: ScalarType.Float64).exp(), "v"),
        No(x => x.unsqueeze(2).mul(x.unsqueeze(1))[TensorIndex.Ellipsis, 0, 1] + 1.0, "v"), No((x, y) => torch.stack(new[] { x, y }, 1).sum(1), "v", "a"), No((x, y) => torch.stack(new[] { x, y }, 1), "v", "q"),
        No((x, y) => torch.addmm(x, x, y, 1f, 1f), "s", "a"), No((x, y) => torch.addmm(x, y, x, 0.5f, 1f), "p", "s"), No((x, y) => torch.tensordot(x, y, new long[] { 0, 1 }, new long[] { 1, 0 }), "v", "v"), No((x, y) => torch.tensordot(y, x, new long[] { 1 }, new long[] { 0 }), "p", "s"),
        No((x, y) => x.index_fill(1, y, 0.0), "v", "i"), No((x, y) => x.index_fill(0, y, 1.0), "v", "i"), No((x, y) => x.index_fill(0, y, 0.0), "p", "i"), No((x, y) => x[y, y], "v", "i"), No((x, y) => x.masked_select(y > 0.0), "v", "v"),
        No((x, y) => x.unsqueeze(-1).expand(-1, -1, 3).transpose(1, 2).reshape(x.shape[0], -1) * y, "s", "f"), No((x, y) => x.unsqueeze(1).expand(-1, 3, -1).reshape(x.shape[0], 12) * y, "s", "f"), No((x, y) => x.repeat(1, 3) * y, "s", "f"),
        No((x, y, z) => x / torch.zeros(4, 3, dtype: x.dtype).scatter_add(0, y.unsqueeze(-1).expand(-1, 3), z.narrow(1, 0, 3)).clamp(1.0), "v", "i", "s"),
        No((x, y, z) => x / torch.zeros(4, 3, dtype: x.dtype).scatter_add(0, torch.stack(new[] { y, z, y }, 1), torch.ones_like(x)).clamp(1.0), "v", "i", "j"),
        No((x, y) => x * torch.zeros(4, 3, dtype: x.dtype).scatter_add(1, y.unsqueeze(-1).expand(-1, 3), torch.ones_like(x)), "v", "i"),
        No((x, y) => x * torch.zeros(4, 3, dtype: x.dtype).scatter_add(0, y.unsqueeze(-1).expand(-1, 2), torch.ones(4, 2, dtype: x.dtype)), "v", "i"),
        new Idiom("", (Written.Of(x => torch.ones(4, 3, dtype: x.dtype)), ["v"]), (Written.Of(x => x.select(1, 0).mul_(2.0)), ["t0"]), (Written.Of((x, y) => y / x), ["t0", "v"])), No(x => x.transpose(1, 2).reshape(x.shape[0], 2, 3), "w"), No(x => x.transpose(1, 2).reshape(-1, 3, 2), "w"), No(x => torch.cat(x.unbind(0), 0), "v"),
        No(x => torch.cat(x.unsqueeze(1).unbind(0), -1), "v"), No((x, y) => x * y, "v", "s"), No((x, y) => torch.nn.functional.one_hot((x * 0.0).to(ScalarType.Int64) + (x > 0.0).to(ScalarType.Int64), 2), "v", "v"),
    ];

    private static Idiom Of(string claim, Func<Tensor, Tensor> code, string operand, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(code))] string text = "") => new(claim, (Written.Of(code, text), [operand]));

    private static Idiom Of(string claim, Func<Tensor, Tensor, Tensor> code, string x, string y, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(code))] string text = "") => new(claim, (Written.Of(code, text), [x, y]));

    private static Idiom Of(string claim, Func<Tensor, Tensor, Tensor, Tensor> code, string x, string y, string z, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(code))] string text = "") => new(claim, (Written.Of(code, text), [x, y, z]));

    private static Idiom No(Func<Tensor, Tensor> code, string operand, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(code))] string text = "") => Of("", code, operand, text);

    private static Idiom No(Func<Tensor, Tensor, Tensor> code, string x, string y, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(code))] string text = "") => Of("", code, x, y, text);

    private static Idiom No(Func<Tensor, Tensor, Tensor, Tensor> code, string x, string y, string z, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(code))] string text = "") => Of("", code, x, y, z, text);
}
