namespace E3Gen;

/// <summary>A storage: elements in a record of the file.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">The type of its elements; bytes for an untyped one.</param>
/// <param name="Record">Where its bytes are.</param>
internal sealed record PyTorchStorage(string Key, PyTorchType Type, ZipRecord Record);
