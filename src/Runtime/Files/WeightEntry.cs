using static TorchSharp.torch;

namespace E3Gen;

/// <summary>A tensor of a file, whatever its format.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">Its type; null if libtorch has none for it here.</param>
/// <param name="TypeName">Its type as messages name it.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Read">Reads its values; a new tensor on the CPU.</param>
internal sealed record WeightEntry(string Name, ScalarType? Type, string TypeName, IReadOnlyList<long> Shape, Func<Tensor> Read)
{
    public override string ToString() => $"{TypeName} [{string.Join(", ", Shape)}]";
}
