using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static E3Gen.Flow.Tests.RandomPrograms.Operations.Table;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Operations;

/// <summary>Arithmetic of two and three tensors, comparisons and choices.</summary>
internal static class Arithmetic
{
    public static readonly IReadOnlyList<Operation> All =
    [
        Two(Want1.Alike, (x, y) => x + y), Two(Want1.Alike, (x, y) => x - y), Two(Want1.Alike, (x, y) => x.add(y)), Two(Want1.Alike, (x, y) => torch.sub(x, y)),
        Two(Want1.Alike, (x, y) => torch.add(x, y)), Two(Want1.Alike, (x, y) => x - y), Two(Want1.Alike, (x, y) => x + y),
        Two(Want1.Broadcasts, (x, y) => x + y), Two(Want1.Broadcasts, (x, y) => x - y), Two(Want1.Broadcasts, (x, y) => x * y),
        Two(Want1.Broadcasts, (x, y) => x.mul(y)), Two(Want1.Broadcasts, (x, y) => torch.mul(x, y)), Two(Want1.Scalar, (x, y) => x * y),
        Two(Want1.Scalar, (x, y) => y * x), Two(Want1.Scalar, (x, y) => x * y.sigmoid()), Two(Want1.Scalar, (x, y) => x / (y.abs() + 1.0)),
        Two(Want1.Invariant, (x, y) => x * y), Two(Want1.Invariant, (x, y) => x * y.unsqueeze(-1)), Two(Want1.Invariant, (x, y) => y.unsqueeze(-1) * x),
        Two(Want1.Invariant, (x, y) => x * y.mean()), Two(Want1.Invariant, (x, y) => x / (1.0 + y.square().sum())), Two(Want1.Broadcasts, (x, y) => x / y),
        Two(Want1.Broadcasts, (x, y) => x / (y.square() + 1.0)), Two(Want1.Broadcasts, (x, y) => torch.maximum(x, y)),
        Two(Want1.Alike, (x, y) => torch.minimum(x, y)), Two(Want1.Broadcasts, (x, y) => torch.where(x > y, x, y)), Two(Want1.Broadcasts, (x, y) => x > y),
        Two(Want1.Broadcasts, (x, y) => x.ge(y)), Two(Want1.Alike, (x, y) => torch.atan2(x, y)), Two(Want1.Alike, (x, y) => torch.hypot(x, y)),
        Two(Want1.BroadcastMask, (x, y) => torch.where(y, x, torch.zeros_like(x))), Two(Want1.BroadcastMask, (x, y) => torch.where(y, x, -x)),
        Two(Want1.BroadcastMask, (x, y) => x * y.to(x.dtype)), Two(Want1.BroadcastMask, (x, y) => x * y),
        Two(Want1.BroadcastMask, (x, y) => x.masked_fill(y, 0.0)), Two(Want1.BroadcastMask, (x, y) => x.masked_fill(y, 1.0)),
        Two(Want1.Mask, (x, y) => x.masked_fill(y.unsqueeze(-1), 0.0)), Two(Want1.Mask, (x, y) => torch.where(y.unsqueeze(-1), x, 2.0 * x)),
        Two(Want1.Mask, Want1.Mask, (x, y) => x.logical_and(y)), Two(Want1.Mask, Want1.Mask, (x, y) => x | y), One(Want1.Mask, x => x.logical_not()),
        One(Want1.Mask, x => ~x), One(Want1.Mask, x => x.to(ScalarType.Float64)), Three(Want1.Alike, Want1.BroadcastMask, (x, y, z) => torch.where(z, x, y)),
        Three(Want1.Alike, Want1.Broadcasts, (x, y, z) => torch.where(z > 0.0, x, y)), Three(Want1.Alike, Want1.Broadcasts, (x, y, z) => torch.lerp(x, y, z)),
        Three(Want1.Alike, Want1.Broadcasts, (x, y, z) => x.addcmul(y, z, 1.0)), Three(Want1.Alike, Want1.Scalar, (x, y, z) => x + y * z),
        Three(Want1.Alike, Want1.Scalar, (x, y, z) => z * x + (1.0 - z) * y),
        Three(Want1.Alike, Want1.Broadcasts, (x, y, z) => x.addcdiv(y, z.square() + 1.0, 0.5)),
        Drawn(Want1.Alike, d => { double c = d.Number(); return Written.Of((x, y) => x.add(y, c)); }),
        Drawn(Want1.Alike, d => { double c = d.Number(); return Written.Of((x, y) => torch.lerp(x, y, c)); }),
        Drawn(Want1.Alike, d => { double c = d.Number(), b = d.Number(); return Written.Of((x, y) => c * x + b * y); }),
        Drawn(Want1.Alike, d => { double c = d.Pick(0.25, 0.5, 2.0), b = 1 - c; return Written.Of((x, y) => x * c + y * b); }),
    ];
}
