using E3Gen.Polynomials;

namespace E3Gen.Generator.Planning;

/// <summary>Plans linear maps: one path for every pair of equal irreps, input outer and output inner as in e3nn, divided by the square root of its fan-in.</summary>
public static class LinearPlanner
{
    public static SegmentedPolynomial Plan(Irreps input, Irreps output)
    {
        var blocks = new List<EquatableArray<int>>();
        var paths = new List<Path>();
        for (int i = 0; i < input.Count; i++)
        {
            for (int o = 0; o < output.Count; o++)
            {
                if (input[i].Irrep != output[o].Irrep || input[i].Multiplicity == 0 || output[o].Multiplicity == 0)
                {
                    continue;
                }

                int fanIn = input.Where(e => e.Irrep == output[o].Irrep).Sum(e => e.Multiplicity);
                var factors = new[] { new Slot(0, i, "u"), new Slot(1, blocks.Count, "uw") };
                paths.Add(new Path(factors.ToEquatable(), new Slot(0, o, "w"), Coefficients.Identity(input[i].Irrep.L), Surd.Sqrt(1, fanIn)));
                blocks.Add(new[] { input[i].Multiplicity, output[o].Multiplicity }.ToEquatable());
            }
        }

        return new SegmentedPolynomial([Operand.Of("x", input), Operand.OfWeights("W", blocks, RowSource.Shared)], [Operand.Of("y", output)], paths);
    }
}
