using WaterDensity.Learning;
using WaterDensity.Systems;
using static TorchSharp.torch;

namespace HierarchicalLearning.Training;

/// <summary>A system as tensors, with its target t: [atoms, 70].</summary>
internal sealed record Example(WaterSystem System, PreparedMolecule Molecule, Tensor Target);

/// <summary>Examples side by side in one graph; tensors belong to the dispose scope around it.</summary>
internal sealed class ExampleBatch(IReadOnlyList<Example> examples) : IDisposable
{
    public Batch Inputs { get; } = new([.. examples.Select(e => e.Molecule)]);

    /// <summary>[atoms, 70].</summary>
    public Tensor Targets { get; } = cat([.. examples.Select(e => e.Target)]);

    public void Dispose() => Inputs.Dispose();
}
