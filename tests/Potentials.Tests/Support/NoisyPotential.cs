using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials.Tests.Support;

/// <summary>A <see cref="PairPotential"/> that draws a random number for each call in training mode, as dropout does, and keeps the modes that it was called in. Its constants and energies of atoms are its own.</summary>
internal sealed class NoisyPotential : nn.Module<Tensor, Tensor, Graph, Tensor>, IPotential, IAdaptToData, IStateConstants
{
    private readonly PairPotential _pairs;
    private readonly double _constant;

    public NoisyPotential(double cutoff = 4, double constant = 1)
        : base(nameof(NoisyPotential))
    {
        (_pairs, _constant) = (new PairPotential(Samples.Species, cutoff, strength: 0.5), constant);
        RegisterComponents();
    }

    public List<bool> Modes { get; } = [];

    public DatasetStatistics? AdaptedTo { get; private set; }

    public IReadOnlyList<string> Species => _pairs.Species;

    public double Cutoff => _pairs.Cutoff;

    public IReadOnlyDictionary<string, double[]> StateConstants => new Dictionary<string, double[]> { ["exponent"] = [_constant] };

    public void Adapt(DatasetStatistics statistics) => AdaptedTo = statistics;

    public override Tensor forward(Tensor positions, Tensor species, Graph graph)
    {
        Modes.Add(training && _pairs.training);
        using var scope = NewDisposeScope();
        Tensor energies = _pairs.forward(positions, species, graph);
        return (training ? energies * (0.5 + rand(1, dtype: positions.dtype)) : energies).MoveToOuterDisposeScope();
    }
}
