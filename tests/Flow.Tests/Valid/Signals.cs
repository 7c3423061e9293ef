using E3Gen;
using TorchSharp;
using static TorchSharp.torch;

namespace Valid.Signals;

/// <summary>A function of values on a grid is equivariant up to the grid only: whoever uses it says so, at the result or for a method.</summary>
[EquivariantModule]
public sealed partial class OnGrid : nn.Module<Tensor, Tensor>
{
    private const string Signal = "0e + 1o + 2e";

    private readonly S2Activation _activation = new(Signal, ActivationFunction.Tanh, 20);

    [return: Irreps(Signal)]
    public override Tensor forward([Irreps(Signal)] Tensor x) => Again(_activation.call(Mix(x)).AssumeIrreps(Signal));

    [Linear(Signal, Signal)]
    private partial Tensor Mix(Tensor x);

    [AssumeEquivariant("up to the grid: measured in tests")]
    [return: Irreps(Signal)]
    private Tensor Again([Irreps(Signal)] Tensor x) => _activation.call(x);
}
