namespace E3Gen.Potentials;

/// <summary>Adam (Kingma and Ba 2015) and its variants.</summary>
public sealed record OptimizerOptions
{
    /// <summary>Decay of the mean gradient.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean square gradient.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>What keeps the step finite.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Divides by the largest mean square so far (Reddi et al. 2018).</summary>
    public bool AmsGrad { get; init; } = true;

    /// <summary>How strongly weights are pulled to 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Shrinks weights beside the step (AdamW, Loshchilov and Hutter 2019) instead of by way of the gradient.</summary>
    public bool Decoupled { get; init; }
}
