using E3Gen.Generator.Model;

namespace E3Gen.Generator.Planning;

/// <summary>
/// A product whose rows share weights that mix all copies (mode uvw) as two steps that CPU kernels have: couple each copy of y by itself, with the copies of x side by side, and mix what
/// comes out linearly, <c>out[k,w] = Σ_v Σ_u W[u,v,w] z_v[k,u]</c>.
/// </summary>
/// <param name="Terms">The segments z_v of all paths: the path, y's column, the first of the weights and how many there are from copy u to the next.</param>
/// <param name="Segments">Copies and degree of each.</param>
internal sealed record MixedProduct(IReadOnlyList<(PlanPath Path, int Column, int Weight, int WeightStep)> Terms, IReadOnlyList<(int Copies, int L)> Segments)
{
    /// <summary>Beyond so many copies of y the segments are more than what contracting all copies at once needs.</summary>
    private const int MostCopies = 8;

    /// <summary>The steps; null for products that are not of this kind.</summary>
    public static MixedProduct? Of(MultilinearPlan plan, WeightKind weights)
    {
        if (plan.Paths.Count == 0 || weights == WeightKind.PerSample)
        {
            return null;
        }

        var terms = new List<(PlanPath, int, int, int)>();
        var segments = new List<(int, int)>();
        foreach (var path in plan.Paths)
        {
            var (slot1, slot2, slotW, slotOut) = (path.Slots[BilinearPlanner.Input1], path.Slots[BilinearPlanner.Input2], path.Slots[BilinearPlanner.Weights], path.Slots[BilinearPlanner.Output]);
            if (slotW.Segment < 0 || slotW.Indices != "uvw")
            {
                return null;
            }

            var (x, y, output) = (plan.Operands[BilinearPlanner.Input1].Segments[slot1.Segment], plan.Operands[BilinearPlanner.Input2].Segments[slot2.Segment], plan.Operands[BilinearPlanner.Output].Segments[slotOut.Segment]);
            if (y.Multiplicity > MostCopies)
            {
                return null;
            }

            int weight = plan.Operands[BilinearPlanner.Weights].Segments[slotW.Segment].Offset;
            for (int v = 0; v < y.Multiplicity && x.Multiplicity > 0 && output.Multiplicity > 0; v++)
            {
                terms.Add((path, y.Offset + (v * y.Components), weight + (v * output.Multiplicity), y.Multiplicity * output.Multiplicity));
                segments.Add((x.Multiplicity, output.Irrep!.Value.L));
            }
        }

        return terms.Count == 0 ? null : new MixedProduct(terms, segments);
    }
}
