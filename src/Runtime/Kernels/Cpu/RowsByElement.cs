using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Kernels.Cpu;

/// <summary>The rows of each element, in order.</summary>
/// <param name="Rows">The rows, element after element.</param>
/// <param name="Starts">Where each element begins, and the end.</param>
internal sealed record RowsByElement(int[] Rows, int[] Starts)
{
    /// <param name="species">The element of each row, whole numbers; null where there is one.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="elements">Number of elements.</param>
    /// <param name="name">The operation, for the message.</param>
    /// <exception cref="ArgumentException">A row's element is none.</exception>
    public static RowsByElement Of(Tensor? species, int rows, int elements, string name)
    {
        if (species is null)
        {
            return new RowsByElement([.. Enumerable.Range(0, rows)], [0, rows]);
        }

        long[] all = species.to(ScalarType.Int64).cpu().data<long>().ToArray();
        var starts = new int[elements + 1];
        for (int r = 0; r < rows; r++)
        {
            if (all[r] < 0 || all[r] >= elements)
            {
                throw new ArgumentException($"{name}, argument 'species': row {r} has element {all[r]}, but there are weights for 0 to {elements - 1}.");
            }

            starts[all[r] + 1]++;
        }

        for (int e = 0; e < elements; e++)
        {
            starts[e + 1] += starts[e];
        }

        var (order, next) = (new int[rows], starts[..^1]);
        for (int r = 0; r < rows; r++)
        {
            order[next[all[r]]++] = r;
        }

        return new RowsByElement(order, starts);
    }

    /// <summary>The rows of each element as indices.</summary>
    /// <param name="device">Where they are to lie.</param>
    public IReadOnlyList<Tensor?> ToTensors(Device device) => [.. Enumerable.Range(0, Starts.Length - 1).Select(e =>
        tensor(Rows[Starts[e]..Starts[e + 1]].Select(r => (long)r).ToArray(), device: CPU).to(device))];
}
