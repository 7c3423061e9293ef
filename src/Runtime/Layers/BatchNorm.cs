using System.ComponentModel;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Does the work of <see cref="BatchNormAttribute"/>, which says what it computes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BatchNorm : Layer
{
    private readonly Irreps _irreps;
    private readonly IrrepCopies _copies;
    private readonly Scalar _epsilon;
    private readonly Scalar _momentum;
    private readonly SampleReduction _reduce;
    private readonly Normalization _normalization;
    private readonly bool _instance;

    /// <summary>Creates it with weights of 1 and biases of 0, in the default dtype on the CPU.</summary>
    /// <param name="label">The operation's name in messages.</param>
    /// <param name="irreps">Irreps of argument and result.</param>
    /// <param name="epsilon">Added to squared lengths.</param>
    /// <param name="momentum">How far running statistics move towards those of a batch.</param>
    /// <param name="affine">Whether it has weights.</param>
    /// <param name="bias">Whether it has biases, too.</param>
    /// <param name="reduce">How squared lengths in the samples of a row become one.</param>
    /// <param name="normalization">Whether components or irreps get a mean square of 1.</param>
    /// <param name="instance">Whether each row has its own statistics.</param>
    public BatchNorm(
        string label, Irreps irreps, double epsilon = 1e-5, double momentum = 0.1, bool affine = true, bool bias = true,
        SampleReduction reduce = SampleReduction.Mean, Normalization normalization = Normalization.Component, bool instance = false)
        : base(label)
    {
        ArgumentNullException.ThrowIfNull(irreps);
        (_irreps, _copies, _epsilon, _momentum) = (irreps, new IrrepCopies(irreps), epsilon, momentum);
        (_reduce, _normalization, _instance) = (reduce, normalization, instance);
        if (affine)
        {
            Add("weight", ones(_copies.Count));
            if (bias)
            {
                Add("bias", zeros(_copies.ScalarCount));
            }
        }

        if (!instance)
        {
            AddBuffer("running_mean", zeros(_copies.ScalarCount));
            AddBuffer("running_var", ones(_copies.Count));
        }
    }

    /// <summary>Normalises: [batch, ..., irreps] → the same.</summary>
    /// <param name="x">The features.</param>
    /// <param name="name">The argument's name in messages.</param>
    /// <exception cref="ArgumentException">The shape, the dtype or the device is wrong.</exception>
    public Tensor Apply(Tensor x, [CallerArgumentExpression(nameof(x))] string name = "")
    {
        Expect(x, _irreps, name);
        ExpectLike(x, Parameter("weight") ?? (_instance ? null : get_buffer("running_var")), name);
        using var scope = NewDisposeScope();
        long batch = x.dim() > 1 ? x.size(0) : 1, samples = x.dim() > 2 ? x.shape[1..^1].Aggregate((a, b) => a * b) : 1;
        Tensor rows = HalfPrecision.Widen(x).reshape(batch, samples, _irreps.Dim);
        bool measures = (training || _instance) && rows.numel() > 0;
        Tensor mean = measures ? Mean(rows) : Running("running_mean", rows) ?? rows.new_zeros(_copies.ScalarCount);
        Tensor centred = _copies.AddToScalars(rows, mean.neg());
        Tensor squares = measures ? Squares(centred) : Running("running_var", rows) ?? rows.new_ones(_copies.Count);
        if (measures && !_instance)
        {
            Move("running_mean", mean);
            Move("running_var", squares);
        }

        Tensor scale = squares.Plus(_epsilon).rsqrt();
        scale = Parameter("weight") is { } weight ? scale.mul(HalfPrecision.Widen(weight)) : scale;
        Tensor result = centred.mul(_copies.Spread(scale));
        result = Parameter("bias") is { } bias ? _copies.AddToScalars(result, HalfPrecision.Widen(bias)) : result;
        return HalfPrecision.Return(result.reshape(x.shape), x.dtype);
    }

    /// <summary>Means of the even scalars: [scalars], or of each row [batch, 1, scalars].</summary>
    private Tensor Mean(Tensor rows)
    {
        Tensor scalars = _copies.Scalars(rows);
        return _instance ? scalars.mean([1], keepdim: true) : scalars.mean([0, 1]);
    }

    /// <summary>Squared lengths: [copies], or of each row [batch, 1, copies].</summary>
    private Tensor Squares(Tensor centred)
    {
        Tensor squares = _copies.Squares(centred, mean: _normalization == Normalization.Component);
        Tensor reduced = _reduce == SampleReduction.Max ? squares.amax([1], keepdim: true) : squares.mean([1], keepdim: true);
        return _instance ? reduced : reduced.mean([0, 1]);
    }

    /// <summary>Running statistics; null where there are none.</summary>
    private Tensor? Running(string name, Tensor rows) => _instance ? null : get_buffer(name)!.to(rows.dtype);

    private void Move(string name, Tensor measured)
    {
        using var _ = no_grad();
        Tensor running = get_buffer(name)!;
        // Half types are widened: a difference to the largest of their numbers need not be one.
        Tensor wide = HalfPrecision.Widen(running), moved = wide.Plus(measured.to(wide.dtype).sub(wide).mul(_momentum));
        double most = running.dtype switch { ScalarType.Float16 => 65504, ScalarType.BFloat16 => 3.3895313892515355e38, _ => double.MaxValue };
        running.copy_(running.dtype == wide.dtype ? moved : moved.clamp(-most, most));
    }
}
