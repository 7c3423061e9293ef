namespace E3Gen;

/// <summary>How <see cref="ModuleWeights.Load"/> reads a file and what it tolerates. By default everything must fit exactly.</summary>
public sealed class LoadOptions
{
    /// <summary>
    /// Maps a key of the file to a key of the module, or to null to skip it; null leaves keys unchanged. <see cref="KeyRules.Rename"/> is one.
    /// </summary>
    public Func<string, string?>? Rename { get; init; }

    /// <summary>
    /// True, the default, if every key of the file must have a place in the module and every parameter and buffer a key in the file. False to load
    /// what both have, such as a backbone under a new head; the report tells the rest, and it is an error if they have nothing in common.
    /// </summary>
    public bool Strict { get; init; } = true;

    /// <summary>
    /// True to leave out tensors whose shape or type does not fit; the report lists them. False, the default: they are errors, also if not
    /// <see cref="Strict"/>, because keys that agree by accident would load the wrong half of a network.
    /// </summary>
    public bool SkipMismatched { get; init; }

    /// <summary>
    /// For PyTorch files, the path of the state dict in the file, such as <c>"model_state_dict"</c>, keys separated by slashes; null, the default,
    /// if the file has only one.
    /// </summary>
    public string? Section { get; init; }

    /// <summary>For PyTorch files: see <see cref="PyTorchFile.Read"/>; needed for files with a whole pickled module.</summary>
    public bool SkipUnknown { get; init; }
}
