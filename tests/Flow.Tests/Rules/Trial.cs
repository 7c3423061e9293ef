using E3Gen.Flow.Tests.RandomPrograms;
using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules;

/// <summary>Runs a sample on drawn tensors before several frames, and holds all claims against what comes out.</summary>
internal sealed class Trial(Interpreted interpreted, int seed, IReadOnlyList<Frame> frames)
{
    private const double Jitter = 1e-12;

    private readonly Sample _sample = interpreted.Sample;

    /// <summary>The first mistake in what the analysis claims, in the order of the steps; null where there is none.</summary>
    public string? Mistake()
    {
        for (int draw = 0; draw < 2; draw++)
        {
            using var scope = NewDisposeScope();
            var dice = new Dice(seed + draw, _sample.Index);
            Tensor[] arguments = [.. _sample.Arguments.Select(a => a.Draw(dice, new Probe()))];
            if (Run(arguments) is { } worlds && Mistake(arguments, worlds) is { } mistake)
            {
                return mistake;
            }
        }

        return null;
    }

    /// <summary>The values before each frame; null where the sample throws, as one may when a mask takes another part.</summary>
    private List<Dictionary<string, Tensor>>? Run(Tensor[] arguments)
    {
        try
        {
            return [.. frames.Select(f => _sample.Run([.. _sample.Arguments.Select((a, i) => a.Act(f, arguments[i]))]))];
        }
        catch (Exception exception) when (Author.IsExpected(exception))
        {
            return null;
        }
    }

    private string? Mistake(Tensor[] arguments, List<Dictionary<string, Tensor>> worlds)
    {
        var extents = new Extents();
        var polynomials = new Polynomials(interpreted.Machine, interpreted.Claims.Select(c => (c.Value, worlds[0][c.Key])));
        foreach (string name in _sample.Arguments.Select(a => a.Name).Concat(_sample.Steps.Select(s => s.Name)).Where(interpreted.Claims.ContainsKey))
        {
            var claim = interpreted.Claims[name];
            List<Tensor> values = [.. worlds.Select(w => w[name])];
            if (Claim.Form(claim, values, extents).FirstOrDefault() is { } form)
            {
                bool isExact = claim.IsZero; // zero is zero, however numbers are rounded
                return !isExact && IsUnstable(arguments, worlds[0], name) ? null : $"{name}: {form}";
            }

            if (!values.All(v => v.detach().isfinite().all().item<bool>()))
            {
                continue;
            }

            if (Claim.Error(claim, values, frames) > Claim.Tolerance && !IsUnstable(arguments, worlds[0], name))
            {
                return $"{name}: it does not transform like that (by {Claim.Error(claim, values, frames):G2})";
            }

            if (claim.Written is not null && polynomials.Mistake(claim, values[0]) is { } entry)
            {
                return $"{name}: {entry}";
            }
        }

        return extents.Mistakes().FirstOrDefault() ?? Memory.Mistakes(interpreted.Claims, worlds[0]).FirstOrDefault();
    }

    /// <summary>Whether rounding errors become large in a variable, as they do where it jumps.</summary>
    private bool IsUnstable(Tensor[] arguments, Dictionary<string, Tensor> world, string name)
    {
        var before = world[name].detach().to(ScalarType.Float64);
        return Enumerable.Range(0, 3).Any(_ =>
        {
            var now = _sample.Run([.. arguments.Select(a => a.is_floating_point() ? a * (1 + (Jitter * randn_like(a))) : a)])[name].detach().to(ScalarType.Float64);
            return Claim.Distance(now, before) > Claim.Tolerance / 10 || now.isfinite().logical_not().any().item<bool>();
        });
    }
}
