namespace E3Gen.Polynomials;

/// <summary>Derivatives of polynomials, which are polynomials again: repetition gives any order, and nothing is derived by hand.</summary>
public static class Derivatives
{
    /// <summary>
    /// The Jacobian-vector product <c>Σ ∂f/∂x ẋ</c>, a function of the inputs and of a tangent ẋ for each named x, linear in the tangents.
    /// </summary>
    /// <param name="polynomial">The polynomial f.</param>
    /// <param name="inputs">The inputs to differentiate by; their tangents follow the inputs, in this order.</param>
    public static SegmentedPolynomial Jvp(this SegmentedPolynomial polynomial, params int[] inputs) => new(
        polynomial.Inputs.Concat(inputs.Select(i => polynomial.Inputs[i]).Select(x => x with { Name = x.Name + "̇" })),
        polynomial.Outputs.Select(z => z with { Name = z.Name + "̇" }),
        from path in polynomial.Paths
        from f in Enumerable.Range(0, path.Factors.Count)
        let tangent = Array.IndexOf(inputs, path.Factors[f].Operand)
        where tangent >= 0
        select path with { Factors = Replace(path.Factors, f, path.Factors[f] with { Operand = polynomial.Inputs.Count + tangent }) });

    /// <summary>
    /// The transpose of a polynomial that is linear in some of its inputs: from the other inputs and a cotangent for each output, it computes a cotangent
    /// for each of those inputs.
    /// </summary>
    /// <param name="polynomial">A polynomial, each of whose paths has exactly one of these inputs, once.</param>
    /// <param name="inputs">Those inputs.</param>
    /// <exception cref="ArgumentException">A path is not linear in them.</exception>
    public static SegmentedPolynomial Transpose(this SegmentedPolynomial polynomial, params int[] inputs)
    {
        var kept = Enumerable.Range(0, polynomial.Inputs.Count).Except(inputs).ToList();
        Path Transposed(Path path)
        {
            var linear = Enumerable.Range(0, path.Factors.Count).Where(f => inputs.Contains(path.Factors[f].Operand)).ToList();
            if (linear.Count != 1)
            {
                throw new ArgumentException($"A path of '{polynomial.Outputs[path.Result.Operand].Name}' has {linear.Count} of the factors that it must be linear in.");
            }

            // The factor and the result are exchanged, and so are their axes of the coefficients.
            int position = linear[0];
            var factors = path.Factors.Select((f, i) => i == position
                ? path.Result with { Operand = kept.Count + path.Result.Operand }
                : f with { Operand = kept.IndexOf(f.Operand) });
            var result = path.Factors[position] with { Operand = Array.IndexOf(inputs, path.Factors[position].Operand) };
            return path with { Factors = factors.ToEquatable(), Result = result, Coefficients = Exchange(polynomial, path, position) };
        }

        return new SegmentedPolynomial(
            kept.Select(i => polynomial.Inputs[i]).Concat(polynomial.Outputs.Select(Cotangent)),
            inputs.Select(i => Cotangent(polynomial.Inputs[i])),
            polynomial.Paths.Select(Transposed));
    }

    /// <summary>
    /// The gradient (vector-Jacobian product): from the inputs and a cotangent for each output, it computes a cotangent for each named input.
    /// </summary>
    /// <param name="polynomial">The polynomial.</param>
    /// <param name="inputs">The inputs to differentiate by.</param>
    public static SegmentedPolynomial Gradient(this SegmentedPolynomial polynomial, params int[] inputs)
    {
        var gradient = polynomial.Jvp(inputs).Transpose([.. Enumerable.Range(polynomial.Inputs.Count, inputs.Length)]);
        return new SegmentedPolynomial(
            polynomial.Inputs.Concat(polynomial.Outputs.Select(Cotangent)), inputs.Select(i => Cotangent(polynomial.Inputs[i])), gradient.Paths);
    }

    private static Operand Cotangent(Operand operand) => operand with { Name = operand.Name.TrimEnd('̇') + "̄" };

    private static Coefficients Exchange(SegmentedPolynomial polynomial, Path path, int position)
    {
        bool HasAxis(Slot factor) => polynomial.InputSegment(factor).Irrep is not null;
        bool isFeature = HasAxis(path.Factors[position]), yieldsFeature = polynomial.OutputSegment(path.Result).Irrep is not null;
        int before = path.Factors.Take(position).Count(HasAxis);
        var axes = Enumerable.Range(0, path.Coefficients.Shape.Count).ToList();
        if (yieldsFeature)
        {
            int last = axes.Count - 1;
            axes.RemoveAt(last);
            axes.Insert(before, last);
        }

        if (isFeature)
        {
            int old = axes.IndexOf(before);
            axes.RemoveAt(old);
            axes.Add(before);
        }

        return path.Coefficients.Permute(axes);
    }

    private static EquatableArray<Slot> Replace(EquatableArray<Slot> slots, int index, Slot slot) =>
        slots.Select((s, i) => i == index ? slot : s).ToEquatable();
}
