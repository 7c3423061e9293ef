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
}
