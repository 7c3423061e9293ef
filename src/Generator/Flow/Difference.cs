namespace E3Gen.Generator.Flow;

/// <summary>Says in words how two irreps differ.</summary>
internal static class Difference
{
    public static string Describe(Irreps wanted, Irreps actual)
    {
        for (int i = 0; i < Math.Max(wanted.Count, actual.Count); i++)
        {
            if (i >= wanted.Count)
            {
                return $"{actual[i]} is too much";
            }

            if (i >= actual.Count)
            {
                return $"{wanted[i]} is missing";
            }

            var (w, a) = (wanted[i], actual[i]);
            if (w == a)
            {
                continue;
            }

            if (w.Irrep == a.Irrep)
            {
                return $"{a} differs from {w} in multiplicity";
            }

            if (wanted.Regroup() == actual.Regroup())
            {
                return "the same irreps in another order";
            }

            return w.Irrep.L == a.Irrep.L ? $"{a} differs in parity" : $"{a} is where {w} should be";
        }

        return "they differ";
    }
}
