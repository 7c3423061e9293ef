using System.ComponentModel;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>
/// The weighted sum of a layer's self-connection and its update, <c>sin(π/8) · self + cos(π/8) · update</c>, which keeps variance; columns
/// that the self-connection does not reach take the update alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SkipConnection
{
    private static readonly Scalar Sine = Math.Sin(Math.PI / 8);
    private static readonly Scalar One = 1.0;

    private readonly ColumnScale _update;

    /// <summary>Describes the columns.</summary>
    /// <param name="runs">Numbers of columns and whether the self-connection reaches them.</param>
    public SkipConnection(params (int Columns, bool HasSelf)[] runs) =>
        _update = new ColumnScale([.. runs.Select(r => (r.Columns, r.HasSelf ? Math.Cos(Math.PI / 8) : 1.0))]);

    /// <summary>Adds both.</summary>
    /// <param name="self">[rows, columns], zero where the self-connection has no path.</param>
    /// <param name="update">[rows, columns].</param>
    public Tensor Apply(Tensor self, Tensor update) => _update.Apply(update).add(self.mul(Sine), One);
}
