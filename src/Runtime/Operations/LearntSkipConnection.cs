using System.ComponentModel;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>
/// The sum of a layer's self-connection and its update with a learnt factor, <c>self + α · update</c> (De and Smith, arXiv 2002.10444); columns that the self-connection does not reach take the update
/// alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LearntSkipConnection
{
    private static readonly Scalar One = 1.0;

    private readonly ConstantTable _self, _alone;
    private readonly bool _isMixed;

    /// <summary>Describes the columns.</summary>
    /// <param name="runs">Numbers of columns and whether the self-connection reaches them.</param>
    public LearntSkipConnection(params (int Columns, bool HasSelf)[] runs)
    {
        double[] self = [.. runs.SelectMany(r => Enumerable.Repeat(r.HasSelf ? 1.0 : 0.0, r.Columns))];
        (_self, _alone) = (new ConstantTable(self, self.Length), new ConstantTable([.. self.Select(s => 1 - s)], self.Length));
        _isMixed = self.Contains(0);
    }

    /// <summary>Adds both.</summary>
    /// <param name="self">[rows, columns], zero where the self-connection has no path.</param>
    /// <param name="update">[rows, columns].</param>
    /// <param name="alpha">[rows, 1].</param>
    public Tensor Apply(Tensor self, Tensor update, Tensor alpha)
    {
        Tensor factor = _isMixed ? alpha.mul(_self.Like(alpha)).add(_alone.Like(alpha), One) : alpha;
        return update.mul(factor).add(self, One);
    }
}
