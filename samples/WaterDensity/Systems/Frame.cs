namespace WaterDensity.Systems;

/// <summary>
/// The data lie in e3nn's frame: stored (x, y, z) is laboratory (y, z, x), a proper rotation. Files that people read (xyz, cube, plots) are
/// in the laboratory frame. Seen from the laboratory the coefficients are those of the usual real solid harmonics with m ascending from −l
/// to l, since e3nn's l = 1 order (x, y, z) is laboratory (y, z, x).
/// </summary>
internal static class Frame
{
    /// <summary>For laboratory axes x, y, z: which stored axis holds them.</summary>
    public static readonly int[] StoredAxisOfLaboratory = [2, 0, 1];

    /// <summary>x, y, z of every atom, laboratory to stored.</summary>
    public static double[] FromLaboratory(double[] positions) => Permute(positions, 1, 2, 0);

    /// <summary>x, y, z of every atom, stored to laboratory.</summary>
    public static double[] ToLaboratory(double[] positions) => Permute(positions, 2, 0, 1);

    private static double[] Permute(double[] positions, int first, int second, int third)
    {
        var result = new double[positions.Length];
        for (int i = 0; i < positions.Length; i += 3)
            (result[i], result[i + 1], result[i + 2]) = (positions[i + first], positions[i + second], positions[i + third]);
        return result;
    }
}
