using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Tests.Plans;

/// <summary>What a <see cref="MultilinearPlan"/> means, in loops: the definition that every backend must agree with.</summary>
internal static class PlanInterpreter
{
    /// <summary>The gradient of the form by its result operand, for one row.</summary>
    /// <param name="plan">The form.</param>
    /// <param name="operands">A row of each operand; that of the result is not read.</param>
    public static double[] Evaluate(MultilinearPlan plan, IReadOnlyList<double[]> operands)
    {
        var result = new double[plan.Operands[plan.Result].Dimension];
        foreach (var path in plan.Paths.Where(p => p.Slots[plan.Result].Segment >= 0))
        {
            var extents = Extents(plan, path);
            double scale = path.Scale.ToDouble();
            foreach (var copies in Assignments(extents))
            {
                foreach (var (components, coefficient) in Terms(path.Coupling))
                {
                    double product = scale * coefficient;
                    int target = 0, feature = 0;
                    for (int o = 0; o < plan.Operands.Count; o++)
                    {
                        if (path.Slots[o].Segment < 0)
                        {
                            continue;
                        }

                        var segment = plan.Operands[o].Segments[path.Slots[o].Segment];
                        int component = segment.Irrep is null ? 0 : components[feature++];
                        int column = segment.Offset + (Flatten(path.Slots[o].Indices, copies, extents) * segment.Components) + component;
                        if (o == plan.Result)
                        {
                            target = column;
                        }
                        else
                        {
                            product *= operands[o][column];
                        }
                    }

                    result[target] += product;
                }
            }
        }

        return result;
    }

    /// <summary>How far each multiplicity index of a path runs: the segments with an axis of its own for it know.</summary>
    private static Dictionary<char, int> Extents(MultilinearPlan plan, PlanPath path)
    {
        var extents = new Dictionary<char, int>();
        for (int o = 0; o < plan.Operands.Count; o++)
        {
            if (path.Slots[o].Segment < 0)
            {
                continue;
            }

            var axes = plan.Operands[o].Segments[path.Slots[o].Segment].Multiplicities;
            string indices = path.Slots[o].Indices;
            foreach (var (index, extent) in axes.Count == indices.Length ? indices.Zip(axes) : [])
            {
                Assert.True(extents.TryAdd(index, extent) || extents[index] == extent, $"index {index} runs to {extents[index]} and to {extent}");
            }
        }

        return extents;
    }

    private static IEnumerable<Dictionary<char, int>> Assignments(Dictionary<char, int> extents)
    {
        IEnumerable<Dictionary<char, int>> assignments = [[]];
        foreach (var (index, extent) in extents)
        {
            assignments = assignments.SelectMany(a => Enumerable.Range(0, extent).Select(i => new Dictionary<char, int>(a) { [index] = i }));
        }

        return assignments;
    }

    private static int Flatten(string indices, Dictionary<char, int> copies, Dictionary<char, int> extents) =>
        indices.Aggregate(0, (position, index) => (position * extents[index]) + copies[index]);

    private static IEnumerable<(int[] Components, double Coefficient)> Terms(Coupling coupling) => coupling.Degrees.ToArray() switch
    {
        [var l, var m] when l == m => Enumerable.Range(0, (2 * l) + 1).Select(i => (new[] { i, i }, 1.0)),
        [var l1, var l2, var l3] => Wigner3j.Nonzero(l1, l2, l3).Select(t => (new[] { t.I, t.J, t.K }, t.ToDouble())),
        _ => throw new ArgumentException($"There is no coupling of degrees {string.Join(", ", coupling.Degrees)}."),
    };
}
