using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>A constant list of indices on whatever device an argument is.</summary>
internal sealed class ConstantIndex(long[] values)
{
    private readonly ConcurrentDictionary<(DeviceType Device, int Index), Lazy<Tensor>> _tensors = new();

    public Tensor On(Tensor other) => _tensors.GetOrAdd(
        (other.device_type, other.device_index), static (key, self) => new Lazy<Tensor>(() => self.Create(key)), this).Value;

    private Tensor Create((DeviceType Device, int Index) key)
    {
        using var inference = inference_mode(false);
        return tensor(values, device: CPU).to(new Device(key.Device, key.Index)).DetachFromDisposeScope();
    }
}
