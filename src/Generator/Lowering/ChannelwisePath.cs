using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Lowering;

/// <summary>
/// A tensor product whose outputs keep the copies of the first input apart (modes uvu, with weights or without), as paths with one copy of the second input each:
/// <c>z[k,u] += Scale · w[u] Σ C[i,j,k] x[i,u] y[j]</c>. This is what channelwise CPU kernels read.
/// </summary>
/// <param name="Path">The product's path.</param>
/// <param name="Column">First column of y.</param>
/// <param name="Weight">First column of the weights; −1 for none.</param>
/// <param name="WeightStep">Columns from the weight of one copy u to that of the next.</param>
internal readonly record struct ChannelwisePath(ProductPath Path, int Column, int Weight, int WeightStep)
{
    /// <summary>The paths; null where a path mixes or pairs copies.</summary>
    public static IReadOnlyList<ChannelwisePath>? Of(SegmentedPolynomial product)
    {
        var result = new List<ChannelwisePath>();
        foreach (var path in ProductPath.Of(product))
        {
            if (path.X.Indices != "u" || path.Y.Indices != "v" || path.Z.Indices != "u" || (path.W is { } weights && weights.Indices != "uv"))
            {
                return null;
            }

            var y = path.YSegment;
            for (int v = 0; v < y.Multiplicity; v++)
            {
                result.Add(new ChannelwisePath(path, y.Offset + (v * y.Components), path.WSegment is { } w ? w.Offset + v : -1, y.Multiplicity));
            }
        }

        return result;
    }
}
