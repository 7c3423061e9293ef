using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static E3Gen.Flow.Tests.RandomPrograms.Operations.Table;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Operations;

/// <summary>New tensors; their shape is that of one that there is.</summary>
internal static class Factories
{
    public static readonly IReadOnlyList<Operation> All =
    [
        One(x => torch.zeros_like(x)), One(x => torch.ones_like(x)), One(x => x.new_zeros(x.shape)), One(x => torch.zeros(x.shape, dtype: x.dtype)),
        One(x => torch.zeros(x.size(0), 3, dtype: ScalarType.Float64)), One(x => torch.ones(x.size(0), 1, dtype: ScalarType.Float64)),
        One(x => torch.eye(x.size(-1), dtype: ScalarType.Float64)), One(x => torch.arange(x.size(0)).to(ScalarType.Float64)), One(x => torch.arange(x.size(0))),
        One(x => x.new_ones(x.size(0))), One(x => torch.linspace(0.0, 1.0, x.size(-1), dtype: ScalarType.Float64)),
        One(x => torch.zeros(1, dtype: ScalarType.Float64)), One(x => torch.empty_like(x).zero_()),
        Drawn(d => { double c = d.Number(); return Written.Of(x => torch.full_like(x, c)); }),
        Drawn(d => { double c = d.Number(); return Written.Of(x => torch.full(x.shape, c, dtype: ScalarType.Float64)); }),
        Drawn(d => { double c = d.Number(); return Written.Of(x => x * torch.tensor(c)); }),
        Drawn(d => { double c = d.Number(); return Written.Of(x => x + torch.tensor(c)); }),
        Drawn(d => { double[] c = [d.Number(), d.Number(), d.Number()]; return Written.Of(x => x * torch.tensor(c)); }),
        Drawn(d => { double[] c = [d.Number(), d.Number(), d.Number()]; return Written.Of(x => x + torch.tensor(c)); }),
        Drawn(d => { double[] c = [d.Number(), 0.0, 0.0]; return Written.Of(x => torch.tensor(c)); }),
        One(x => x.new_full(x.shape, 1.0)), One(x => torch.rand_like(x)), One(x => torch.nn.functional.dropout(x, 0.5)),
        One(x => torch.tensor(x.sum().item<double>())), One(x => torch.tensor(x.shape).to(ScalarType.Float64)),
        One(x => torch.full(new long[] { 2 }, x.norm().item<double>(), dtype: ScalarType.Float64)),
        One(x => torch.tensor(x.data<double>().ToArray()).reshape(x.shape)), One(x => torch.diag_embed(x)), One(x => torch.diag(x)),
    ];
}
