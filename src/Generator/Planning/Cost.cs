namespace E3Gen.Generator.Planning;

/// <summary>Floating-point operations of a plan, a row, counting a multiply-add as two and only non-zero coefficients.</summary>
internal static class Cost
{
    public static long Linear(MultilinearPlan plan) =>
        plan.Paths.Sum(p => 2L * plan.Operands[LinearPlanner.Weights].Segments[p.Slots[LinearPlanner.Weights].Segment].Length * (2 * p.Coupling.Degrees[0] + 1));

    public static long Bilinear(MultilinearPlan plan) => plan.Paths.Sum(path =>
    {
        var l = path.Coupling.Degrees;
        long terms = Wigner3j.Nonzero(l[0], l[1], l[2]).Count;
        long pairs = new[] { BilinearPlanner.Input1, BilinearPlanner.Input2 }
            .GroupBy(o => path.Slots[o].Indices)
            .Aggregate(1L, (product, g) => product * plan.Operands[g.First()].Segments[path.Slots[g.First()].Segment].Multiplicity);
        long weighted = path.Slots[BilinearPlanner.Weights] is { Segment: >= 0 } slot
            ? 2L * plan.Operands[BilinearPlanner.Weights].Segments[slot.Segment].Length * (2 * l[2] + 1)
            : 0;
        return 2 * terms * pairs + weighted;
    });
}
