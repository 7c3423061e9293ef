// A network written by hand, PaiNN with attention and a step of EGNN, that the compiler proves to be equivariant. It learns energies and forces of small clusters.
using System.Diagnostics;
using E3Gen;
using HandWritten;
using TorchSharp;
using static TorchSharp.torch;

const int Clusters = 64;

if (args is not ([] or ["--device", _]))
{
    Console.Error.WriteLine("The only option is --device cpu or --device cuda.");
    return 2;
}

if (args is [_, not "cpu"] && !cuda.is_available())
{
    Console.Error.WriteLine($"--device {args[1]}: libtorch sees no GPU. Build with -p:Libtorch=cuda on a machine with an NVIDIA GPU and its driver, or leave the option out.");
    return 2;
}

var where = device(args is [_, var name] ? name : "cpu");
manual_seed(0);
set_num_threads(1);
var clock = Stopwatch.StartNew();
var (seen, unseen) = (new Samples(Clusters).To(where), new Samples(Clusters).To(where));
using var network = new Potential();
network.to(where);
using var optimizer = optim.Adam(network.parameters(), lr: 3e-3);
Console.WriteLine($"forces of unseen clusters before: {Error(unseen):P0} of their size");
for (int step = 1; step <= 300; step++)
{
    using var scope = NewDisposeScope();
    optimizer.zero_grad();
    var (energies, forces) = network.EnergiesAndForces(seen.Positions, seen.Kinds, seen.Graph);
    var loss = (energies - seen.Energies).pow(2).mean() * 0.1 + (forces - seen.Forces).pow(2).mean();
    loss.backward();
    optimizer.step();
    if (step % 100 == 0)
    {
        Console.WriteLine($"step {step,3}  loss {loss.item<float>():F4}  forces of unseen clusters {Error(unseen):P0}");
    }
}

// The compiler said E3G0509 of every module, or this would not have been built. What it proved can be measured, too.
network.to(float64);
var one = new Samples(1, float64).To(where);
var inputs = new[] { EquivariantInput.Points(one.Positions), EquivariantInput.Invariant(one.Kinds) };
var energy = Equivariance.Measure((x, graph) => network.forward(x[0], x[1], graph), inputs, one.Graph, Irreps.Parse("0e"));
var force = Equivariance.Measure((x, graph) => network.EnergiesAndForces(x[0], x[1], graph).Forces, inputs, one.Graph, Irreps.Parse("1o"));
Console.WriteLine($"proven by the compiler; measured: energies {energy.Error:E0}, forces {force.Error:E0} off under rotations, inversion and translations");
Console.WriteLine($"{clock.Elapsed.TotalSeconds:F1} s in all");
return Error(unseen.To(float64)) < 0.4 && energy.Error < 1e-9 && force.Error < 1e-9 ? 0 : 1;

double Error(Samples samples)
{
    using var scope = NewDisposeScope();
    var (_, forces) = network.EnergiesAndForces(samples.Positions, samples.Kinds, samples.Graph);
    return ((forces - samples.Forces).norm() / samples.Forces.norm()).to(float64).item<double>();
}
