namespace E3Gen;

/// <summary>How the messages of a network fade with the length of their edge; x is the length over the cutoff radius.</summary>
public enum CutoffKind
{
    /// <summary>Not at all: the radial basis has to vanish at the cutoff radius itself.</summary>
    None,
    /// <summary>1 up to x = ½, then (1 − cos 2πx)/2: once continuously differentiable.</summary>
    Smooth,
    /// <summary>(1 + cos πx)/2 (Behler and Parrinello 2007): once continuously differentiable.</summary>
    Cosine,
    /// <summary>1 − (p+1)(p+2)/2·x^p + p(p+2)·x^(p+1) − p(p+1)/2·x^(p+2): DimeNet's envelope (Gasteiger et al. 2020), twice continuously differentiable.</summary>
    Polynomial,
    /// <summary>exp(1 − 1/(1 − x²)): infinitely differentiable (SpookyNet, Unke et al. 2021; SchNetPack's mollifier).</summary>
    Mollifier,
    /// <summary>exp(−1/(10 (1 − x))), which is exp(−0.1) at x = 0: infinitely differentiable (e3nn's <c>soft_unit_step(10 * (1 - x))</c>, of its transformer).</summary>
    SoftStep,
}
