namespace E3Gen.Cuda;

/// <summary>The GPU, its driver or its compiler cannot do what it was asked for: the message says what failed, where, why, and what to do.</summary>
internal sealed class CudaException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The function that failed; null where none was called.</summary>
    public string? Function { get; init; }

    /// <summary>What it returned.</summary>
    public int Code { get; init; }

    /// <summary>What the compiler says about the text; null where it was not the compiler.</summary>
    public string? Log { get; init; }

    /// <summary>Whether the same call may succeed later.</summary>
    public bool MayPass => Function?.StartsWith("cu", StringComparison.Ordinal) == true && Code == DriverErrors.OutOfMemory;
}
