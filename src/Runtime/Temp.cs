#pragma warning disable CS1591
using static TorchSharp.torch;
namespace E3Gen;
public sealed class Graph { public Tensor Source, Destination; public long NodeCount; public long EdgeCount => Source.size(0); public Graph(Tensor s, Tensor d, long n) { Source = s; Destination = d; NodeCount = n; } }
public static class Activations { public static Tensor Apply(Tensor x, ActivationFunction f, MomentConstants c) => nn.functional.silu(x); }
