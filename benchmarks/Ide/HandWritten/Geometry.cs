using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HandWritten;

/// <summary>Lengths, directions and products of vectors in their last axis.</summary>
public static class Geometry
{
    public static Tensor Length(Tensor x) => x.norm(-1, keepdim: true);

    public static Tensor Unit(Tensor x) => x / (Length(x) + 1e-9);

    public static Tensor Dot(Tensor x, Tensor y) => (x * y).sum(-1, keepdim: true);

    public static Tensor Cross(Tensor x, Tensor y)
    {
        var (a, b) = (x.unbind(-1), y.unbind(-1));
        return torch.stack([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]], -1);
    }

    public static Tensor Along(Tensor x, Tensor direction) => Dot(x, direction) * direction;
}
