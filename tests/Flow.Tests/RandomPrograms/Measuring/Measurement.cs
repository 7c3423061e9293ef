using E3Gen.Flow.Tests.RandomPrograms.Language;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Measuring;

internal enum Measured
{
    /// <summary>It throws, or yields nothing that is finite.</summary>
    Nothing,
    Equivariant,
    NotEquivariant,
}

/// <summary>Runs a compiled program before many frames, with inputs of many kinds.</summary>
internal static class Measurement
{
    /// <summary>An error must persist for so many inputs of a kind.</summary>
    private const int Draws = 3;

    private static readonly Probe[] Probes = [new Probe(), new Probe(1e-3), new Probe(1e3), new Probe(ZeroRows: 40), new Probe(ZeroRows: 100)];

    /// <summary>What was measured, and a description of the error.</summary>
    public static (Measured Measured, string Report) Of(RandomProgram program, Type type)
    {
        bool isMeasured = false;
        foreach (var probe in Probes)
        {
            string? error = null;
            for (int draw = 0; draw < Draws && (draw == 0 || error is not null); draw++)
            {
                using var scope = NewDisposeScope();
                try
                {
                    using var trial = new Trial(program, type, probe, draw);
                    error = trial.IsFinite ? trial.Error() : null;
                    isMeasured |= trial.IsFinite;
                }
                catch (Exception exception) when (Author.IsExpected(exception))
                {
                    if (probe == Probes[0])
                    {
                        return (Measured.Nothing, exception.Message);
                    }

                    error = null;
                }
            }

            if (error is not null)
            {
                return (Measured.NotEquivariant, $"inputs of scale {probe.Scale} with {probe.ZeroRows}% zero rows: {error}");
            }
        }

        return isMeasured ? (Measured.Equivariant, "") : (Measured.Nothing, "not finite");
    }
}
