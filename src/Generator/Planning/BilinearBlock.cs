using E3Gen.Generator.Model;

namespace E3Gen.Generator.Planning;

/// <summary>
/// Paths that the portable backend evaluates together: all that read one segment of the first input and, unless the second input has single copies only, one segment of the second.
/// </summary>
/// <param name="Input1">Segment of the first input.</param>
/// <param name="Input2">Segment of the second input; null where the block reads its whole row.</param>
/// <param name="Copies">Copies v of the second input's segment.</param>
/// <param name="Paths">Indices of the plan's paths, in order of their weights.</param>
/// <param name="IsElementwise">Every path multiplies copy by copy with its own weight (uvu, v = 1): weights can be applied to the whole block.</param>
public sealed record BilinearBlock(int Input1, int? Input2, int Copies, EquatableArray<int> Paths, bool IsElementwise)
{
    public static EquatableArray<BilinearBlock> Of(MultilinearPlan plan)
    {
        var paths = Enumerable.Range(0, plan.Paths.Count).ToList();
        int Segment(int path, int operand) => plan.Paths[path].Slots[operand].Segment;
        int Copies(int path) => plan.Operands[BilinearPlanner.Input2].Segments[Segment(path, BilinearPlanner.Input2)].Multiplicity;

        var blocks = new List<BilinearBlock>();
        foreach (var byInput1 in paths.GroupBy(p => Segment(p, BilinearPlanner.Input1)).OrderBy(g => g.Key))
        {
            bool elementwise = byInput1.All(p => Copies(p) == 1 && plan.Paths[p].Slots[BilinearPlanner.Weights].Indices == "uv" && plan.Paths[p].Slots[BilinearPlanner.Output].Indices == "u");
            if (byInput1.All(p => Copies(p) == 1))
            {
                blocks.Add(new BilinearBlock(byInput1.Key, null, 1, byInput1.ToEquatable(), elementwise));
                continue;
            }

            foreach (var byInput2 in byInput1.GroupBy(p => Segment(p, BilinearPlanner.Input2)).OrderBy(g => g.Key))
            {
                blocks.Add(new BilinearBlock(byInput1.Key, byInput2.Key, Copies(byInput2.First()), byInput2.ToEquatable(), false));
            }
        }

        return blocks.ToEquatable();
    }
}
