using E3Gen.Benchmarks.Kernels.Contestants;
using E3Gen.Benchmarks.Kernels.Peers;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Cases;

/// <summary>Something to compute.</summary>
/// <param name="Name">Family and size, for example <c>uvu64/4096</c>.</param>
/// <param name="Title">What it is, for the table.</param>
/// <param name="Prepare">Makes inputs and contestants, in the dispose scope around it.</param>
internal sealed record Case(string Name, string Title, Func<PeerModules, Workload> Prepare);

/// <summary>Contestants with the tasks that each of them is measured in.</summary>
/// <param name="Shape">Sizes of the inputs.</param>
/// <param name="Contestants">The first one's parameters are given to the others.</param>
/// <param name="Tasks">What is timed.</param>
internal sealed record Workload(string Shape, IReadOnlyList<Contestant> Contestants, IReadOnlyList<MeasuredTask> Tasks);

/// <summary>A task that is timed.</summary>
/// <param name="Name">Forward, training step, …</param>
/// <param name="Flops">Operations that it asks for; 0 where they are not counted.</param>
/// <param name="Bytes">Least memory traffic: every input and result once; 0 where it is not counted.</param>
/// <param name="Prepare">Makes what a contestant does in one call; the call returns everything to be compared.</param>
internal sealed record MeasuredTask(string Name, double Flops, double Bytes, Func<Contestant, Func<Tensor[]>> Prepare);
