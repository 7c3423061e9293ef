using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>
/// Constant numbers of a kernel as a tensor of whatever dtype and device an argument has. Made at first use and kept outside of modules,
/// because every tensor in a module's field would become part of its state dict.
/// </summary>
internal sealed class ConstantTable(double[] values, params long[] shape)
{
    private readonly ConcurrentDictionary<(ScalarType Type, DeviceType Device, int Index), Lazy<Tensor>> _tensors = new();

    /// <summary>The table in the dtype and on the device of <paramref name="like"/>.</summary>
    public Tensor Like(Tensor like) => _tensors.GetOrAdd(
        (like.dtype, like.device_type, like.device_index), static (key, self) => new Lazy<Tensor>(() => self.Create(key)), this).Value;

    private Tensor Create((ScalarType Type, DeviceType Device, int Index) key)
    {
        using var grad = no_grad(); // a constant made inside a user's inference_mode or graph belongs to neither
        using var inference = inference_mode(false);
        return tensor(values, shape, float64, CPU).to(key.Type).to(new Device(key.Device, key.Index)).DetachFromDisposeScope();
    }
}
