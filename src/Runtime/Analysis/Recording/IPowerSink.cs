namespace E3Gen.Analysis;

/// <summary>Takes what a <see cref="Recorder"/> measures. Its disposal ends the writing.</summary>
public interface IPowerSink : IDisposable
{
    /// <summary>Takes the rows of one step.</summary>
    /// <param name="rows">The rows, operation by operation.</param>
    void Write(IReadOnlyList<PowerRow> rows);
}
