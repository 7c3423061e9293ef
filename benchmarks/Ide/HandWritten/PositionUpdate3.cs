using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HandWritten;

[EquivariantModule]
public sealed partial class PositionUpdate3 : nn.Module<Tensor, Tensor, Graph, Tensor>
{
    private readonly Sequential _weight = nn.Sequential(("first", nn.Linear(65, 32)), ("act", nn.SiLU()), ("last", nn.Linear(32, 1)));

    public PositionUpdate3()
        : base(nameof(PositionUpdate3)) => RegisterComponents();

    [return: Positions]
    public override Tensor forward([Positions] Tensor positions, [Irreps("32x0e")] Tensor nodes, Graph graph)
    {
        Tensor difference = positions.index_select(0, graph.Destination) - positions.index_select(0, graph.Source);
        Tensor pair = torch.cat([nodes.index_select(0, graph.Source), nodes.index_select(0, graph.Destination), Geometry.Dot(difference, difference)], -1);
        Tensor pull = Geometry.Unit(difference) * _weight.call(pair).tanh();
        Tensor moved = torch.zeros([graph.NodeCount, 3], dtype: pull.dtype).index_add(0, graph.Destination, pull, 1);
        return positions + moved * 0.1;
    }
}
