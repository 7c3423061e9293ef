using System;
using System.Collections.Generic;
using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Valid.Training;

[MessagePassingNetwork(Input = "2x0e", Hidden = "8x0e + 4x1o", Output = "0e + 1o", EdgeHarmonics = "0e + 1o + 2e", Layers = 2, MaxRadius = 3.5)]
public sealed partial class Force;

/// <summary>A readout that calls a whole network, with radial features computed from lengths.</summary>
[EquivariantModule]
public sealed partial class Model : nn.Module<Tensor, Tensor, Graph, (Tensor Energy, Tensor Dipole)>
{
    private const double Cutoff = 3.5;
    private readonly Force _network = new();
    private readonly FullyConnectedNetwork _radial = new([10, 64, 4], ActivationFunction.Silu);

    public override (Tensor Energy, Tensor Dipole) forward([Positions] Tensor positions, [Irreps("2x0e")] Tensor species, Graph graph)
    {
        using var scope = NewDisposeScope();
        Tensor vectors = graph.EdgeVectors(positions);
        Tensor lengths = vectors.norm(-1);
        Tensor basis = RadialBasis.SoftOneHotLinspace(lengths, 0, Cutoff, 10, RadialBasisKind.Gaussian, cutoff: true);
        Tensor weights = _radial.call(basis) * E3Gen.Cutoff.Cosine(lengths / Cutoff).unsqueeze(-1);
        Tensor harmonics = Harmonics(vectors);
        Tensor messages = Convolve(species, harmonics, weights, graph);
        Tensor y = _network.call(positions, species, graph) + Read(messages);
        Tensor energy = y[.., 0].sum(), dipole = y[.., 1..4].sum(dim: 0);
        Tensor turned = Turn(dipole, -dipole);
        return scope.MoveToOuter(energy, dipole + turned);
    }

    [SphericalHarmonics("0e + 1o")]
    private partial Tensor Harmonics(Tensor vectors);

    [Convolution("2x0e", "0e + 1o")]
    private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [Linear("@Convolve", "0e + 1o")]
    private partial Tensor Read(Tensor messages);

    [return: Irreps("1o", Rows = 0)]
    private static Tensor Turn([Irreps("1o", Rows = 0)] Tensor x, [Irreps("1o", Rows = 0)] Tensor y) => x + y;
}

/// <summary>Code around the modules is nobody's business, but for the types of what it passes.</summary>
public static class Training
{
    public static double Step(Force network, optim.Optimizer optimizer, Tensor positions, Tensor species, Tensor energies, Tensor forces, Graph graph)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        using Tensor x = positions.detach().requires_grad_();
        Tensor noisy = x + torch.randn_like(x) * 0.01 + 1;
        Tensor y = network.call(noisy, species.relu(), graph);
        Tensor energy = y[.., 0].sum();
        Tensor gradient = autograd.grad([energy], [x], create_graph: true, retain_graph: true)[0];
        Tensor loss = nn.functional.mse_loss(energy, energies) + (gradient + forces).pow(2).mean() + y.abs().max() + y.softmax(-1).sum();
        loss.backward();
        foreach (var (name, parameter) in network.named_parameters())
        {
            parameter.grad?.clamp_(-1, 1);
        }

        optimizer.step();
        return loss.item<float>() + y.norm().ToDouble();
    }

    public static Tensor Rotate([Irreps("8x1o")] Tensor x, Tensor matrix) => x.matmul(matrix).relu() + 1;

    public static (Tensor, Tensor) Batches(Model model, IEnumerable<(Tensor Positions, Tensor Species, Graph Graph)> data)
    {
        Tensor? total = null;
        Tensor last = torch.zeros(3);
        foreach (var (positions, species, graph) in data)
        {
            (Tensor energy, last) = model.call(positions, species, graph);
            total = total is null ? energy : total + energy;
        }

        return (total!, last);
    }
}

/// <summary>A program around a network: tensors made of numbers are data here, positions maybe, and no constants of a module.</summary>
public static class Program
{
    public static Tensor Run(Model model, float[] numbers, double[,] table, Graph graph)
    {
        var positions = tensor(numbers).reshape(-1, 3);
        var (energy, _) = model.call(positions, ones(positions.size(0), 2), graph);
        var (second, _) = model.call(from_array(table), tensor(new[] { 1f, 0f, 0f, 1f }).view(-1, 2), graph);
        var (third, _) = model.call(tensor(new double[] { 0, 0, 0, 1, 1, 1 }, 2, 3), ones(2, 2), graph);
        return energy + second + third;
    }
}
