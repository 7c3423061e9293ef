using System.ComponentModel;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Scalars of each element, W[z]/√elements. State: <c>weight</c>, flat, [elements, copies]: those of e3nn's linear map of a one-hot vector of the element. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SpeciesEmbedding : ParameterModule
{
    private readonly int _elements;
    private readonly Scalar _scale;

    /// <summary>Draws the scalars from a standard normal distribution.</summary>
    /// <param name="elements">Number of elements.</param>
    /// <param name="copies">Number of scalars of each.</param>
    public SpeciesEmbedding(int elements, int copies)
        : base(nameof(SpeciesEmbedding))
    {
        (_elements, _scale) = (elements, 1 / Math.Sqrt(elements));
        Add("weight", randn((long)elements * copies));
    }

    /// <summary>The scalars of atoms.</summary>
    /// <param name="atoms">Their species.</param>
    /// <returns>[N, copies].</returns>
    public Tensor Of(SpeciesRows atoms) => get_parameter("weight")!.view(_elements, -1).mul(_scale).index_select(0, atoms.Species);
}
