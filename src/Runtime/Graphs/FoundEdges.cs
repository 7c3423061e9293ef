using TorchSharp;

namespace E3Gen;

/// <summary>Edges that a search found, on the CPU.</summary>
/// <param name="Source">int64 [E].</param>
/// <param name="Destination">int64 [E], rising.</param>
/// <param name="Offsets">int64 [N+1].</param>
/// <param name="Shifts">[E, 3]: vectors, or lattice coordinates of images; null where nothing is periodic.</param>
internal sealed record FoundEdges(torch.Tensor Source, torch.Tensor Destination, torch.Tensor Offsets, torch.Tensor? Shifts);
