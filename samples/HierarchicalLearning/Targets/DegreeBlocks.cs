using WaterDensity.Density;
using static TorchSharp.torch;

namespace HierarchicalLearning.Targets;

/// <summary>Which of an atom's 70 columns have which degree l, and which of them its species has at all.</summary>
internal sealed class DegreeBlocks
{
    public const int Degrees = DensityField.Degrees;

    private readonly Tensor _mask, _indicator;

    public DegreeBlocks(AuxiliaryBasis basis)
    {
        var indicator = new float[AuxiliaryBasis.Columns, Degrees];
        for (int l = 0; l < Degrees; l++)
        {
            for (int k = 0; k < AuxiliaryBasis.Multiplicities[l] * (2 * l + 1); k++)
                indicator[AuxiliaryBasis.FirstColumn(l) + k, l] = 1;
        }
        _indicator = tensor(indicator).DetachFromDisposeScope();
        _mask = tensor(basis.Mask.SelectMany(m => m.Select(used => used ? 1f : 0f)).ToArray(),
            [AuxiliaryBasis.SpeciesCount, AuxiliaryBasis.Columns]).DetachFromDisposeScope();
    }

    /// <summary>[5]: sums over atoms of the squares of each degree's columns, padding left out.</summary>
    /// <param name="values">[atoms, 70].</param>
    /// <param name="species">[atoms].</param>
    public Tensor SumOfSquares(Tensor values, Tensor species)
    {
        using var scope = NewDisposeScope();
        Tensor masked = values.mul(_mask.index_select(0, species));
        return masked.square().sum(dim: 0).unsqueeze(0).mm(_indicator).squeeze(0).MoveToOuterDisposeScope();
    }

    /// <summary>[5]: how many columns of each degree these atoms have.</summary>
    public Tensor Entries(Tensor species)
    {
        using var scope = NewDisposeScope();
        return _mask.index_select(0, species).sum(dim: 0).unsqueeze(0).mm(_indicator).squeeze(0).MoveToOuterDisposeScope();
    }
}
