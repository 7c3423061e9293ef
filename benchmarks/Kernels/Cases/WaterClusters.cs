using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Cases;

/// <summary>Clusters of water molecules, from the data of the WaterDensity sample.</summary>
internal static class WaterClusters
{
    private const int WatersOfATetramer = 4, Oxygen = 8;

    /// <returns>Positions [atoms, 3] in Å, species [atoms] (0 hydrogen, 1 oxygen) and the cluster that each atom is in.</returns>
    /// <exception cref="FileNotFoundException">The data do not lie beside the program.</exception>
    public static (Tensor Positions, Tensor Species, Tensor Cluster) Tetramers(int count)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "water.safetensors");
        if (!File.Exists(path))
            throw new FileNotFoundException($"The water clusters are missing: {path}.", path);
        using SafetensorsFile file = Safetensors.Read(path);
        using Tensor waters = file["n_waters"], offsets = file["mol_offsets"], positions = file["positions"], numbers = file["atomic_numbers"];
        long[] sizes = waters.to(int64).data<long>().ToArray(), starts = offsets.to(int64).data<long>().ToArray();
        int[] chosen = [.. Enumerable.Range(0, sizes.Length).Where(i => sizes[i] == WatersOfATetramer).Take(count)];
        Tensor rows = cat([.. chosen.Select(i => arange(starts[i], starts[i + 1], dtype: int64))]);
        Tensor cluster = cat([.. chosen.Select((i, n) => full(starts[i + 1] - starts[i], n, dtype: int64))]);
        return (positions.index_select(0, rows).to(float32), numbers.index_select(0, rows).eq(Oxygen).to(int64), cluster);
    }
}
