using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Lowering;

/// <summary>
/// Paths that the portable backend evaluates together: all that read one segment of the first input and, unless the second input has single copies only, one segment of the second.
/// </summary>
/// <param name="Input1">Segment of the first input.</param>
/// <param name="Input2">Segment of the second input; null where the block reads its whole row.</param>
/// <param name="Copies">Copies v of the second input's segment.</param>
/// <param name="Paths">Indices of the product's paths, in order of their weights.</param>
/// <param name="IsElementwise">Every path multiplies copy by copy with its own weight (uvu, v = 1): weights can be applied to the whole block.</param>
public sealed record PortableBlock(int Input1, int? Input2, int Copies, EquatableArray<int> Paths, bool IsElementwise)
{
    public static EquatableArray<PortableBlock> Of(SegmentedPolynomial product)
    {
        var paths = ProductPath.Of(product);
        var blocks = new List<PortableBlock>();
        foreach (var byInput1 in Enumerable.Range(0, paths.Count).GroupBy(p => paths[p].X.Segment).OrderBy(g => g.Key))
        {
            bool single = byInput1.All(p => paths[p].YSegment.Multiplicity == 1);
            if (single)
            {
                bool elementwise = byInput1.All(p => paths[p].W is { Indices: "uv" } && paths[p].Z.Indices == "u");
                blocks.Add(new PortableBlock(byInput1.Key, null, 1, byInput1.ToEquatable(), elementwise));
                continue;
            }

            foreach (var byInput2 in byInput1.GroupBy(p => paths[p].Y.Segment).OrderBy(g => g.Key))
            {
                blocks.Add(new PortableBlock(byInput1.Key, byInput2.Key, paths[byInput2.First()].YSegment.Multiplicity, byInput2.ToEquatable(), false));
            }
        }

        return blocks.ToEquatable();
    }
}
