using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static E3Gen.Flow.Tests.RandomPrograms.Operations.Table;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Operations;

/// <summary>
/// Operations that rarely find operands that fit, with such operands: else few programs that are proven would have them. What no rule knows (<c>unfold</c>, <c>empty_like</c>,
/// <c>Dictionary.TryGetValue</c>, a gradient through an autograd function of one's own) is never proven where it matters, and stays among the programs to show that.
/// </summary>
internal static class Seldom
{
    public static readonly IReadOnlyList<Operation> All =
    [
        One(x => (x.norm(-1) > 0.5).logical_and(x.norm(-1) < 2.0).to(x.dtype)), One(x => torch.bucketize(x.norm(-1), torch.tensor(new[] { 0.5, 1.0, 2.0 })).to(x.dtype)),
        One(x => x.mm(x.t()).mv(x.norm(-1))), One(x => torch.outer(x.norm(-1), x.norm(-1))), One(x => torch.addmm(x, x.mm(x.t()), x, 1.0f, 1.0f)),
        One(x => torch.baddbmm(x.unsqueeze(0), x.mm(x.t()).unsqueeze(0), x.unsqueeze(0), 1.0f, 1.0f)), One(x => x.unfold(0, 2, 1).sum(-1)),
        One(x => torch.nn.functional.one_hot(torch.arange(x.size(0)), x.size(0)).to(x.dtype).mm(x)), One(x => torch.empty_like(x).copy_(x)),
        One(x => x.index(TensorIndex.Tensor(torch.arange(x.size(0))))), One(x => x.index_copy(0, torch.arange(x.size(0)), x * 2.0)),
        One(x => x.clone().index_copy_(0, torch.arange(x.size(0)), x * 2.0)), One(x => torch.zeros_like(x).scatter_add_(0, torch.arange(x.size(0)).unsqueeze(-1).expand(-1, x.size(-1)), x)),
        One(x => x.unsqueeze(0).squeeze_(0)), One(x => torch.nn.functional.dropout(x, 0.5, training: false)), One(x => torch.rand_like(x) * 0.0),
        One(x => torch.take(x.norm(-1).flatten(), torch.arange(x.size(0))).mean() * x), One(x => (x.norm(-1) > 0.5).nonzero().to(x.dtype).sum() * x), One(x => x.norm(-1).nonzero().to(x.dtype)),
        One(x => torch.zeros(x.size(0), dtype: x.dtype).index_put_(x.norm(-1), torch.arange(x.size(0))).mean() * x),
        One(x => x.norm(-1).flatten().take(torch.arange(x.size(0))).sum() * x), One(x => torch.ones(x.size(0), dtype: x.dtype).index_put_(x.norm(-1), torch.arange(x.size(0))).sum() * x),
    ];
}
