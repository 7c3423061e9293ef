using System.ComponentModel;

namespace E3Gen.Kernels;

/// <summary>A tensor product of any connection modes: a kernel couples its paths, and the copies that come out are mixed or paired afterwards.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ProductProgram : BilinearProgram
{
    private readonly Lazy<ChannelwiseProgram> _coupled;

    /// <summary>Describes the product.</summary>
    /// <param name="name">Name in messages.</param>
    /// <param name="x">Copies and degree of the segments of the first input.</param>
    /// <param name="y">Copies and degree of the segments of the second input.</param>
    /// <param name="weights">Number of weights.</param>
    /// <param name="z">Copies and degree of the segments of the result.</param>
    /// <param name="paths">The paths.</param>
    public ProductProgram(string name, (int Copies, int L)[] x, (int Copies, int L)[] y, int weights, (int Copies, int L)[] z, params ProductPath[] paths)
        : base(name, x, y, weights, z, paths) => _coupled = new(() => Coupled(paths.Where(p => !PairsCopies(p.Mode))));

    /// <summary>The couplings of all paths that combine every copy u with every copy v, [v,k,u] a path.</summary>
    internal ChannelwiseProgram EveryPair => _coupled.Value;

    /// <summary>Whether a mode multiplies copy u of both inputs.</summary>
    internal static bool PairsCopies(ConnectionMode mode) => mode is ConnectionMode.UUU or ConnectionMode.UUW;
}
