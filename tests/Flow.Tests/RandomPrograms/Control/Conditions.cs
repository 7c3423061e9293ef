using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Control;

/// <summary>Conditions on tensors. Whether one depends on the frame is up to the tensor.</summary>
internal static class Conditions
{
    private static readonly Func<Operands, Written<bool>>[] All =
    [
        d => { long n = d.Pick(1, 2, 3); return Written.Of(x => x.dim() > n); },
        d => { long n = d.Pick(1, 2, 3); return Written.Of(x => x.shape[0] >= n); },
        d => { long n = d.Pick(2, 10, 20); return Written.Of(x => x.numel() < n); },
        d => { double c = d.Pick(0.0, 1.0); return Written.Of(x => x.sum().item<double>() > c); },
        d => { double c = d.Pick(0.5, 2.0); return Written.Of(x => x.norm().item<double>() > c); },
        d => { double c = d.Pick(0.5, 2.0); return Written.Of(x => x.norm(-1).max().ToDouble() < c); },
        d => { double c = d.Pick(0.0, 0.5); return Written.Of(x => x.flatten()[0].item<double>() > c); },
        d => { double c = d.Pick(1.0, 2.0); return Written.Of(x => torch.any(x > c).item<bool>()); },
        d => { double c = d.Pick(1.0, 2.0); return Written.Of(x => (x.abs() < c).all().item<bool>()); },
        d => { double c = d.Pick(0.0, 1.0); return Written.Of(x => (double)x.mean() > c); },
        d => Written.Of(x => x.isfinite().all().item<bool>()),
        d => Written.Of(x => x.data<double>()[0] > 0),
        d => Written.Of(x => x.argmax().item<long>() % 2 == 0),
        d => Written.Of(x => x.requires_grad),
        d => Written.Of(x => x.dtype == ScalarType.Float64 && x.is_contiguous()),
    ];

    public static Written<bool> Draw(Dice dice, Value value) => dice.Pick(All)(new Operands(dice, [value]));
}
