using E3Gen.Generator.Model;

namespace E3Gen.Generator.Planning;

/// <summary>
/// Plans spherical harmonics degree by degree: <c>Y_l[k] = a_l Σ C[i,j,k] Y_(l−1)[i] r[j]</c> with the Wigner 3j symbol of (l−1, 1, l), which makes each degree a multilinear
/// plan like any other. a_l is fixed by |Y_l| = 1 on the unit sphere: at the pole only the middle components are not zero.
/// </summary>
public static class HarmonicsPlanner
{
    public const int Lower = 0, Vector = 1, Output = 2;

    /// <summary>The step from degree l − 1 to l, for l ≥ 2.</summary>
    public static MultilinearPlan Step(int l)
    {
        Surd middle = Wigner3j.Exact(l - 1, 1, l, l - 1, 1, l);
        var operands = new[]
        {
            new Operand($"Y{l - 1}", BilinearPlanner.Segments(new Irrep(l - 1, 1))),
            new Operand("r", BilinearPlanner.Segments(new Irrep(1, -1))),
            new Operand($"Y{l}", BilinearPlanner.Segments(new Irrep(l, 1))),
        };
        var slots = operands.Select(_ => new Slot(0, "u"));
        var path = new PlanPath(slots.ToEquatable(), new Coupling(new[] { l - 1, 1, l }.ToEquatable()), Surd.One / middle);
        return new MultilinearPlan(operands.ToEquatable(), new[] { path }.ToEquatable(), Output);
    }

    /// <summary>Factor from |Y_l| = 1 to the normalisation asked for; the integral one lacks 1/√(4π), which is no surd.</summary>
    public static Surd Factor(int l, Normalization normalization) => normalization == Normalization.Norm ? Surd.One : Surd.Sqrt(2 * l + 1);
}
