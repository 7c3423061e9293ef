using E3Gen;
using WaterDensity.Density;
using WaterDensity.Systems;
using TorchSharp;
using static TorchSharp.torch;

namespace WaterDensity.Learning;

/// <summary>From geometry to density: the network, the scaling of its outputs and the exact number of electrons.</summary>
internal sealed class DensityModel
{
    private readonly Tensor _deviation, _charges, _squaredCharges;

    /// <param name="scaling">Of the outputs.</param>
    /// <param name="device">Where the network is; null for the CPU, where all the rest is.</param>
    public DensityModel(TargetScaling scaling, Device? device = null)
    {
        Scaling = scaling;
        Device = device ?? CPU;
        Network = new DensityNetwork().to(Device); // the first weights are those of the CPU's generator, on every device
        using var scope = NewDisposeScope();
        _deviation = scaling.Deviation.to_type(ScalarType.Float32).DetachFromDisposeScope();
        _charges = scaling.Charges.to_type(ScalarType.Float32).DetachFromDisposeScope();
        _squaredCharges = _charges.square().sum(-1).DetachFromDisposeScope();
    }

    public TargetScaling Scaling { get; }

    public Device Device { get; }

    public DensityNetwork Network { get; }

    public PreparedMolecule Prepare(Molecule molecule) => new(molecule, Scaling, DensityNetwork.Cutoff);

    /// <summary>
    /// y of every atom, [atom, 70]. What the scaled outputs of the network lack to the exact number of electrons of a molecule, Δn, is
    /// spread along the charges q of the components, y_A += q_A Δn / Σ_B |q_B|²: of all corrections that add Δn electrons this is the
    /// smallest in the metric of y. It is equivariant (q is zero but for scalars) and differentiable, and the network is trained through
    /// it.
    /// </summary>
    public Tensor Forward(Batch batch)
    {
        using var scope = NewDisposeScope();
        Tensor y = Network.forward(batch.Positions.to(Device), batch.Nodes.to(Device), batch.GraphOn(Device)).cpu().mul(_deviation.index_select(0, batch.Species));
        Tensor q = _charges.index_select(0, batch.Species);
        Tensor lacking = batch.MissingElectrons.sub(SumOverMolecules(y.mul(q).sum(-1), batch));
        Tensor share = lacking.div(SumOverMolecules(_squaredCharges.index_select(0, batch.Species), batch));
        return y.addcmul(q, share.index_select(0, batch.Graph.Batch!).unsqueeze(-1), Scalars.One).MoveToOuterDisposeScope();
    }

    /// <summary>The coefficients [atom, 70] of a molecule's density.</summary>
    public double[] Predict(Molecule molecule)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var batch = new Batch([Prepare(molecule)]);
        return Scaling.ToCoefficients(molecule, Forward(batch));
    }

    private static Tensor SumOverMolecules(Tensor values, Batch batch)
        => zeros(batch.Molecules.Count).index_add(0, batch.Graph.Batch!, values, Scalars.One);
}
