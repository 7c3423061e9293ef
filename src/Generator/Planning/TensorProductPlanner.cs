using E3Gen.Polynomials;

namespace E3Gen.Generator.Planning;

/// <summary>Plans tensor products: assigns weight blocks in the order of the paths and normalises as e3nn does.</summary>
public static class TensorProductPlanner
{
    /// <param name="inputs">The operands: two, or one that is multiplied with itself.</param>
    /// <param name="output">The operand of the result.</param>
    /// <param name="weightRows">Whether there are weights for each row or one vector of them.</param>
    /// <param name="paths">The paths.</param>
    /// <param name="irrepNormalization">Normalisation of irreps.</param>
    /// <param name="pathNormalization">Normalisation of paths that share an output.</param>
    /// <param name="variances">The variances of inputs and output; all 1 if null.</param>
    /// <returns>Of these inputs and the weights W: the paths in their order.</returns>
    public static SegmentedPolynomial Plan(
        IReadOnlyList<(Operand Operand, Irreps Irreps)> inputs,
        (Operand Operand, Irreps Irreps) output,
        RowSource weightRows,
        IReadOnlyList<BilinearPath> paths,
        IrrepNormalization irrepNormalization = IrrepNormalization.Component,
        PathNormalization pathNormalization = PathNormalization.Element,
        Variances? variances = null)
    {
        variances ??= Variances.One;
        int second = inputs.Count - 1;
        Irreps input1 = inputs[0].Irreps, input2 = inputs[second].Irreps;
        var siblings = paths.ToLookup(p => p.Output);
        var summed = siblings.ToDictionary(g => g.Key, g => g.Aggregate(Fraction.Zero, (sum, p) => sum + Summed(p)));
        var blocks = new List<EquatableArray<int>>();
        var planned = new List<Path>();
        foreach (var path in paths)
        {
            var connection = Connection.Of(path.Mode);
            var (a, b, c) = (input1[path.Input1], input2[path.Input2], output.Irreps[path.Output]);
            var factors = new List<Slot> { new(0, path.Input1, connection.Input1), new(second, path.Input2, connection.Input2) };
            if (path.HasWeight)
            {
                factors.Add(new Slot(inputs.Count, blocks.Count, connection.Weight));
                blocks.Add(connection.WeightShape(a.Multiplicity, b.Multiplicity, c.Multiplicity));
            }

            Fraction shared = pathNormalization switch
            {
                PathNormalization.Element => summed[path.Output],
                PathNormalization.Path => Summed(path) * siblings[path.Output].Count(),
                _ => 1,
            };
            var square = IrrepFactor(path, second == 0, a.Irrep, b.Irrep, c.Irrep, irrepNormalization) * Fraction.Of(path.Weight) * Variances.Of(variances.Output, path.Output);
            var scale = (shared.Numerator.IsZero ? square : square / shared).Sqrt();
            var coupling = Coefficients.Wigner(a.Irrep.L, b.Irrep.L, c.Irrep.L);
            planned.Add(new Path(factors.ToEquatable(), new Slot(0, path.Output, connection.Output), coupling, scale, connection.Pairs));
        }

        return new SegmentedPolynomial([.. inputs.Select(i => i.Operand), Operand.OfWeights("W", blocks, weightRows)], [output.Operand], planned);

        // The variance of what a path sums into one element of the output.
        Fraction Summed(BilinearPath path) =>
            Variances.Of(variances.Input1, path.Input1) * Variances.Of(variances.Input2, path.Input2) * Elements(path, input1, input2);
    }

    /// <summary>
    /// What the irreps of a path contribute to the square of its constant: unit variance (or norm) of the inputs gives unit variance (or norm) of the
    /// output. A copy that is multiplied with itself (e3nn's TensorSquare) has another variance: ⟨(x·x)²⟩ = d(d + 2), not d.
    /// </summary>
    private static Fraction IrrepFactor(
        BilinearPath path, bool isSquare, Irrep a, Irrep b, Irrep c, IrrepNormalization normalization)
    {
        bool isDiagonal = isSquare && path.Input1 == path.Input2 && path.Mode is (ConnectionMode.UUU or ConnectionMode.UUW);
        return (normalization, isDiagonal, c.L) switch
        {
            (IrrepNormalization.Component, true, 0) => Fraction.One / (a.Dim + 2),
            (IrrepNormalization.Component, true, _) => (Fraction)c.Dim / 2,
            (IrrepNormalization.Component, false, _) => c.Dim,
            (IrrepNormalization.Norm, true, 0) => a.Dim,
            (IrrepNormalization.Norm, true, _) => (Fraction)a.Dim * (a.Dim + 2) / 2,
            (IrrepNormalization.Norm, false, _) => (Fraction)a.Dim * b.Dim,
            _ => 1,
        };
    }

    /// <summary>How many products one element of the output sums.</summary>
    private static int Elements(BilinearPath path, Irreps input1, Irreps input2) =>
        Connection.Of(path.Mode).SummedElements(input1[path.Input1].Multiplicity, input2[path.Input2].Multiplicity);
}
