namespace HierarchicalLearning.Runs;

/// <summary>Which systems errors are of.</summary>
internal static class Sets
{
    public const string Training = "training";

    /// <summary>Unseen systems that a training is watched with.</summary>
    public const string Validation = "validation";

    /// <summary>Unseen systems of the sizes that are in the training split.</summary>
    public const string Test = "test";

    /// <summary>Unseen systems that are larger than any in the training split: 5, 6 and 8 waters.</summary>
    public const string Larger = "larger";
}

/// <summary>What is measured.</summary>
internal static class Quantity
{
    /// <summary>E_l of a set of systems.</summary>
    public const string Error = "error";

    /// <summary>Power per component of an operation's result, mean over the channels of degree l.</summary>
    public const string FeaturePower = "feature_power";

    /// <summary>The same of the loss's gradient by it.</summary>
    public const string FeatureGradientPower = "feature_gradient_power";

    /// <summary>Mean square of the weights of an operation's paths to degree l.</summary>
    public const string WeightPower = "weight_power";

    /// <summary>The same of the loss's gradient by them.</summary>
    public const string WeightGradientPower = "weight_gradient_power";
}

/// <summary>What a run left.</summary>
/// <param name="Parameters">Of the network.</param>
/// <param name="Seconds">That it took.</param>
/// <param name="Errors">By set: E_l = Σ(t − t_ref)² / Σ t_ref² over the columns of degree l, for each l.</param>
/// <param name="Measurements">What was recorded over steps.</param>
/// <param name="Densities">Errors of the density on a grid, by size of the systems.</param>
internal sealed record RunResult(
    RunSpec Spec, long Parameters, double Seconds, IReadOnlyDictionary<string, double[]> Errors,
    IReadOnlyList<Measurement> Measurements, IReadOnlyList<DensityErrors> Densities);

/// <summary>One number of a training's course.</summary>
/// <param name="Step">Steps made before.</param>
/// <param name="Quantity">What it is, such as "error test" or "power".</param>
/// <param name="Place">Layer and operation, or the set that an error is of.</param>
/// <param name="L">Degree.</param>
internal sealed record Measurement(int Step, string Quantity, string Place, int L, double Value);

/// <summary>Means over systems of one size, fractions.</summary>
/// <param name="Seen">Whether systems of this size were in the training set; these ones never were.</param>
/// <param name="Error">ε_ρ.</param>
/// <param name="ByDegree">ε_l.</param>
/// <param name="IsolatedAtoms">ε_ρ of isolated atoms.</param>
internal sealed record DensityErrors(int Waters, int Systems, bool Seen, double Error, double[] ByDegree, double IsolatedAtoms);
