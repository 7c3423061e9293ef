using E3Gen.Generator.Model;

namespace E3Gen.Generator.Planning;

/// <summary>Plans linear maps: one path for every pair of equal irreps, input outer and output inner as in e3nn, divided by the root of its fan-in.</summary>
public static class LinearPlanner
{
    public const int Input = 0, Weights = 1, Output = 2;

    public static MultilinearPlan Plan(Irreps input, Irreps output)
    {
        var weights = new List<Segment>();
        var paths = new List<PlanPath>();
        int offset = 0;
        for (int i = 0; i < input.Count; i++)
        {
            for (int o = 0; o < output.Count; o++)
            {
                if (input[i].Irrep != output[o].Irrep || input[i].Multiplicity == 0 || output[o].Multiplicity == 0)
                {
                    continue;
                }

                int fanIn = input.Where(e => e.Irrep == output[o].Irrep).Sum(e => e.Multiplicity);
                var block = new Segment(offset, new[] { input[i].Multiplicity, output[o].Multiplicity }.ToEquatable(), null);
                var slots = new[] { new Slot(i, "u"), new Slot(weights.Count, "uw"), new Slot(o, "w") };
                var degrees = new[] { input[i].Irrep.L, output[o].Irrep.L };
                paths.Add(new PlanPath(slots.ToEquatable(), new Coupling(degrees.ToEquatable()), Surd.Sqrt(1, fanIn)));
                weights.Add(block);
                offset += block.Length;
            }
        }

        var operands = new[]
        {
            new Operand("x", BilinearPlanner.Segments(input)),
            new Operand("W", weights.ToEquatable()),
            new Operand("out", BilinearPlanner.Segments(output)),
        };
        return new MultilinearPlan(operands.ToEquatable(), paths.ToEquatable(), Output);
    }
}
