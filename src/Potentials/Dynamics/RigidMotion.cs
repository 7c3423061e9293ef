using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>Motion of a structure as a whole: translation and rotation about the centre of mass.</summary>
internal static class RigidMotion
{
    /// <summary>A moment of inertia is none below this fraction of the largest: of a linear molecule about its axis.</summary>
    private const double Thin = 1e-8;

    /// <summary>Σ m v, amu Å/fs: [3].</summary>
    public static double[] Momentum(double[] velocities, double[] masses)
    {
        var sum = new double[3];
        for (int i = 0; i < velocities.Length; i++) sum[i % 3] += masses[i / 3] * velocities[i];
        return sum;
    }

    /// <summary>Takes total momentum away, and the angular momentum about the centre of mass: v ← v − ω × (r − c) with I ω = L.</summary>
    public static void Remove(double[] positions, double[] velocities, double[] masses, bool alsoRotation)
    {
        double mass = masses.Sum();
        double[] momentum = Momentum(velocities, masses);
        for (int i = 0; i < velocities.Length; i++) velocities[i] -= momentum[i % 3] / mass;
        if (!alsoRotation) return;
        using var scope = NewDisposeScope();
        (Tensor arms, Tensor m) = Arms(positions, masses);
        Tensor v = tensor(velocities, [masses.Length, 3], float64, CPU);
        Tensor angular = linalg.cross(arms, v.mul(m), 1).sum(dim: 0);
        Tensor omega = linalg.pinv(Inertia(arms, m), rtol: Thin, hermitian: true).mv(angular);
        v.sub(linalg.cross(omega.expand_as(arms), arms, 1)).contiguous().data<double>().CopyTo(velocities);
    }

    /// <summary>About how many axes the structure can rotate: 3, 2 of a linear molecule, 0 of an atom.</summary>
    public static int RotationalAxes(double[] positions, double[] masses)
    {
        using var scope = NewDisposeScope();
        (Tensor arms, Tensor m) = Arms(positions, masses);
        double[] moments = linalg.eigvalsh(Inertia(arms, m)).data<double>().ToArray();
        return moments.Count(i => i > Thin * moments[2]);
    }

    /// <summary>Positions from the centre of mass, and masses as a column.</summary>
    private static (Tensor Arms, Tensor Masses) Arms(double[] positions, double[] masses)
    {
        Tensor r = tensor(positions, [masses.Length, 3], float64, CPU), m = tensor(masses, [masses.Length, 1], float64, CPU);
        return (r.sub(r.mul(m).sum(dim: 0).div(m.sum())), m);
    }

    /// <summary>Σ m (r² 1 − r rᵀ).</summary>
    private static Tensor Inertia(Tensor arms, Tensor m) => eye(3, dtype: float64).mul(arms.square().mul(m).sum()).sub(arms.mul(m).t().matmul(arms));
}
