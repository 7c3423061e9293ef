using E3Gen.Potentials;

namespace Potential.Display;

/// <summary>A row of the learning curve for people: energies in meV by atom, forces in meV/Å, stresses in meV/Å³, if the data are in eV and Å.</summary>
internal static class MetricsRow
{
    public const string Header = " epoch     step  seconds      rate    train    valid  RMSE: E/N, meV   F, meV/Å";

    public static string Of(EpochMetrics m) => FormattableString.Invariant(
        $"{m.Epoch,6} {m.Step,8} {m.Seconds,8:F0} {m.Rate,9:0.0E-0} {m.TrainLoss,8:0.00E-0} {m.ValidLoss,8:0.00E-0} {Milli(m.Errors.EnergyPerAtom.Rmse),15} {Milli(m.Errors.Forces.Rmse),10}")
        + (m.Errors.Stress.Count > 0 ? $"   σ {Milli(m.Errors.Stress.Rmse)} meV/Å³" : "") + (m.Stage > 1 ? "  stage 2" : "") + (m.IsBest ? "  best" : "");

    public static string Short(EpochMetrics m) => $"E {Milli(m.Errors.EnergyPerAtom.Rmse)} meV/atom, F {Milli(m.Errors.Forces.Rmse)} meV/Å";

    /// <summary>In thousandths, with three digits; a dash where there is nothing.</summary>
    public static string Milli(double value)
    {
        double milli = 1000 * value;
        return !double.IsFinite(milli) ? "–" : Math.Abs(milli) switch
        {
            < 10 => FormattableString.Invariant($"{milli:F2}"),
            < 100 => FormattableString.Invariant($"{milli:F1}"),
            _ => FormattableString.Invariant($"{milli:F0}"),
        };
    }
}
