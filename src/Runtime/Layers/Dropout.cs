using System.ComponentModel;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Does the work of <see cref="DropoutAttribute"/>, which says what it computes.</summary>
/// <param name="label">The operation's name in messages.</param>
/// <param name="irreps">Irreps of argument and result.</param>
/// <param name="probability">The probability that a copy is dropped; all are from 1 on, none up to 0.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Dropout(string label, Irreps irreps, double probability) : Layer(label)
{
    private readonly IrrepCopies _copies = new(irreps);
    private readonly Scalar _kept = 1 / (1 - probability); // not used where nothing is kept

    /// <summary>Drops copies in training mode: [batch, ..., irreps] → the same.</summary>
    /// <param name="x">The features.</param>
    /// <param name="name">The argument's name in messages.</param>
    /// <exception cref="ArgumentException">The shape or the dtype is wrong.</exception>
    public Tensor Apply(Tensor x, [CallerArgumentExpression(nameof(x))] string name = "")
    {
        Expect(x, irreps, name);
        if (!training || probability <= 0)
        {
            return x.alias();
        }

        using var scope = NewDisposeScope();
        return x.mul(_copies.Spread(Factors(x))).MoveToOuterDisposeScope();
    }

    /// <summary>A number for each copy of each row: [batch, 1, …, copies].</summary>
    private Tensor Factors(Tensor x)
    {
        var shape = x.shape;
        shape.AsSpan(1..Math.Max(shape.Length - 1, 1)).Fill(1);
        shape[^1] = _copies.Count;
        return probability >= 1
            ? zeros(shape, x.dtype, x.device)
            : empty(shape, ScalarType.Float32, x.device).bernoulli_(1 - probability).to(x.dtype).mul(_kept);
    }
}
