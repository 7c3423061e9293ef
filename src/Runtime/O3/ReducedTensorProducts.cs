using E3Gen.Operations;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// Products of several features whose tensor of products has an index symmetry, as irreps: e3nn's <c>ReducedTensorProducts</c>. With <c>ij=ji</c> the products x_i·x_j of one feature with itself
/// are what is independent among them.
/// </summary>
public sealed class ReducedTensorProducts
{
    private readonly ReducedTensorBasis _basis;
    private readonly ConstantTable _rows, _columns;

    /// <summary>Computes the basis.</summary>
    /// <param name="formula">The symmetry, such as <c>ij=ji</c> or <c>ijk=-jik=-ikj</c>; see <see cref="IndexSymmetry"/>.</param>
    /// <param name="inputs">What each index carries, in order; one for all of them is enough if they carry the same.</param>
    /// <param name="filter">Irreps of the result to keep; all if null.</param>
    /// <exception cref="FormatException">The formula is none.</exception>
    /// <exception cref="ArgumentException">Irreps and indices do not fit, or there are too many components or degrees.</exception>
    public ReducedTensorProducts(string formula, IReadOnlyList<Irreps> inputs, IReadOnlyCollection<Irrep>? filter = null)
    {
        var symmetry = IndexSymmetry.Parse(formula);
        ArgumentNullException.ThrowIfNull(inputs);
        _basis = ReducedTensorBasis.Of(symmetry, inputs.Count == 1 ? [.. symmetry.Indices.Select(_ => inputs[0])] : inputs, filter);
        Shape = [.. _basis.Inputs.Select(i => (long)i.Dim)];
        long components = Shape.Aggregate(1L, (product, size) => product * size);
        _rows = new ConstantTable([.. _basis.Rows.SelectMany(r => r)], _basis.Rows.Count, components);
        _columns = new ConstantTable([.. from d in Enumerable.Range(0, (int)components) from row in _basis.Rows select row[d]], components, _basis.Rows.Count);
    }

    /// <summary>What the result carries, sorted, each irrep once.</summary>
    public Irreps Irreps => _basis.Irreps;

    /// <summary>The symmetry.</summary>
    public IndexSymmetry Symmetry => _basis.Symmetry;

    /// <summary>The length of each index.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>
    /// The orthonormal basis: [irreps, index, index, …]. Where an irrep has several copies they are a convention, and another program's differ by an orthogonal mixture.
    /// </summary>
    /// <param name="dtype">Floating-point type; torch's default where null.</param>
    /// <param name="device">Where to make it; the CPU where null.</param>
    public Tensor ChangeOfBasis(ScalarType? dtype = null, Device? device = null)
    {
        using var scope = NewDisposeScope();
        Tensor like = empty([0], dtype ?? get_default_dtype(), device ?? CPU);
        return _rows.Like(like).reshape([Irreps.Dim, .. Shape]).clone().MoveToOuterDisposeScope();
    }

    /// <summary>The products: Σ Q[k, i, j, …] x[i] y[j] ….</summary>
    /// <param name="features">A feature for each index: [..., irreps]. Leading axes broadcast.</param>
    /// <returns>[..., <see cref="Irreps"/>].</returns>
    /// <exception cref="ArgumentException">Number, widths, types or devices of the features do not fit.</exception>
    public Tensor Apply(params Tensor[] features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Length != Shape.Count)
            throw new ArgumentException($"\"{Symmetry}\" has {Shape.Count} indices, but {features.Length} features are given.", nameof(features));
        for (int i = 0; i < features.Length; i++)
        {
            Check.Features(features[i], (int)Shape[i], _basis.Inputs[i].ToString(), $"{nameof(ReducedTensorProducts)}, feature {i}");
            Check.Alike(features[0], features[i], nameof(ReducedTensorProducts), $"features 0 and {i}");
        }

        using var scope = NewDisposeScope();
        Tensor product = features[0];
        foreach (Tensor next in features.Skip(1))
            product = product.unsqueeze(-1).mul(next.unsqueeze(-2)).flatten(-2, -1);
        return FromFlat(product).MoveToOuterDisposeScope();
    }

    /// <summary>The irreps of tensors: their parts with the symmetry.</summary>
    /// <param name="tensors">[..., index, index, …].</param>
    /// <returns>[..., <see cref="Irreps"/>].</returns>
    /// <exception cref="ArgumentException">The last axes or the type do not fit.</exception>
    public Tensor FromTensor(Tensor tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        int rank = Shape.Count;
        if (tensors.dim() < rank || !tensors.shape[^rank..].SequenceEqual(Shape) || !tensors.is_floating_point())
        {
            string shape = string.Join(", ", tensors.shape);
            throw new ArgumentException($"The tensors are {tensors.dtype} [{shape}]; \"{Symmetry}\" takes floating-point [..., {string.Join(", ", Shape)}].", nameof(tensors));
        }

        using var scope = NewDisposeScope();
        return FromFlat(tensors.reshape([.. tensors.shape[..^rank], -1])).MoveToOuterDisposeScope();
    }

    /// <summary>The tensors that irreps stand for, which have the symmetry.</summary>
    /// <param name="features">[..., <see cref="Irreps"/>].</param>
    /// <returns>[..., index, index, …].</returns>
    /// <exception cref="ArgumentException">The last axis or the type does not fit.</exception>
    public Tensor ToTensor(Tensor features)
    {
        Check.Features(features, Irreps.Dim, Irreps.ToString(), $"{nameof(ReducedTensorProducts)}, features");
        using var scope = NewDisposeScope();
        return features.matmul(_rows.Like(features)).reshape([.. features.shape[..^1], .. Shape]).MoveToOuterDisposeScope();
    }

    private Tensor FromFlat(Tensor flat) => flat.matmul(_columns.Like(flat));
}
