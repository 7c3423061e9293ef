using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HandWritten;

/// <summary>Functions of distances.</summary>
public static class Radial
{
    public static Tensor Gaussians(Tensor r, int number, double radius)
    {
        var centres = torch.linspace(0, radius, number, dtype: r.dtype, device: r.device);
        return torch.exp(-(r - centres).pow(2) * (number / radius));
    }

    public static Tensor Envelope(Tensor r, double radius) => torch.where(r < radius, 0.5 * (torch.cos(r * (Math.PI / radius)) + 1), torch.zeros_like(r));
}
