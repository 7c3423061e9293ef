using System.ComponentModel;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>A function of the norm of every copy, times the copy or its direction, out of TorchSharp operations. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NormActivation
{
    private readonly ActivationFunction _function;
    private readonly Scalar? _shortestSquare;
    private readonly (int Copies, int L)[] _segments;

    /// <summary>Describes the operation.</summary>
    /// <param name="function">The function.</param>
    /// <param name="epsilon">What shorter norms are replaced by before dividing by them; null for no division.</param>
    /// <param name="segments">Copies and degree of each segment.</param>
    public NormActivation(ActivationFunction function, double? epsilon, params (int Copies, int L)[] segments)
    {
        (_function, _segments, _shortestSquare) = (function, segments, (epsilon * epsilon)?.ToScalar());
    }

    /// <summary>f(n + b) x / n, or f(n + b) x.</summary>
    /// <param name="x">[rows, columns].</param>
    /// <param name="biases">[copies]; null for none.</param>
    /// <returns>[rows, columns].</returns>
    public Tensor Apply(Tensor x, Tensor? biases = null)
    {
        using var scope = NewDisposeScope();
        Tensor wide = HalfPrecision.Widen(x);
        Tensor[] segments = [.. Segments(wide)];
        if (segments.Length == 0)
        {
            return x.alias().MoveToOuterDisposeScope();
        }

        Tensor norms = Norms(cat([.. segments.Select(s => s.square().sum(-1))], 1));
        Tensor factors = Activations.Unscaled(biases is null ? norms : norms.Plus(HalfPrecision.Widen(biases)), _function);
        factors = _shortestSquare is null ? factors : factors.div(norms);
        long copy = 0;
        Tensor[] results = [.. segments.Select(s => s.mul(factors.narrow(1, (copy += s.size(1)) - s.size(1), s.size(1)).unsqueeze(2)).flatten(1))];
        return HalfPrecision.Return(cat(results, 1), x.dtype);
    }

    /// <summary>[rows, copies, components] each.</summary>
    private IEnumerable<Tensor> Segments(Tensor x)
    {
        long column = 0;
        foreach (var (copies, l) in _segments)
        {
            long components = (2 * l) + 1;
            yield return x.narrow(1, column, copies * components).reshape(x.size(0), copies, components);
            column += copies * components;
        }
    }

    /// <summary>Lengths with derivatives of zero where they are replaced: the shortest that may divide, or zero.</summary>
    private Tensor Norms(Tensor squares) =>
        _shortestSquare is null ? Pointwise.Length(squares) : squares.masked_fill(squares.lt(_shortestSquare), _shortestSquare).sqrt();
}
