using System.ComponentModel;

namespace E3Gen.Kernels;

/// <summary>
/// One path of a tensor product: <c>z[k,…] += Scale · Σ W C[i,j,k] x[i,u] y[j,v]</c>, where the mode says which copies meet and which weight each pair takes.
/// </summary>
/// <param name="Coupling">C.</param>
/// <param name="X">Number of x's segment.</param>
/// <param name="Y">Number of y's segment.</param>
/// <param name="Z">Number of z's segment.</param>
/// <param name="Scale">The constant in front.</param>
/// <param name="Weight">First column of its block of weights; −1 for none.</param>
/// <param name="Mode">How copies are connected.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ProductPath(Coupling Coupling, int X, int Y, int Z, double Scale, int Weight = -1, ConnectionMode Mode = ConnectionMode.UVU);
