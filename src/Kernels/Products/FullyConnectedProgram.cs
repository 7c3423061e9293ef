using System.ComponentModel;

namespace E3Gen.Kernels;

/// <summary>
/// A tensor product whose weights mix all copies (mode uvw) and are the same for all rows, in two steps: couple each copy v of y separately, with the copies of x side by side,
/// and mix the results linearly, <c>z[k,w] = Σ_v Σ_u W[u,v,w] z_v[k,u]</c>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FullyConnectedProgram : BilinearProgram
{
    private readonly Lazy<ChannelwiseProgram> _coupled;
    private readonly Lazy<LinearProgram> _mix;

    /// <summary>Describes the product.</summary>
    /// <param name="name">Name in messages.</param>
    /// <param name="x">Copies and degree of the segments of the first input.</param>
    /// <param name="y">Copies and degree of the segments of the second input.</param>
    /// <param name="weights">Number of weights.</param>
    /// <param name="z">Copies and degree of the segments of the result.</param>
    /// <param name="paths">The paths, all of mode uvw.</param>
    public FullyConnectedProgram(string name, (int Copies, int L)[] x, (int Copies, int L)[] y, int weights, (int Copies, int L)[] z, params ProductPath[] paths)
        : base(name, x, y, weights, z, paths) => (_coupled, _mix) = (new(() => Coupled(paths)), new(Mixing));

    /// <summary>The first step.</summary>
    internal ChannelwiseProgram EveryPair => _coupled.Value;

    /// <summary>The second step.</summary>
    internal LinearProgram Mix => _mix.Value;

    private LinearProgram Mixing()
    {
        var paths = new List<LinearPath>();
        foreach (var path in Products)
        {
            int copies = Y[path.Y].Copies, results = Z[path.Z].Copies;
            for (int v = 0; v < copies; v++)
            {
                paths.Add(new LinearPath(paths.Count, path.Z, Scale: 1.0, path.Weight + (v * results), WeightStep: copies * results));
            }
        }

        return new LinearProgram(Name, [.. EveryPair.Z], [.. Z], [.. paths]) { InputLayout = Layout.IrMul, OutputLayout = OutputLayout };
    }
}
