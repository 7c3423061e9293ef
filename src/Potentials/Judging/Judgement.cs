namespace E3Gen.Potentials;

/// <summary>One measured property of a potential.</summary>
/// <param name="Check">What was checked: "permutation of atoms".</param>
/// <param name="Quantity">Of which result: "energy".</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Measured">The largest violation that was found; null where nothing was measured.</param>
/// <param name="Tolerance">What is allowed in the number type of the potential; null where nothing was measured.</param>
/// <param name="Unit">Unit of both.</param>
/// <param name="Note">Where it was found, what is missing, or what was thrown; may be empty.</param>
public sealed record Judgement(string Check, string Quantity, Verdict Verdict, double? Measured, double? Tolerance, string Unit, string Note)
{
    /// <summary>Whether the check found no fault: it passed, or was skipped.</summary>
    public bool IsGood => Verdict is Verdict.Passed or Verdict.Skipped;

    internal static Judgement Of(string check, string quantity, double measured, double tolerance, string unit, string note = "") =>
        // A number that is none is not within any tolerance.
        new(check, quantity, measured <= tolerance ? Verdict.Passed : Verdict.Failed, measured, tolerance, unit, note);

    internal static Judgement Skipped(string check, string quantity, string why) => new(check, quantity, Verdict.Skipped, null, null, "", why);

    internal static Judgement Threw(string check, Exception error) => new(check, "", Verdict.Error, null, null, "", $"{error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}");
}
