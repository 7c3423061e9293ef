using System.ComponentModel;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>
/// Weights of a linear map for each element. State: <c>weight</c>, flat, block after block [copies in, elements, copies out]: those of e3nn's fully connected tensor product with a
/// one-hot vector of the element, which has the same values, at the cost of a product for each element. Called by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SpeciesLinear : ParameterModule
{
    private readonly (int Input, int Output)[] _blocks;
    private readonly int _elements;
    private readonly Scalar _scale;

    /// <summary>Draws the weights from a standard normal distribution.</summary>
    /// <param name="elements">Number of elements.</param>
    /// <param name="blocks">Copies of each path's input and output.</param>
    public SpeciesLinear(int elements, params (int Input, int Output)[] blocks)
        : base(nameof(SpeciesLinear))
    {
        // The product's paths are scaled by 1/√(copies · elements), of which the linear map knows the copies.
        (_elements, _blocks, _scale) = (elements, blocks, 1 / Math.Sqrt(elements));
        Add("weight", randn(blocks.Sum(b => (long)b.Input * b.Output * elements)));
    }

    /// <summary>The weights of all elements.</summary>
    public Parameter Weight => get_parameter("weight")!;

    /// <summary>Applies the map.</summary>
    /// <param name="x">[N, columns].</param>
    /// <param name="atoms">The species of the rows.</param>
    /// <param name="map">The map with the weights of one element.</param>
    /// <returns>[N, columns of the result].</returns>
    public Tensor Apply(Tensor x, SpeciesRows atoms, Func<Tensor, Tensor, Tensor> map)
    {
        using var scope = NewDisposeScope();
        IEnumerable<Tensor> blocks = Weight.split([.. _blocks.Select(b => (long)b.Input * b.Output * _elements)])
            .Zip(_blocks, (w, b) => w.view(b.Input, _elements, b.Output).transpose(0, 1).reshape(_elements, -1));
        Tensor[] weights = cat([.. blocks], 1).mul(_scale).unbind();
        return atoms.Map(x, (rows, species) => map(rows, weights[species])).MoveToOuterDisposeScope();
    }
}
