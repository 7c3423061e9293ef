using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Peers;

/// <summary>A compiled TorchScript source with one function, <c>forward</c>.</summary>
internal sealed class TorchScript
{
    private readonly jit.CompilationUnit unit;

    private TorchScript(jit.CompilationUnit unit) => this.unit = unit;

    /// <param name="source">Must be right: libtorch ends the process over a syntax error.</param>
    public static TorchScript Compile(string source) => new(jit.compile(source));

    public Tensor Invoke(Tensor[] arguments) => (Tensor)unit.invoke("forward", [.. arguments]);
}
