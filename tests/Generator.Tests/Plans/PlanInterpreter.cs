using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Tests.Plans;

/// <summary>Evaluates plans with nested loops, straight from their definition: the slowest backend, and the judge of the others.</summary>
internal static class PlanInterpreter
{
    /// <summary>One row of the plan's result.</summary>
    /// <param name="plan">The plan; for a derivative, with the operand to derive by as its result.</param>
    /// <param name="operands">A row of every operand; that of the result is not read.</param>
    public static double[] Evaluate(MultilinearPlan plan, double[][] operands)
    {
        var result = new double[plan.Operands[plan.Result].Dimension];
        foreach (var path in plan.Paths)
        {
            Add(plan, path, operands, result);
        }

        return result;
    }

    private static void Add(MultilinearPlan plan, PlanPath path, double[][] operands, double[] result)
    {
        var segments = plan.Operands.Select((o, i) => path.Slots[i].Segment >= 0 ? o.Segments[path.Slots[i].Segment] : null).ToList();
        var extents = new SortedDictionary<char, int>();
        for (int o = 0; o < segments.Count; o++)
        {
            for (int axis = 0; axis < path.Slots[o].Indices.Length; axis++)
            {
                // An axis of a feature segment that carries two indices, uv, counts their products.
                if (segments[o]!.Multiplicities.Count == path.Slots[o].Indices.Length)
                {
                    extents[path.Slots[o].Indices[axis]] = segments[o]!.Multiplicities[axis];
                }
            }
        }

        double scale = path.Scale.ToDouble();
        foreach (var copies in Assignments([.. extents.Keys], [.. extents.Values]))
        {
            foreach (var (components, coefficient) in Coefficients(path.Coupling))
            {
                double product = scale * coefficient;
                int target = -1, feature = 0;
                for (int o = 0; o < segments.Count; o++)
                {
                    if (segments[o] is not { } segment)
                    {
                        continue;
                    }

                    int component = segment.Irrep is null ? 0 : components[feature++];
                    int column = segment.Offset + (Copy(path.Slots[o].Indices, copies, extents) * segment.Components) + component;
                    if (o == plan.Result)
                    {
                        target = column;
                    }
                    else
                    {
                        product *= operands[o][column];
                    }
                }

                if (target >= 0)
                {
                    result[target] += product;
                }
            }
        }
    }

    private static int Copy(string indices, Dictionary<char, int> copies, SortedDictionary<char, int> extents) =>
        indices.Aggregate(0, (copy, index) => (copy * extents[index]) + copies[index]);

    private static IEnumerable<(int[] Components, double Value)> Coefficients(Coupling coupling) => coupling.Degrees.Count == 2
        ? Enumerable.Range(0, (2 * coupling.Degrees[0]) + 1).Select(i => (new[] { i, i }, 1.0))
        : Wigner3j.Nonzero(coupling.Degrees[0], coupling.Degrees[1], coupling.Degrees[2]).Select(t => (new[] { t.I, t.J, t.K }, t.ToDouble()));

    private static IEnumerable<Dictionary<char, int>> Assignments(char[] names, int[] extents)
    {
        if (names.Length == 0)
        {
            yield return [];
            yield break;
        }

        foreach (var rest in Assignments(names[1..], extents[1..]))
        {
            for (int i = 0; i < extents[0]; i++)
            {
                yield return new Dictionary<char, int>(rest) { [names[0]] = i };
            }
        }
    }
}
