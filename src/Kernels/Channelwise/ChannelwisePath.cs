namespace E3Gen.Kernels;

/// <summary>One path of a product that keeps copies apart, with one copy of the second input: <c>z[k,u] += Scale · w[u] Σ_ij C[i,j,k] x[i,u] y[j]</c>.</summary>
/// <param name="Coupling">C.</param>
/// <param name="Input">Number of x's segment.</param>
/// <param name="Column">First column of y.</param>
/// <param name="Output">Number of z's segment.</param>
/// <param name="Scale">The constant in front.</param>
/// <param name="Weight">First column of the weights; −1 for none.</param>
/// <param name="WeightStep">Columns from the weight of one copy to that of the next.</param>
internal readonly record struct ChannelwisePath(
    Coupling Coupling, int Input, int Column, int Output, double Scale, int Weight = -1, int WeightStep = 1);
