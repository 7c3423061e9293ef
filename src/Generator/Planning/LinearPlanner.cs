using E3Gen.Polynomials;

namespace E3Gen.Generator.Planning;

/// <summary>Plans linear maps: paths between equal irreps, each divided by the square root of its fan-in.</summary>
public static class LinearPlanner
{
    /// <summary>Every pair of equal irreps, input outer and output inner as in e3nn.</summary>
    public static IReadOnlyList<LinearConnection> Every(Irreps input, Irreps output) =>
    [
        .. from i in Enumerable.Range(0, input.Count)
           from o in Enumerable.Range(0, output.Count)
           where input[i].Irrep == output[o].Irrep && input[i].Multiplicity > 0 && output[o].Multiplicity > 0
           select new LinearConnection(i, o),
    ];

    /// <summary>A map along every path.</summary>
    public static SegmentedPolynomial Plan(Irreps input, Irreps output) => Plan(input, output, Every(input, output));

    /// <param name="input">Irreps of the argument.</param>
    /// <param name="output">Irreps of the result.</param>
    /// <param name="connections">The paths, in order of their weights.</param>
    /// <param name="normalization">Normalisation of paths that share an output.</param>
    /// <param name="channels">Channels of argument and result, each with all of its irreps; every pair of channels has weights of its own.</param>
    /// <param name="weightRows">Whether there are weights for each row or one vector of them.</param>
    public static SegmentedPolynomial Plan(
        Irreps input,
        Irreps output,
        IReadOnlyList<LinearConnection> connections,
        PathNormalization normalization = PathNormalization.Element,
        (int Input, int Output)? channels = null,
        RowSource weightRows = RowSource.Shared)
    {
        var (inputChannels, outputChannels) = channels ?? (1, 1);
        var blocks = new List<EquatableArray<int>>();
        var paths = new List<Path>();
        for (int f = 0; f < inputChannels; f++)
        {
            for (int g = 0; g < outputChannels; g++)
            {
                foreach (var (i, o) in connections)
                {
                    var factors = new[] { new Slot(0, (f * input.Count) + i, "u"), new Slot(1, blocks.Count, "uw") };
                    var scale = Surd.Sqrt(1, (System.Numerics.BigInteger)inputChannels * FanIn(i, o));
                    paths.Add(new Path(factors.ToEquatable(), new Slot(0, (g * output.Count) + o, "w"), Coefficients.Identity(input[i].Irrep.L), scale));
                    blocks.Add(new[] { input[i].Multiplicity, output[o].Multiplicity }.ToEquatable());
                }
            }
        }

        return new SegmentedPolynomial(
            [Operand.Of("x", Repeat(input, inputChannels)), Operand.OfWeights("W", blocks, weightRows)], [Operand.Of("y", Repeat(output, outputChannels))], paths);

        int FanIn(int i, int o) => normalization switch
        {
            PathNormalization.Element => connections.Where(c => c.Output == o).Sum(c => input[c.Input].Multiplicity),
            PathNormalization.Path => connections.Count(c => c.Output == o) * input[i].Multiplicity,
            _ => 1,
        };
    }

    private static Irreps Repeat(Irreps irreps, int times) => times == 1 ? irreps : new Irreps(Enumerable.Repeat(irreps, times).SelectMany(e => e));
}

/// <summary>A path of a linear map by position, as declared (e3nn's instruction).</summary>
/// <param name="Input">Segment of the input.</param>
/// <param name="Output">Segment of the output.</param>
public readonly record struct LinearConnection(int Input, int Output);
