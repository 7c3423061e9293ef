namespace E3Gen.Cuda;

/// <summary>
/// An operation as kernels of a GPU: their text, the memory they take, and the launches that compute the result, the cotangents of the arguments, and the derivatives of both in a
/// direction. Whoever runs it needs nothing else: a driver, a test on the host, a script.
/// </summary>
/// <param name="Name">Start of the names of its kernels.</param>
/// <param name="Type">What numbers in memory are.</param>
/// <param name="Source">The text.</param>
/// <param name="Operands">The memory.</param>
internal sealed record DeviceProgram(string Name, NumberType Type, string Source, IReadOnlyList<Operand> Operands)
{
    /// <summary>Writes the result, z.</summary>
    public required IReadOnlyList<Launch> Forward { get; init; }

    /// <summary>Writes the cotangents of the arguments.</summary>
    public required IReadOnlyList<Launch> Gradient { get; init; }

    /// <summary>Writes the derivative of z in the direction of the tangents to z.</summary>
    public required IReadOnlyList<Launch> Jvp { get; init; }

    /// <summary>Writes the derivatives of the cotangents to where <see cref="Gradient"/> writes these.</summary>
    public required IReadOnlyList<Launch> GradientJvp { get; init; }

    /// <summary>The launches of all four.</summary>
    public IEnumerable<Launch> Launches => [.. Forward, .. Gradient, .. Jvp, .. GradientJvp];

    /// <summary>The operands with a role that some launches take, in their order.</summary>
    /// <param name="launches">The launches.</param>
    /// <param name="role">The role.</param>
    public IEnumerable<Operand> Taken(IReadOnlyList<Launch> launches, Role role) =>
        Operands.Where(o => o.Role == role && launches.Any(l => l.Arguments.Contains(o.Name)));
}
