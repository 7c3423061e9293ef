using E3Gen.Potentials.Tests.Support;
using TorchSharp;

namespace E3Gen.Potentials.Tests.Data;

public class BatchLoaderTests
{
    [Fact]
    public void BatchesComeInOrderFromTheFirstThatIsWanted()
    {
        using var potential = new PairPotential(Samples.Species);
        PreparedStructure[] prepared = PreparedStructure.All(Samples.Learn(7), potential, torch.ScalarType.Float32);
        int[] order = [6, 5, 4, 3, 2, 1, 0];
        using var loader = new BatchLoader(prepared, order, batchSize: 2, firstBatch: 1, torch.CPU);
        var taken = new List<LabelledStructure>();
        while (loader.Next() is { } next)
        {
            using Batch batch = next;
            taken.AddRange(batch.Structures);
            Assert.Equal(batch.Structures.Sum(s => s.Atoms.Count), batch.Graph.NodeCount);
            Assert.Equal(batch.Structures.Count, batch.Graph.GraphCount);
        }

        Assert.Equal(order.Skip(2).Select(i => prepared[i].Structure), taken);
        Array.ForEach(prepared, p => p.Dispose());
    }

    [Fact]
    public void ErrorsOfTheOtherThreadSurface()
    {
        using var potential = new PairPotential(Samples.Species);
        PreparedStructure[] prepared = PreparedStructure.All(Samples.Learn(3), potential, torch.ScalarType.Float32);
        using var loader = new BatchLoader(prepared, [0, 1, 7], batchSize: 1, firstBatch: 0, torch.CPU);
        loader.Next()!.Dispose();
        loader.Next()!.Dispose();
        Assert.Throws<ArgumentOutOfRangeException>(() => loader.Next());
        Array.ForEach(prepared, p => p.Dispose());
    }
}
