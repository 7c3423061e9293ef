using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HandWritten;

[EquivariantModule]
public sealed partial class Frames3 : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly List<Linear> _layers = [nn.Linear(3, 32), nn.Linear(32, 32), nn.Linear(32, 3)];

    public Frames3()
        : base(nameof(Frames3)) => RegisterComponents();

    [return: Irreps("1o")]
    public override Tensor forward([Irreps("1o")] Tensor first, [Irreps("1o")] Tensor second)
    {
        Tensor e1 = Geometry.Unit(first);
        Tensor e2 = Geometry.Unit(second - Geometry.Along(second, e1));
        Tensor normal = Geometry.Cross(e1, e2);
        Tensor other = Geometry.Cross(normal, e1);
        Tensor local = torch.cat([Geometry.Dot(first, e1), Geometry.Dot(second, e1), Geometry.Dot(second, e2)], -1);
        foreach (var layer in _layers)
        {
            local = layer.call(local).tanh();
        }

        Tensor sum = torch.zeros_like(first);
        for (int i = 0; i < 3; i++)
        {
            sum = sum + e1 * local.narrow(-1, 0, 1) + other * local.narrow(-1, 1, 1);
        }

        return sum / 3;
    }
}
