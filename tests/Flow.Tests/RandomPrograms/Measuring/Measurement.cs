using System.Reflection;
using System.Runtime.InteropServices;
using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Measuring;

internal enum Measured
{
    /// <summary>It throws, or yields nothing that is finite.</summary>
    Nothing,
    Equivariant,
    NotEquivariant,
}

/// <summary>Runs a compiled program before many frames.</summary>
internal static class Measurement
{
    /// <summary>Errors larger than this, and far larger than what rounding the input does, are none of rounding.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>A relative change of the input that no program should react to: what does is discontinuous there, or cancels too much.</summary>
    private const double Jitter = 1e-13;

    private const double Amplification = 1e3;
    private const int Draws = 3;

    /// <summary>Kinds of inputs. An error must persist for all draws of a kind.</summary>
    private static readonly Probe[] Probes = [new Probe(), new Probe(1e-3), new Probe(1e3), new Probe(ZeroRows: 40), new Probe(ZeroRows: 100)];

    /// <summary>What was measured, and a description of the error.</summary>
    public static (Measured Measured, string Report) Of(RandomProgram program, Type type)
    {
        bool isFinite = false;
        foreach (var probe in Probes)
        {
            string? report = null;
            for (int draw = 0; draw < Draws; draw++)
            {
                try
                {
                    var (error, text) = Error(program, type, probe, draw);
                    report = error ? text : null;
                    isFinite = true;
                }
                catch (NotFiniteNumberException)
                {
                    report = null;
                }
                catch (Exception exception) when (Cause(exception) is ExternalException or ArgumentException or InvalidOperationException or IndexOutOfRangeException or NullReferenceException or NotImplementedException or InvalidCastException or OverflowException or NotSupportedException)
                {
                    if (probe == Probes[0])
                    {
                        return (Measured.Nothing, Cause(exception).Message);
                    }

                    report = null;
                }

                if (report is null)
                {
                    break;
                }
            }

            if (report is not null)
            {
                return (Measured.NotEquivariant, $"inputs of scale {probe.Scale} with {probe.ZeroRows}% zero rows: {report}");
            }
        }

        return isFinite ? (Measured.Equivariant, "") : (Measured.Nothing, "not finite");
    }

    private static (bool IsError, string Report) Error(RandomProgram program, Type type, Probe probe, int draw)
    {
        using var scope = NewDisposeScope();
        var dice = new Dice(draw, program.Index);
        using var module = (nn.Module)Activator.CreateInstance(type)!;
        module.to(ScalarType.Float64);
        var forward = type.GetMethod("forward")!;
        Tensor[] values = [.. program.Arguments.Select(a => a.Draw(dice, probe))];
        var output = Output(program.Result.Nature);
        Tensor reference = Run(values);
        if (!reference.isfinite().all().item<bool>())
        {
            throw new NotFiniteNumberException();
        }

        string contract = program.Result.Nature is { Kind: Kind.Features, Irreps: { } irreps } && reference.size(-1) != irreps.Dim ? $"the result has {reference.size(-1)} columns" : "";
        if (contract.Length > 0)
        {
            return (true, contract);
        }

        var report = Equivariance.Measure(Run, [.. program.Arguments.Select((a, i) => a.Input(values[i]))], output, rotations: probe == Probes[0] ? 2 : 1, seed: draw);
        return (report.Error > Tolerance && report.Error > Amplification * Sensitivity(), report.ToString());

        Tensor Run(Tensor[] inputs)
        {
            Tensor result;
            try
            {
                result = (Tensor)forward.Invoke(module, [.. inputs.Select(x => x.detach().clone())])!;
            }
            catch (TargetInvocationException exception)
            {
                throw Cause(exception);
            }

            result = result.detach().to(ScalarType.Float64);
            return program.Result.Nature.Kind switch
            {
                Kind.Invariant => result.reshape(-1, 1),
                // Differences of points are vectors.
                Kind.Points => result - inputs[program.Arguments.ToList().FindIndex(a => a.IsPoints)][0],
                _ => result,
            };
        }

        double Sensitivity()
        {
            double scale = Math.Max(reference.abs().max().item<double>(), 1e-3), largest = 0;
            for (int i = 0; i < 4; i++)
            {
                Tensor[] jittered = [.. values.Select(v => v.is_floating_point() && v.numel() > 0 ? v + (randn_like(v) * (v.abs().max() * Jitter)) : v)];
                Tensor result = Run(jittered);
                double change = result.shape.SequenceEqual(reference.shape) ? (result - reference).abs().max().item<double>() / scale : double.PositiveInfinity;
                largest = Math.Max(largest, double.IsNaN(change) ? double.PositiveInfinity : change);
            }

            return largest;
        }
    }

    private static Irreps Output(Nature nature) => nature.Kind switch
    {
        Kind.Features => nature.Irreps!,
        Kind.Points => "1x1o",
        _ => "1x0e",
    };

    private static Exception Cause(Exception exception) => exception is TargetInvocationException { InnerException: { } inner } ? Cause(inner) : exception;
}
