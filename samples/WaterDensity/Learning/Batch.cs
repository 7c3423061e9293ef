using E3Gen;
using TorchSharp;
using static TorchSharp.torch;

namespace WaterDensity.Learning;

/// <summary>
/// Several molecules side by side in one graph. Its tensors belong to the dispose scope around it, the graph to the batch.
/// </summary>
internal sealed class Batch : IDisposable
{
    private Graph? _elsewhere;

    public Batch(IReadOnlyList<PreparedMolecule> molecules)
    {
        Molecules = molecules;
        Positions = cat([.. molecules.Select(m => m.Positions)]);
        Species = cat([.. molecules.Select(m => m.Species)]);
        Nodes = nn.functional.one_hot(Species, Density.AuxiliaryBasis.SpeciesCount).to_type(ScalarType.Float32);
        MissingElectrons = tensor(molecules.Select(m => m.MissingElectrons).ToArray());
        Graph = Graph.Concat(molecules.Select(m => m.Graph));
    }

    public IReadOnlyList<PreparedMolecule> Molecules { get; }

    /// <summary>[atom, 3], Å.</summary>
    public Tensor Positions { get; }

    /// <summary>[atom].</summary>
    public Tensor Species { get; }

    /// <summary>[atom, 2]: species, one-hot.</summary>
    public Tensor Nodes { get; }

    /// <summary>[molecule].</summary>
    public Tensor MissingElectrons { get; }

    /// <summary>Joins atoms of one molecule; <c>Graph.Batch</c> says which molecule an atom is in.</summary>
    public Graph Graph { get; }

    /// <summary>The graph on the device of the network, for as long as the batch lives.</summary>
    public Graph GraphOn(Device device) => device.type == DeviceType.CPU ? Graph : _elsewhere ??= Graph.to(device);

    public void Dispose()
    {
        Graph.Dispose();
        _elsewhere?.Dispose();
    }
}
