namespace E3Gen.Benchmarks.Kernels.Measuring;

/// <summary>
/// Floating-point operations of one row as the documentation of generated code counts them: a multiply-add is two, coefficients that are zero are left out. It is the
/// work that an operation asks for, the same for every contestant, whatever it really does.
/// </summary>
internal static class FlopCount
{
    public static double Product(Operations.Product product) => product.Paths.Sum(path =>
    {
        MulIrrep first = product.Input1[path.Input1], second = product.Input2[path.Input2];
        int degree = product.Output[path.Output].Irrep.L;
        double terms = Wigner3j.Nonzero(first.Irrep.L, second.Irrep.L, degree).Count;
        return 2 * terms * product.Pairs(path) + 2.0 * product.WeightsOf(path) * (2 * degree + 1);
    });

    public static double Linear(Irreps input, Irreps output) =>
        input.Sum(i => output.Where(o => o.Irrep == i.Irrep).Sum(o => 2.0 * i.Multiplicity * o.Multiplicity * i.Irrep.Dim));

    /// <summary>Of the recursion Y_(l−1), r → Y_l.</summary>
    public static double Harmonics(int lmax) => Enumerable.Range(2, lmax - 1).Sum(l => 2.0 * Wigner3j.Nonzero(l - 1, 1, l).Count);
}
