using E3Gen.Polynomials;

namespace E3Gen.Generator.Planning;

/// <summary>
/// Plans spherical harmonics degree by degree: <c>Y_l[k] = a_l Σ C[i,j,k] Y_(l−1)[i] r[j]</c> with the Wigner 3j symbol of (l−1, 1, l), which makes each degree a
/// polynomial like any other. a_l is fixed by |Y_l| = 1 on the unit sphere: at the pole only the middle components are not zero.
/// </summary>
public static class HarmonicsPlanner
{
    /// <summary>The step from degree l − 1 to l, for l ≥ 2: of Y_(l−1) and r.</summary>
    public static SegmentedPolynomial Step(int l)
    {
        Surd middle = Wigner3j.Exact(l - 1, 1, l, l - 1, 1, l);
        var slot = new Slot(0, 0, "u");
        return new SegmentedPolynomial(
            [Operand.Of($"Y{l - 1}", new Irrep(l - 1, 1)), Operand.Of("r", new Irrep(1, -1))],
            [Operand.Of($"Y{l}", new Irrep(l, 1))],
            [new Path(new[] { slot, slot with { Operand = 1 } }.ToEquatable(), slot, Coefficients.Wigner(l - 1, 1, l), Surd.One / middle)]);
    }

    /// <summary>Factor from |Y_l| = 1 to the normalisation asked for; the integral one lacks 1/√(4π), which is no surd.</summary>
    public static Surd Factor(int l, Normalization normalization) => normalization == Normalization.Norm ? Surd.One : Surd.Sqrt(2 * l + 1);
}
