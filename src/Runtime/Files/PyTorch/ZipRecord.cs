namespace E3Gen;

/// <summary>An entry of a zip archive.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">Position of its first byte in the file.</param>
/// <param name="Length">Bytes that it takes in the file.</param>
/// <param name="Checksum">Their CRC-32.</param>
/// <param name="Obstacle">Why the bytes are not its content, such as compression; null if they are.</param>
internal sealed record ZipRecord(string Name, long Start, long Length, uint Checksum, string? Obstacle);
