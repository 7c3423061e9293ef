namespace E3Gen;

/// <summary>A function that should be equivariant is not.</summary>
/// <param name="message">Which transformation shows it, in which output irrep, and how large the error is.</param>
public sealed class EquivarianceException(string message) : Exception(message);
