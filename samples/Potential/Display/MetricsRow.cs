using E3Gen.Potentials;

namespace Potential.Display;

/// <summary>A row of the learning curve for people: energies in meV by atom, forces in meV/Å, stresses in meV/Å³, if the data are in eV and Å.</summary>
internal static class MetricsRow
{
    public const string Header = " epoch     step  seconds      rate    train    valid  RMSE: E/N, meV   F, meV/Å";

    public static string Of(EpochMetrics m) => FormattableString.Invariant(
        $"{m.Epoch,6} {m.Step,8} {m.Seconds,8:F0} {m.Rate,9:0.0E-0} {m.TrainLoss,8:0.00E-0} {m.ValidLoss,8:0.00E-0} {Rmse(m.Errors.EnergyPerAtom),15} {Rmse(m.Errors.Forces),10}")
        + (m.Errors.Stress.Count > 0 ? $"   σ {Rmse(m.Errors.Stress)} meV/Å³" : "") + (m.Stage > 1 ? "  stage 2" : "") + (m.IsBest ? "  best" : "");

    public static string Short(EpochMetrics m) => $"E {Rmse(m.Errors.EnergyPerAtom)} meV/atom, F {Rmse(m.Errors.Forces)} meV/Å";

    /// <summary>Mean absolute error in thousandths; a dash where there is nothing to compare.</summary>
    public static string Mae(ErrorSums errors) => errors.Count == 0 ? "–" : Milli(errors.Mae);

    /// <summary>Root mean square error in thousandths; a dash where there is nothing to compare.</summary>
    public static string Rmse(ErrorSums errors) => errors.Count == 0 ? "–" : Milli(errors.Rmse);

    /// <summary>In thousandths, with three digits; what is no number is shown as such.</summary>
    public static string Milli(double value)
    {
        double milli = 1000 * value;
        return Math.Abs(milli) switch
        {
            double.NaN => "NaN",
            double.PositiveInfinity => "∞",
            < 10 => FormattableString.Invariant($"{milli:F2}"),
            < 100 => FormattableString.Invariant($"{milli:F1}"),
            _ => FormattableString.Invariant($"{milli:F0}"),
        };
    }
}
