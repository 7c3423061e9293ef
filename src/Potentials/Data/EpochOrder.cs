namespace E3Gen.Potentials;

/// <summary>The order of structures in an epoch: a function of seed and epoch alone, so that a resumed training goes on in it.</summary>
internal static class EpochOrder
{
    public static int[] Of(int count, int seed, int epoch)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        // A seeded Random is the same in every version of .NET.
        new Random(unchecked((int)(seed * 1_000_003L + epoch))).Shuffle(order);
        return order;
    }
}
