using System.Numerics;
using Xunit.Abstractions;

namespace E3Gen.Tests;

public class Wigner3jTests(ITestOutputHelper output)
{
    [Fact]
    public void EveryReferenceSymbolIsReproduced()
    {
        var reference = new ReferenceFile("wigner_3j");
        double worst = 0;
        int symbols = 0;
        foreach (string key in reference.Keys)
        {
            int[] l = key.Split('_').Select(int.Parse).ToArray();
            double[,,] ours = Wigner3j.Dense(l[0], l[1], l[2]);
            double[] theirs = reference.Doubles(key);
            Assert.Equal(theirs.Length, ours.Length);
            worst = Math.Max(worst, ours.Cast<double>().Zip(theirs, (a, b) => Math.Abs(a - b)).Max());
            symbols++;
        }
        output.WriteLine($"{symbols} symbols, worst difference {worst:E1}");
        Assert.Equal(175, symbols);
        Assert.InRange(worst, 0, 1e-12);
    }

    [Fact]
    public void KnownValues()
    {
        Assert.Equal("1/√6", Wigner3j.Exact(1, 1, 1, 0, 1, 2).ToString());
        Assert.Equal("-1/√6", Wigner3j.Exact(1, 1, 1, 1, 0, 2).ToString());
        Assert.Equal("1/√3", Wigner3j.Exact(1, 1, 0, 2, 2, 0).ToString());
        Assert.Equal(Surd.Zero, Wigner3j.Exact(1, 1, 0, 2, 1, 0));
        Assert.Equal("[0,0,0] 1", Assert.Single(Wigner3j.Nonzero(0, 0, 0)).ToString());
    }

    public static TheoryData<int> Degrees => [.. Enumerable.Range(0, Wigner3j.MaxL + 1)];

    /// <summary>Σ_ij w[i,j,k] w[i,j,k′] = δ_kk′/(2l3+1), the diagonal exactly, for all symbols with this first degree.</summary>
    [Theory]
    [MemberData(nameof(Degrees))]
    public void SymbolsAreOrthogonal(int l1)
    {
        for (int l2 = 0; l2 <= Wigner3j.MaxL; l2++)
        {
            for (int l3 = Math.Abs(l1 - l2); l3 <= Math.Min(Wigner3j.MaxL, l1 + l2); l3++)
            {
                IReadOnlyList<CouplingTerm> terms = Wigner3j.Nonzero(l1, l2, l3);
                int n = 2 * l3 + 1;
                var gram = new double[n, n];
                foreach (var pair in terms.GroupBy(t => (t.I, t.J)))
                {
                    foreach (CouplingTerm a in pair)
                    {
                        foreach (CouplingTerm b in pair)
                            gram[a.K, b.K] += a.ToDouble() * b.ToDouble();
                    }
                }
                for (int k = 0; k < n; k++)
                {
                    for (int m = 0; m < n; m++)
                        Assert.InRange(gram[k, m] - (k == m ? 1.0 / n : 0), -1e-14, 1e-14);
                }
            }
        }
    }

    [Fact]
    public void NormsAreExactlyOne()
    {
        foreach ((int l1, int l2, int l3) in new[] { (1, 2, 3), (4, 4, 4), (5, 6, 7), (11, 11, 11), (11, 7, 6) })
        {
            BigInteger numerator = 0, denominator = 1;
            foreach (CouplingTerm term in Wigner3j.Nonzero(l1, l2, l3))
            {
                numerator = numerator * term.Value.Denominator + term.Value.Numerator * denominator;
                denominator *= term.Value.Denominator;
                BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
                (numerator, denominator) = (numerator / divisor, denominator / divisor);
            }
            Assert.Equal((1, 1), (numerator, denominator));
        }
    }

    /// <summary>Swapping two irreps multiplies by (−1)^(l1+l2+l3); checked exactly beyond the reference's degrees.</summary>
    [Fact]
    public void ExchangesGiveASign()
    {
        foreach ((int l1, int l2, int l3) in new[] { (1, 2, 2), (2, 3, 4), (7, 8, 9), (11, 10, 9) })
        {
            Surd sign = (l1 + l2 + l3) % 2 == 0 ? 1 : -1;
            foreach (CouplingTerm t in Wigner3j.Nonzero(l1, l2, l3))
            {
                Assert.Equal(sign * t.Value, Wigner3j.Exact(l2, l1, l3, t.J, t.I, t.K));
                Assert.Equal(sign * t.Value, Wigner3j.Exact(l1, l3, l2, t.I, t.K, t.J));
                Assert.Equal(t.Value, Wigner3j.Exact(l2, l3, l1, t.J, t.K, t.I));
            }
        }
    }

    [Fact]
    public void TermsAreOrderedAndShared()
    {
        IReadOnlyList<CouplingTerm>[] seen = new IReadOnlyList<CouplingTerm>[8];
        Parallel.For(0, seen.Length, i => seen[i] = Wigner3j.Nonzero(3, 4, 5));
        Assert.All(seen, terms => Assert.Same(seen[0], terms));
        Assert.Equal(seen[0].OrderBy(t => (t.I, t.J, t.K)).Select(t => (t.I, t.J, t.K)), seen[0].Select(t => (t.I, t.J, t.K)));
        Assert.All(seen[0], t => Assert.NotEqual(0, t.Value.Sign));
    }

    [Fact]
    public void ImpossibleSymbolsAreNamed()
    {
        Assert.Contains("from |l1 - l2| = 1 to l1 + l2 = 3",
            Assert.Throws<ArgumentException>(() => Wigner3j.Dense(1, 2, 4)).Message, StringComparison.Ordinal);
        Assert.Contains("0 to 11, not for l2 = 12",
            Assert.Throws<ArgumentOutOfRangeException>(() => Wigner3j.Nonzero(1, 12, 11)).Message, StringComparison.Ordinal);
        Assert.Contains("components 0 to 2, not 3",
            Assert.Throws<ArgumentOutOfRangeException>(() => Wigner3j.Exact(1, 1, 1, 0, 3, 0)).Message, StringComparison.Ordinal);
    }
}
