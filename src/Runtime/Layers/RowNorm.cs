using System.ComponentModel;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Normalisation of each row by itself, over the copies of its irreps.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RowNorm : Layer
{
    private readonly Irreps _irreps;
    private readonly IrrepCopies _copies;
    private readonly List<Entry> _entries = [];
    private readonly Scalar _epsilon;
    private readonly bool _centering;

    private protected RowNorm(string label, Irreps irreps, double epsilon, bool affine, bool bias, Normalization normalization, bool centering)
        : base(label)
    {
        ArgumentNullException.ThrowIfNull(irreps);
        (_irreps, _copies, _epsilon, _centering) = (irreps, new IrrepCopies(irreps), epsilon, centering);
        for (int i = 0; i < irreps.Count; i++)
        {
            if (irreps[i].Multiplicity > 0)
            {
                int terms = normalization == Normalization.Component ? irreps[i].Dim : irreps[i].Multiplicity;
                _entries.Add(new Entry(irreps.Slices[i].Offset, irreps[i].Dim, irreps[i].Irrep.IsScalar, 1.0 / terms));
            }
        }

        if (affine)
        {
            Add("weight", ones(_copies.Count));
            if (bias)
            {
                Add("bias", zeros(_copies.ScalarCount));
            }
        }
    }

    /// <summary>Normalises: [..., irreps] → the same.</summary>
    /// <param name="x">The features.</param>
    /// <param name="name">The argument's name in messages.</param>
    /// <exception cref="ArgumentException">The shape, the dtype or the device is wrong.</exception>
    public Tensor Apply(Tensor x, [CallerArgumentExpression(nameof(x))] string name = "")
    {
        Expect(x, _irreps, name);
        ExpectLike(x, Parameter("weight"), name);
        using var scope = NewDisposeScope();
        Tensor wide = HalfPrecision.Widen(x);
        List<Tensor> entries = [.. _entries.Select(e => Centred(wide.narrow(-1, e.Column, e.Columns), e))];
        Tensor squares = IrrepCopies.Join(wide, entries.Zip(_entries, (part, e) => part.square().sum([-1], keepdim: true).mul(e.Share)));
        Tensor scales = Common(squares).Plus(_epsilon).rsqrt();
        bool one = scales.size(-1) == 1;
        Tensor result = IrrepCopies.Join(wide, entries.Select((part, i) => part.mul(one ? scales : scales.narrow(-1, i, 1))));
        result = Parameter("weight") is { } weight ? result.mul(_copies.Spread(HalfPrecision.Widen(weight))) : result;
        result = Parameter("bias") is { } bias ? _copies.AddToScalars(result, HalfPrecision.Widen(bias)) : result;
        return _entries.Count == 0 ? x.alias().MoveToOuterDisposeScope() : HalfPrecision.Return(result, x.dtype);
    }

    /// <summary>Mean squares to divide by, of the mean squares of the entries: [..., entries] → the same, or [..., 1] for all.</summary>
    private protected abstract Tensor Common(Tensor squares);

    /// <summary>Even scalars without their mean.</summary>
    private Tensor Centred(Tensor part, Entry entry) =>
        _centering && entry.IsEvenScalar ? part.sub(part.mean([-1], keepdim: true)) : part;

    /// <param name="Column">Its first column.</param>
    /// <param name="Columns">Number of its columns.</param>
    /// <param name="IsEvenScalar">Whether it has a mean.</param>
    /// <param name="Share">What each squared component contributes to the mean square.</param>
    private sealed record Entry(int Column, int Columns, bool IsEvenScalar, Scalar Share);
}
