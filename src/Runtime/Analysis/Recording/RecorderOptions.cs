namespace E3Gen.Analysis;

/// <summary>What a <see cref="Recorder"/> records.</summary>
public sealed record RecorderOptions
{
    /// <summary>Which operations, by their name such as "layers.0.first.Convolve"; all of them where null.</summary>
    public Func<string, bool>? Operations { get; init; }

    /// <summary>Which quantities.</summary>
    public Quantities Quantities { get; init; } = Quantities.All;

    /// <summary>Leaves the sink open when the recorder is disposed: for a sink that several recorders share.</summary>
    public bool LeaveSinkOpen { get; init; }
}
