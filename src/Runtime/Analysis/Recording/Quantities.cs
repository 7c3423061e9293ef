namespace E3Gen.Analysis;

/// <summary>What a <see cref="Recorder"/> measures.</summary>
[Flags]
public enum Quantities
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The results of operations, segment by segment.</summary>
    Features = 1,

    /// <summary>The gradients of the results, segment by segment.</summary>
    FeatureGradients = 2,

    /// <summary>Weights, path by path: a module's own, or those passed to an operation.</summary>
    Weights = 4,

    /// <summary>The gradients of the weights, path by path.</summary>
    WeightGradients = 8,

    /// <summary>All of them.</summary>
    All = Features | FeatureGradients | Weights | WeightGradients,
}
