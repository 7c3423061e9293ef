using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// Tensors of space with index symmetries, and their irreps: e3nn's <c>CartesianTensor</c>. A stress or a polarisability is <c>ij=ji</c> (1x0e+1x2e), an elasticity <c>ijkl=jikl=ijlk=klij</c>
/// (2x0e+2x2e+1x4e), a tensor with an antisymmetric pair <c>ij=-ji</c> a pseudovector (1x1e). Indices are x, y, z.
/// <example><code>
/// var stress = new CartesianTensor("ij=ji");
/// Tensor features = stress.FromCartesian(tensors);    // [..., 3, 3] → [..., 6] in 1x0e+1x2e
/// Tensor back = stress.ToCartesian(features);         // [..., 6] → [..., 3, 3]
/// </code></example>
/// </summary>
public sealed class CartesianTensor
{
    private static readonly Irreps Vector = Irreps.Parse("1o");
    private readonly ReducedTensorProducts _products;

    /// <summary>Computes the change of basis.</summary>
    /// <param name="formula">The symmetry; see <see cref="IndexSymmetry"/>. Up to seven indices.</param>
    /// <exception cref="FormatException">The formula is none.</exception>
    /// <exception cref="ArgumentException">There are too many indices.</exception>
    public CartesianTensor(string formula) => _products = new ReducedTensorProducts(formula, [Vector]);

    /// <summary>What the tensors are made of, sorted, each irrep once.</summary>
    public Irreps Irreps => _products.Irreps;

    /// <summary>The symmetry.</summary>
    public IndexSymmetry Symmetry => _products.Symmetry;

    /// <summary>The irreps of tensors: their parts with the symmetry.</summary>
    /// <param name="tensors">[..., 3, 3, …].</param>
    /// <returns>[..., <see cref="Irreps"/>].</returns>
    /// <exception cref="ArgumentException">The last axes or the type do not fit.</exception>
    public Tensor FromCartesian(Tensor tensors) => _products.FromTensor(tensors);

    /// <summary>The tensors that irreps stand for, which have the symmetry.</summary>
    /// <param name="features">[..., <see cref="Irreps"/>].</param>
    /// <returns>[..., 3, 3, …].</returns>
    /// <exception cref="ArgumentException">The last axis or the type does not fit.</exception>
    public Tensor ToCartesian(Tensor features) => _products.ToTensor(features);

    /// <summary>The irreps of the outer product of vectors.</summary>
    /// <param name="vectors">A vector for each index: [..., 3]. Leading axes broadcast.</param>
    /// <returns>[..., <see cref="Irreps"/>].</returns>
    /// <exception cref="ArgumentException">Number, shapes, types or devices of the vectors do not fit.</exception>
    public Tensor FromVectors(params Tensor[] vectors) => _products.Apply(vectors);

    /// <summary>The orthonormal basis: [irreps, 3, 3, …].</summary>
    /// <param name="dtype">Floating-point type; torch's default where null.</param>
    /// <param name="device">Where to make it; the CPU where null.</param>
    public Tensor ChangeOfBasis(ScalarType? dtype = null, Device? device = null) => _products.ChangeOfBasis(dtype, device);
}
