namespace E3Gen.Polynomials;

/// <summary>The meaning of a polynomial, as plain loops: slow, but the definition that every backend must agree with.</summary>
public static class Evaluation
{
    /// <summary>The outputs for one row.</summary>
    /// <param name="polynomial">The polynomial.</param>
    /// <param name="inputs">A row of each input.</param>
    /// <returns>A row of each output.</returns>
    /// <exception cref="ArgumentException">A row of another length than its operand's.</exception>
    public static double[][] Evaluate(this SegmentedPolynomial polynomial, IReadOnlyList<double[]> inputs)
    {
        CheckLengths(polynomial, inputs);
        double[][] outputs = [.. polynomial.Outputs.Select(o => new double[o.Dimension])];
        foreach (var path in polynomial.Paths)
        {
            Add(polynomial, path, inputs, outputs[path.Result.Operand]);
        }

        return outputs;
    }

    /// <summary>The outputs for the edges of a graph: rows of sources and destinations are gathered, and those of results summed.</summary>
    /// <param name="polynomial">The polynomial.</param>
    /// <param name="inputs">The rows of each input.</param>
    /// <param name="source">The source of each edge.</param>
    /// <param name="destination">The destination of each edge.</param>
    /// <param name="nodes">Number of nodes.</param>
    /// <returns>The rows of each output.</returns>
    public static double[][][] Evaluate(
        this SegmentedPolynomial polynomial, IReadOnlyList<double[][]> inputs, IReadOnlyList<int> source, IReadOnlyList<int> destination, int nodes)
    {
        int Row(RowSource rows, int edge) => rows switch
        {
            RowSource.Source => source[edge],
            RowSource.Destination => destination[edge],
            RowSource.Shared => 0,
            RowSource.Indexed => throw new NotSupportedException("An edge has no index of its own."),
            _ => edge,
        };

        int Rows(RowSource rows) => rows switch { RowSource.Own => source.Count, RowSource.Shared => 1, _ => nodes };
        double[][][] outputs = [.. polynomial.Outputs.Select(o => Enumerable.Range(0, Rows(o.Rows)).Select(_ => new double[o.Dimension]).ToArray())];
        for (int edge = 0; edge < source.Count; edge++)
        {
            var rows = polynomial.Evaluate([.. polynomial.Inputs.Select((input, i) => inputs[i][Row(input.Rows, edge)])]);
            for (int o = 0; o < rows.Length; o++)
            {
                double[] sum = outputs[o][Row(polynomial.Outputs[o].Rows, edge)];
                for (int column = 0; column < sum.Length; column++)
                {
                    sum[column] += rows[o][column];
                }
            }
        }

        return outputs;
    }

    private static void Add(SegmentedPolynomial polynomial, Path path, IReadOnlyList<double[]> inputs, double[] output)
    {
        var shape = PathShape.Of(polynomial, path);
        double scale = path.Scale.ToDouble();
        var entries = path.Coefficients.Entries.Select(e => (e.Indices, Value: scale * e.Value.ToDouble())).ToList();
        foreach (var choice in shape.Choices())
        {
            int[] copies = [.. path.Factors.Select(f => shape.Copy(f.Indices, choice))];
            int result = shape.Copy(path.Result.Indices, choice);
            foreach (var (indices, value) in entries)
            {
                double product = value;
                int axis = 0;
                for (int f = 0; f < copies.Length; f++)
                {
                    var slot = path.Factors[f];
                    int component = polynomial.InputSegment(slot).Irrep is null ? 0 : indices[axis++];
                    product *= inputs[slot.Operand][polynomial.Inputs[slot.Operand].Column(slot.Segment, copies[f], component)];
                }

                int row = polynomial.OutputSegment(path.Result).Irrep is null ? 0 : indices[axis];
                output[polynomial.Outputs[path.Result.Operand].Column(path.Result.Segment, result, row)] += product;
            }
        }
    }

    private static void CheckLengths(SegmentedPolynomial polynomial, IReadOnlyList<double[]> inputs)
    {
        for (int i = 0; i < polynomial.Inputs.Count; i++)
        {
            var operand = polynomial.Inputs[i];
            if (i >= inputs.Count || inputs[i].Length != operand.Dimension)
            {
                string given = i >= inputs.Count ? "none is given" : $"{inputs[i].Length} are given";
                throw new ArgumentException($"'{operand.Name}' has {operand.Dimension} columns, but {given}.");
            }
        }
    }
}
