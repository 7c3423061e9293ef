using System.ComponentModel;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Channels, an axis before that of the irreps, as columns side by side. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Channels
{
    /// <summary>[..., channels, columns] → [..., channels · columns].</summary>
    /// <param name="x">At least two axes.</param>
    public static Tensor Join(Tensor x) => x.flatten(-2, -1);

    /// <summary>[..., channels · columns] → [..., channels, columns].</summary>
    /// <param name="y">At least one axis.</param>
    /// <param name="channels">Number of channels.</param>
    /// <param name="columns">Columns of each.</param>
    public static Tensor Split(Tensor y, int channels, int columns) => y.reshape([.. y.shape[..^1], channels, columns]);
}
