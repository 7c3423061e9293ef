namespace E3Gen;

/// <summary>A function that should be equivariant is not.</summary>
/// <param name="message">The transformation and output irrep with the largest error, and its size.</param>
public sealed class EquivarianceException(string message) : Exception(message);
