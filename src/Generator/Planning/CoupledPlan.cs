using E3Gen.Generator.Model;

namespace E3Gen.Generator.Planning;

/// <summary>
/// A bilinear plan whose outputs keep the copies of the first input apart (modes uvu, with weights or without), as paths with one copy of the second input each:
/// <c>z[k,u] += Scale · w[u] Σ C[i,j,k] x[i,u] y[j]</c>. This is what CPU kernels read.
/// </summary>
/// <param name="Path">The plan's path.</param>
/// <param name="Column">First column of y.</param>
/// <param name="Weight">First column of the weights; −1 for none.</param>
/// <param name="WeightStep">Columns from the weight of one copy u to that of the next.</param>
internal readonly record struct CoupledPlanPath(PlanPath Path, int Column, int Weight, int WeightStep)
{
    /// <summary>The paths; null where a path mixes or pairs copies.</summary>
    public static IReadOnlyList<CoupledPlanPath>? Of(MultilinearPlan plan)
    {
        var result = new List<CoupledPlanPath>();
        foreach (var path in plan.Paths)
        {
            var weights = path.Slots[BilinearPlanner.Weights];
            if (path.Slots[BilinearPlanner.Input1].Indices != "u" || path.Slots[BilinearPlanner.Input2].Indices != "v" || path.Slots[BilinearPlanner.Output].Indices != "u"
                || (weights.Segment >= 0 && weights.Indices != "uv"))
            {
                return null;
            }

            var y = plan.Operands[BilinearPlanner.Input2].Segments[path.Slots[BilinearPlanner.Input2].Segment];
            int weight = weights.Segment < 0 ? -1 : plan.Operands[BilinearPlanner.Weights].Segments[weights.Segment].Offset;
            for (int v = 0; v < y.Multiplicity; v++)
            {
                result.Add(new CoupledPlanPath(path, y.Offset + (v * y.Components), weight < 0 ? -1 : weight + v, y.Multiplicity));
            }
        }

        return result;
    }
}
