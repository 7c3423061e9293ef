using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static E3Gen.Flow.Tests.RandomPrograms.Operations.Table;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Operations;

/// <summary>Functions of every single number.</summary>
internal static class Pointwise
{
    /// <summary>Linear ones, which keep whatever there is.</summary>
    public static readonly IReadOnlyList<Operation> Odd =
    [
        One(x => -x), One(x => x.neg()), One(x => x.clone()), One(x => x.contiguous()), One(x => x.detach()), One(x => x.alias()), One(x => torch.neg(x)),
        One(x => x.positive()), One(x => x.negative()), One(x => x.to(x.device)), One(x => x.cpu()), One(x => x.deg2rad()),
        Drawn(d => { double c = d.Number(); return Written.Of(x => x * c); }),
        Drawn(d => { double c = d.Number(); return Written.Of(x => c * x); }),
        Drawn(d => { double c = d.Number(); return Written.Of(x => x / c); }),
        Drawn(d => { double c = d.Number(); return Written.Of(x => x.mul(c)); }),
        Drawn(d => { double c = d.Number(); return Written.Of(x => x.div(c)); }),
        Drawn(d => { double c = d.Number(); return Written.Of(x => x.multiply(c)); }),
    ];

    public static readonly IReadOnlyList<Operation> Other =
    [
        One(x => x.tanh()), One(x => x.sin()), One(x => x.asinh()), One(x => x.atan()), One(x => x.erf()), One(x => x.sign()), One(x => x.trunc()),
        One(x => x.round()), One(x => x.frac()), One(x => x.sgn()), One(x => x.abs()), One(x => x.cos()), One(x => x.square()), One(x => x.cosh()),
        One(x => x.sinh()), One(x => torch.abs(x)), One(x => x.reciprocal()), One(x => 1.0 / x), One(x => x.relu()), One(x => torch.nn.functional.relu(x)),
        One(x => torch.nn.functional.silu(x)), One(x => torch.nn.functional.gelu(x)), One(x => x.exp()), One(x => torch.exp(-x)), One(x => x.expm1()),
        One(x => x.sigmoid()), One(x => torch.sigmoid(x)), One(x => torch.nn.functional.softplus(x)), One(x => torch.nn.functional.elu(x, 1.0)),
        One(x => torch.nn.functional.leaky_relu(x, 0.1)), One(x => x.floor()), One(x => x.ceil()), One(x => x.abs().sqrt()),
        One(x => (x.square() + 1.0).rsqrt()), One(x => (x.abs() + 1.0).log()), One(x => x.square().log1p()), One(x => torch.nn.functional.tanhshrink(x)),
        One(x => torch.nn.functional.softsign(x)), One(x => torch.nn.functional.mish(x)), One(x => torch.nn.functional.hardsigmoid(x)),
        One(x => torch.nn.functional.logsigmoid(x)), One(x => x.nan_to_num()), One(x => torch.nn.functional.relu6(x)), One(x => x.erfc()),
        One(x => torch.nn.functional.selu(x)), One(x => torch.nn.functional.celu(x, 1.0)), One(x => torch.nn.functional.hardswish(x)), One(x => x.exp2()),
        One(x => x.sinc()), One(x => x.tan()), One(x => x.logical_not().to(ScalarType.Float64)), One(x => x.isnan().to(ScalarType.Float64)),
        One(x => x.isfinite().to(ScalarType.Float64)),
        Drawn(d => { double c = d.Number(); return Written.Of(x => x + c); }),
        Drawn(d => { double c = d.Number(); return Written.Of(x => c - x); }),
        Drawn(d => { double c = d.Number(); return Written.Of(x => x.add(c)); }),
        Drawn(d => { double c = d.Number(); return Written.Of(x => x.sub(c)); }),
        Drawn(d => { int n = d.Pick(2, 3, 4); return Written.Of(x => x.pow(n)); }),
        Drawn(d => { double c = d.Pick(0.5, 1.5, 2.0); return Written.Of(x => x.abs().pow(c)); }),
        Drawn(d => { double c = d.Pick(0.5, 1.0); return Written.Of(x => x.clamp(-c, c)); }),
        Drawn(d => { double c = d.Pick(0.1, 1.0); return Written.Of(x => x.clamp_min(c)); }),
        Drawn(d => { double c = d.Pick(0.1, 1.0); return Written.Of(x => x.clamp(0.0, c)); }),
        Drawn(d => { double c = d.Pick(0.5, 1.0); return Written.Of(x => x.clamp_max(c)); }),
        Drawn(d => { double c = d.Pick(0.5, 2.0); return Written.Of(x => x.remainder(c)); }),
        Drawn(d => { double c = d.Pick(0.0, 0.5, 1.0); return Written.Of(x => (x > c).to(ScalarType.Float64)); }),
        Drawn(d => { double c = d.Pick(0.0, 0.5, 1.0); return Written.Of(x => x.lt(c).to_type(ScalarType.Float64)); }),
        Drawn(d => { double c = d.Pick(0.0, 0.5, 1.0); return Written.Of(x => x > c); }),
        Drawn(d => { double c = d.Pick(0.0, 0.5, 1.0); return Written.Of(x => x.le(c)); }),
        Drawn(d => { double c = d.Pick(0.0, 1.0); return Written.Of(x => x.masked_fill(x > c, 0.0)); }),
        Drawn(d => { double c = d.Pick(0.0, 1.0); return Written.Of(x => torch.where(x > c, x, torch.zeros_like(x))); }),
        Drawn(d => { double c = d.Pick(0.0, 1.0); return Written.Of(x => torch.nn.functional.threshold(x, c, 0.0)); }),
    ];
}
