using System.ComponentModel;

namespace E3Gen.Kernels;

/// <summary>One path of a linear map: <c>y[w,i] += Scale · Σ_u W[u,w] x[u,i]</c>.</summary>
/// <param name="Input">Number of x's segment.</param>
/// <param name="Output">Number of y's segment.</param>
/// <param name="Scale">The constant in front.</param>
/// <param name="Weight">Number of the first weight.</param>
/// <param name="WeightStep">Weights from one copy u to the next; 0 for as many as y's segment has copies.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct LinearPath(int Input, int Output, double Scale, int Weight, int WeightStep = 0);
