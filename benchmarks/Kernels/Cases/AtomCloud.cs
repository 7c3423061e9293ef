using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Cases;

/// <summary>Atoms at the sites of a cubic lattice, displaced: any number at one density, none too close to another.</summary>
internal static class AtomCloud
{
    private const double LargestDisplacement = 0.25;

    /// <param name="atoms">How many.</param>
    /// <param name="neighbors">Atoms within the cutoff of an atom inside; those at the surface have fewer.</param>
    /// <param name="cutoff">Radius.</param>
    public static Tensor Positions(int atoms, double neighbors, double cutoff)
    {
        int side = (int)Math.Ceiling(Math.Cbrt(atoms) - 1e-9);
        double spacing = cutoff * Math.Cbrt(4 * Math.PI / 3 / neighbors);
        var random = new Random(0);
        float Coordinate(int site) => (float)(spacing * (site + LargestDisplacement * (2 * random.NextDouble() - 1)));
        var coordinates = new float[3 * atoms];
        for (int a = 0; a < atoms; a++)
        {
            coordinates[3 * a] = Coordinate(a / (side * side));
            coordinates[3 * a + 1] = Coordinate(a / side % side);
            coordinates[3 * a + 2] = Coordinate(a % side);
        }
        return tensor(coordinates, [atoms, 3]);
    }
}
