using System.Reflection;
using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Measuring;

/// <summary>A compiled program with an input.</summary>
internal sealed class Trial : IDisposable
{
    /// <summary>Errors larger than this, and far larger than what rounding the input does, are none of rounding.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>A relative change of the input that no program should react to: what does is discontinuous there, or cancels too much.</summary>
    private const double Jitter = 1e-13;

    private const int Jitters = 4;
    private const double Amplification = 1e3;

    /// <summary>Results smaller than this are compared absolutely.</summary>
    private const double LeastScale = 1e-3;

    private static readonly Frame[] Frames = Frame.Several(new Dice(0, 0));

    private readonly RandomProgram _program;
    private readonly nn.Module _module;
    private readonly MethodInfo _forward;
    private readonly Tensor[] _values;
    private readonly Irreps _output;
    private readonly int _seed, _origin;
    private readonly Tensor _reference;
    private readonly double _scale;

    public Trial(RandomProgram program, Type type, Probe probe, int draw)
    {
        (_program, _seed) = (program, draw);
        _module = (nn.Module)Activator.CreateInstance(type)!;
        _module.to(ScalarType.Float64);
        _forward = type.GetMethod("forward")!;
        var dice = new Dice(draw, program.Index);
        _values = [.. program.Arguments.Select(a => a.Draw(dice, probe))];
        _origin = program.Arguments.ToList().FindIndex(a => a.IsPoints);
        _output = program.Result.Nature switch { { Kind: Kind.Features } n => n.Irreps!, { Kind: Kind.Points } => "1x1o", _ => "1x0e" };
        _reference = Run(_values);
        IsFinite = _reference.isfinite().all().item<bool>();
        _scale = IsFinite && _reference.numel() > 0 ? Math.Max(_reference.abs().max().item<double>(), LeastScale) : LeastScale;
    }

    /// <summary>Whether the result is one that can be compared.</summary>
    public bool IsFinite { get; }

    /// <summary>What is wrong; null where nothing is.</summary>
    public string? Error()
    {
        if (_reference.dim() == 0 || _reference.size(-1) != _output.Dim)
        {
            return $"the result is stated to be {_program.Result.Attribute}, but has shape [{string.Join(", ", _reference.shape)}]";
        }

        if (!Frames.Any(IsWrong) || IsUnstable())
        {
            return null;
        }

        var report = Equivariance.Measure(Run, [.. _program.Arguments.Select((a, i) => a.Input(_values[i]))], _output, rotations: 3, seed: _seed);
        return report.Error > Tolerance ? report.ToString() : null;
    }

    public void Dispose() => _module.Dispose();

    private bool IsWrong(Frame frame) => Change(Run([.. _program.Arguments.Select((a, i) => a.Act(frame, _values[i]))]), frame.Act(_output, _reference)) > Tolerance;

    /// <summary>Whether rounding errors become large here.</summary>
    private bool IsUnstable() => Enumerable.Range(0, Jitters).Any(_ => Change(Run([.. _values.Select(Jittered)]), _reference) > Tolerance / Amplification);

    private static Tensor Jittered(Tensor value) => value.is_floating_point() ? value + (randn_like(value) * (value.abs().max() * Jitter)) : value;

    private double Change(Tensor now, Tensor before)
    {
        if (!now.shape.SequenceEqual(before.shape))
        {
            return double.PositiveInfinity;
        }

        double change = now.numel() == 0 ? 0 : (now - before).abs().max().item<double>() / _scale;
        return double.IsNaN(change) ? double.PositiveInfinity : change;
    }

    /// <summary>The result as something on whose last axis the output irreps act. What is drawn at random is the same in every run.</summary>
    private Tensor Run(Tensor[] inputs)
    {
        manual_seed(_seed);
        Tensor result = ((Tensor)_forward.Invoke(_module, BindingFlags.DoNotWrapExceptions, null, [.. inputs.Select(x => x.detach().clone())], null)!).detach().to(ScalarType.Float64);
        return _program.Result.Nature.Kind switch
        {
            Kind.Invariant => result.reshape(-1, 1),
            Kind.Points => result - inputs[_origin][0], // differences of points are vectors
            _ => result,
        };
    }
}
