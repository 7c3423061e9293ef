namespace E3Gen.Kernels;

/// <summary>One path of a linear map: <c>y[w,i] += Scale · Σ_u W[u,w] x[u,i]</c>.</summary>
/// <param name="Input">Number of x's segment.</param>
/// <param name="Output">Number of y's segment.</param>
/// <param name="Scale">The constant in front.</param>
public readonly record struct LinearPath(int Input, int Output, double Scale);
