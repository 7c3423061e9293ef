namespace E3Gen.Potentials;

/// <summary>How a check of a potential ended.</summary>
public enum Verdict
{
    /// <summary>What was measured is within the tolerance.</summary>
    Passed,

    /// <summary>It is not.</summary>
    Failed,

    /// <summary>Nothing was measured; the note says what is missing.</summary>
    Skipped,

    /// <summary>The potential threw an exception; the note has its message.</summary>
    Error,
}
