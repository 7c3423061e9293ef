namespace E3Gen.Algebra.Tests;

public class SurdSumTests
{
    private static readonly Surd Root2 = Surd.Sqrt(2), Root3 = Surd.Sqrt(3), Root8 = Surd.Sqrt(8);

    [Fact]
    public void Surds_of_one_class_are_one_term()
    {
        SurdSum sum = (SurdSum)Root2 + Root8;
        Assert.Equal(Surd.Sqrt(18), sum.AsSurd);
        Assert.Equal((SurdSum)Surd.Sqrt(18), sum);
        Assert.True(((SurdSum)Root2 + (-Root2)).IsZero);
        Assert.Equal(default, (SurdSum)Root8 + (-Root2) + (-Root2));
    }

    [Fact]
    public void Others_stay_apart_in_any_order()
    {
        SurdSum sum = (SurdSum)Root2 + Root3 + 1;
        Assert.Equal(3, sum.Terms.Count);
        Assert.Null(sum.AsSurd);
        Assert.Equal(sum, (SurdSum)1 + Root3 + Root2);
        Assert.Equal(sum.GetHashCode(), ((SurdSum)1 + Root3 + Root2).GetHashCode());
        Assert.NotEqual(sum, (SurdSum)1 + Root3);
        Assert.Equal(1 + Math.Sqrt(2) + Math.Sqrt(3), sum.ToDouble(), 1e-15);
        Assert.Equal("1 + √2 + √3", sum.ToString());
        Assert.Equal("1 - √2", ((SurdSum)1 + (-Root2)).ToString());
        Assert.Equal("0", default(SurdSum).ToString());
    }

    [Fact]
    public void Products_multiply_out()
    {
        SurdSum sum = (SurdSum)1 + Root2, difference = (SurdSum)1 + (-Root2);
        Assert.Equal((SurdSum)(-1), sum * difference);
        Assert.Equal((SurdSum)3 + Root8, sum * sum);
        Assert.True((sum * default(SurdSum)).IsZero);
    }
}
