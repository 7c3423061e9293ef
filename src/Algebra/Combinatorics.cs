using System.Numerics;

namespace E3Gen;

/// <summary>Exact factorials and binomial coefficients, for the sizes that degrees up to <see cref="Wigner3j.MaxL"/> need.</summary>
internal static class Combinatorics
{
    private static readonly BigInteger[] Factorials = MakeFactorials(3 * Wigner3j.MaxL + 1);

    internal static BigInteger Factorial(int n) => Factorials[n];

    internal static BigInteger Binomial(int n, int k) => Factorials[n] / (Factorials[k] * Factorials[n - k]);

    private static BigInteger[] MakeFactorials(int last)
    {
        var factorials = new BigInteger[last + 1];
        factorials[0] = BigInteger.One;
        for (int n = 1; n <= last; n++)
            factorials[n] = factorials[n - 1] * n;
        return factorials;
    }
}
