using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HandWritten;

[EquivariantModule]
public sealed partial class Attention3 : nn.Module<Tensor, Tensor>
{
    private const string Features = "32x0e + 32x1o";

    [Linear(Features, "32x0e + 32x1o")]
    private partial Tensor Query(Tensor x);

    [Linear(Features, Features)]
    private partial Tensor Value(Tensor x);

    [return: Irreps(Features)]
    public override Tensor forward([Irreps(Features)] Tensor x)
    {
        Tensor query = Query(x), value = Value(x);
        Tensor scores = query.matmul(query.t()) / Math.Sqrt(32);
        Tensor weights = nn.functional.softmax(scores, -1);
        Tensor pooled = weights.matmul(value);
        Tensor size = pooled.pow(2).mean([-1], keepdim: true).add(1e-6).rsqrt();
        return x + pooled * size;
    }
}
