using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// A function of the norm of every copy, times its direction, as in <c>e3nn.nn.NormActivation</c>: <c>z[i,u] = f(n[u] + b[u]) x[i,u] / n[u]</c> with <c>n[u] = max(ε, √(Σ_i x[i,u]²))</c>. Without
/// <see cref="Normalize"/>, <c>z[i,u] = f(n[u] + b[u]) x[i,u]</c> with the norm itself (e3nn 0.5.6 cannot construct this). The method takes [..., in] and returns [..., in]. The function is
/// applied as it is, without a constant; since norms are even, any function will do for any irrep. Below ε, and without <see cref="Normalize"/> below 1e-12, norms have zero derivatives.
/// </summary>
/// <param name="input">Irreps of the argument, and of the result.</param>
/// <param name="function">f.</param>
public sealed class NormActivationAttribute([StringSyntax("Irreps")] string input, ActivationFunction function) : OperationAttribute
{
    /// <summary>Irreps of the argument, and of the result.</summary>
    public string Input { get; } = input;

    /// <summary>f.</summary>
    public ActivationFunction Function { get; } = function;

    /// <summary>Adds a parameter to the norm of each copy: <c>&lt;Method&gt;.biases</c>, shape [copies], initially zero.</summary>
    public bool Bias { get; set; }

    /// <summary>Divides by the norms, so that f alone is the length of the result.</summary>
    public bool Normalize { get; set; } = true;

    /// <summary>ε, by which shorter norms are replaced where <see cref="Normalize"/> divides by them; from 1e-15 to 1e15, so that its square is a float32.</summary>
    public double Epsilon { get; set; } = 1e-8;
}
