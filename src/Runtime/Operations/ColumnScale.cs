using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>A constant factor for each column.</summary>
/// <param name="runs">Numbers of columns and their factors.</param>
internal sealed class ColumnScale(params (int Columns, double Factor)[] runs)
{
    private readonly ConstantTable _factors = new(
        [.. runs.SelectMany(r => Enumerable.Repeat(r.Factor, r.Columns))], runs.Sum(r => r.Columns));

    /// <summary>Multiplies the columns.</summary>
    /// <param name="x">[rows, columns].</param>
    public Tensor Apply(Tensor x) => x.mul(_factors.Like(x));
}
