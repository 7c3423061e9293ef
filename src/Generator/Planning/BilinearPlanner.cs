using System.Numerics;
using E3Gen.Generator.Model;

namespace E3Gen.Generator.Planning;

/// <summary>Plans tensor products: assigns weight blocks in the order of the paths and normalises as e3nn does.</summary>
public static class BilinearPlanner
{
    public const int Input1 = 0, Input2 = 1, Weights = 2, Output = 3;

    public static MultilinearPlan Plan(
        Irreps input1,
        Irreps input2,
        Irreps output,
        IReadOnlyList<BilinearPath> paths,
        IrrepNormalization irrepNormalization = IrrepNormalization.Component,
        PathNormalization pathNormalization = PathNormalization.Element)
    {
        var siblings = paths.ToLookup(p => p.Output);
        var summed = siblings.ToDictionary(g => g.Key, g => g.Aggregate(BigInteger.Zero, (sum, p) => sum + Elements(p, input1, input2)));
        var weights = new List<Segment>();
        var planned = new List<PlanPath>();
        int offset = 0;
        foreach (var path in paths)
        {
            var connection = Connection.Of(path.Mode)!;
            var (a, b, c) = (input1[path.Input1], input2[path.Input2], output[path.Output]);
            string indices = path.HasWeight ? connection.Weight : "";
            var block = new Segment(offset, Connection.Extents(indices, a.Multiplicity, b.Multiplicity, c.Multiplicity).ToEquatable(), null);
            int weightIndex = -1;
            if (path.HasWeight)
            {
                weightIndex = weights.Count;
                weights.Add(block);
                offset += block.Length;
            }

            var slots = new[]
            {
                new Slot(path.Input1, connection.Input1),
                new Slot(path.Input2, connection.Input2),
                new Slot(weightIndex, indices),
                new Slot(path.Output, connection.Output),
            };
            var degrees = new[] { a.Irrep.L, b.Irrep.L, c.Irrep.L };
            var scale = Scale(path, summed[path.Output], siblings[path.Output].Count(), input1, input2, output, irrepNormalization, pathNormalization);
            planned.Add(new PlanPath(slots.ToEquatable(), new Coupling(degrees.ToEquatable()), scale));
        }

        var operands = new[]
        {
            new Operand("x", Segments(input1)),
            new Operand("y", Segments(input2)),
            new Operand("W", weights.ToEquatable()),
            new Operand("out", Segments(output)),
        };
        return new MultilinearPlan(operands.ToEquatable(), planned.ToEquatable(), Output);
    }

    /// <summary>The segments of irreps: one an entry.</summary>
    public static EquatableArray<Segment> Segments(Irreps irreps)
    {
        int offset = 0;
        var segments = new List<Segment>();
        foreach (var entry in irreps)
        {
            segments.Add(new Segment(offset, new[] { entry.Multiplicity }.ToEquatable(), entry.Irrep));
            offset += entry.Dim;
        }

        return segments.ToEquatable();
    }

    /// <summary>
    /// √α of a path: unit variance (or norm) of the inputs and weights gives unit variance (or norm) of the output, each path weighed as asked.
    /// </summary>
    private static Surd Scale(
        BilinearPath path,
        BigInteger summed,
        int siblings,
        Irreps input1,
        Irreps input2,
        Irreps output,
        IrrepNormalization irrepNormalization,
        PathNormalization pathNormalization)
    {
        BigInteger numerator = irrepNormalization switch
        {
            IrrepNormalization.Component => output[path.Output].Irrep.Dim,
            IrrepNormalization.Norm => input1[path.Input1].Irrep.Dim * input2[path.Input2].Irrep.Dim,
            _ => 1,
        };
        BigInteger denominator = pathNormalization switch
        {
            PathNormalization.Element => summed,
            PathNormalization.Path => new BigInteger(Elements(path, input1, input2)) * siblings,
            _ => 1,
        };
        var (weightNumerator, weightDenominator) = Rational.Of(path.Weight);
        return Surd.Sqrt(numerator * weightNumerator, BigInteger.Max(1, denominator) * weightDenominator);
    }

    /// <summary>How many products one element of the output sums.</summary>
    private static int Elements(BilinearPath path, Irreps input1, Irreps input2) =>
        Connection.Of(path.Mode)!.SummedElements(input1[path.Input1].Multiplicity, input2[path.Input2].Multiplicity);
}
