namespace E3Gen;

/// <summary>How a layer of MACE makes messages; in brackets MACE's names of the blocks.</summary>
public enum MACEInteraction
{
    /// <summary>Messages are mixed with weights for each element (<c>RealAgnosticInteractionBlock</c>).</summary>
    Agnostic,

    /// <summary>The node's features, mixed with weights for each element, are added after the products (<c>RealAgnosticResidualInteractionBlock</c>).</summary>
    Residual,

    /// <summary>As <see cref="Agnostic"/>, but messages are divided by a learnt density of neighbours (<c>RealAgnosticDensityInteractionBlock</c>).</summary>
    Density,

    /// <summary>As <see cref="Residual"/>, but messages are divided by a learnt density of neighbours (<c>RealAgnosticDensityResidualInteractionBlock</c>).</summary>
    DensityResidual,
}
