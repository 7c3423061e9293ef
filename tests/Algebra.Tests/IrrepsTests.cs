using System.Text.Json;

namespace E3Gen.Tests;

public class IrrepsTests
{
    private static readonly JsonElement Reference = JsonDocument.Parse(File.ReadAllText(ReferenceFile.PathOf("irreps.json"))).RootElement;

    public static TheoryData<string> Cases
        => [.. Reference.GetProperty("irreps").EnumerateArray().Select(c => c.GetProperty("input").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheAlgebraIsThatOfE3nn(string input)
    {
        JsonElement expected = Reference.GetProperty("irreps").EnumerateArray().Single(c => c.GetProperty("input").GetString() == input);
        Irreps irreps = Irreps.Parse(input);

        Assert.Equal(expected.GetProperty("str").GetString(), irreps.ToString());
        Assert.Equal(expected.GetProperty("dim").GetInt32(), irreps.Dim);
        Assert.Equal(expected.GetProperty("num_irreps").GetInt32(), irreps.NumIrreps);
        Assert.Equal(Integers(expected.GetProperty("ls")), irreps.Ls);
        Assert.Equal(expected.GetProperty("simplify").GetString(), irreps.Simplify().ToString());
        Assert.Equal(expected.GetProperty("remove_zero").GetString(), irreps.RemoveZeroMultiplicities().ToString());

        var sorted = irreps.Sort();
        Assert.Equal(expected.GetProperty("sort").GetString(), sorted.Irreps.ToString());
        Assert.Equal(Integers(expected.GetProperty("sort_p")), sorted.Permutation);
        Assert.Equal(Integers(expected.GetProperty("sort_inv")), sorted.Inverse);
        Assert.Equal(sorted.Irreps.Simplify(), irreps.Regroup());

        Assert.Equal(expected.GetProperty("slices").EnumerateArray().Select(Integers), irreps.Slices.Select(s => new[] { s.Offset, s.End }));
        if (expected.GetProperty("lmax").ValueKind == JsonValueKind.Null)
            Assert.Contains("hold nothing", Assert.Throws<InvalidOperationException>(() => irreps.Lmax).Message, StringComparison.Ordinal);
        else
            Assert.Equal(expected.GetProperty("lmax").GetInt32(), irreps.Lmax);
    }

    [Fact]
    public void ProductsOfIrrepsAreThoseOfE3nn()
    {
        foreach (JsonProperty product in Reference.GetProperty("irrep_products").EnumerateObject())
        {
            Irrep[] factors = product.Name.Split('*').Select(Irrep.Parse).ToArray();
            Assert.Equal(Strings(product.Value), (factors[0] * factors[1]).Select(i => i.ToString()));
            foreach (Irrep irrep in Irrep.Iterator(7))
                Assert.Equal((factors[0] * factors[1]).Contains(irrep), irrep.IsIn(factors[0], factors[1]));
        }
    }

    [Fact]
    public void OrdersAreThoseOfE3nn()
    {
        Assert.Equal(Strings(Reference.GetProperty("irrep_order")), Irrep.Iterator(3).OrderBy(i => i).Select(i => i.ToString()));
        Assert.Equal(Strings(Reference.GetProperty("iterator_lmax4")), Irrep.Iterator(4).Select(i => i.ToString()));
        Assert.True(Irrep.Parse("1o") < Irrep.Parse("1e") && Irrep.Parse("1e") <= Irrep.Parse("1e"));
        Assert.True(Irrep.Parse("2o") > Irrep.Parse("1e") && Irrep.Parse("2o") >= Irrep.Parse("2o"));
    }

    [Fact]
    public void SphericalHarmonicsHaveTheIrrepsOfE3nn()
    {
        foreach (JsonProperty entry in Reference.GetProperty("spherical_harmonics").EnumerateObject())
        {
            int[] arguments = entry.Name.Split(',').Select(int.Parse).ToArray();
            Assert.Equal(entry.Value.GetString(), Irreps.SphericalHarmonics(arguments[0], arguments[1]).ToString());
        }
    }

    // From the metadata of e3nn's FullTensorProduct.
    [Fact]
    public void TheFullProductIsSortedAsInE3nn()
        => Assert.Equal("2x0o+1x0o+2x0e+4x1o+1x1o+4x1o+2x1e+1x1e+2x1e+2x1e+1x2o+2x2o+4x2o+2x2e+2x2e+4x3o+2x3e",
            Irreps.Parse("2x0e+1x1o+2x2e").Product("1x0o+2x1o+1x1e").ToString());

    [Fact]
    public void EqualityIsOfValuesAndKeepsTheOrder()
    {
        Irreps irreps = "2x0e + 1o";
        Assert.Equal(Irreps.Parse("2x0e+1x1o"), irreps);
        Assert.Equal(Irreps.Parse("2x0e+1x1o").GetHashCode(), irreps.GetHashCode());
        Assert.True(irreps == "2x0e+1o" && irreps != "1o+2x0e");
        Assert.NotEqual(irreps, Irreps.Parse("0e+0e+1o"));
        Assert.False(irreps.Equals(null));
        Assert.Equal(new Irrep(1, -1), Irrep.Parse("1o"));
        Assert.Equal(Irrep.Parse("0e"), default);
        Assert.Equal("0x0e", default(MulIrrep).ToString());
    }

    [Fact]
    public void SumsRepetitionsAndSlices()
    {
        Irreps irreps = "2x0e + 1o";
        Assert.Equal("2x0e+1x1o+3x2e", (irreps + "3x2e").ToString());
        Assert.Equal("2x0e+1x1o+2x0e+1x1o", (irreps * 2).ToString());
        Assert.Equal(Irreps.Empty, 0 * irreps);
        Assert.Equal("1x1o", irreps[1..].ToString());
        Assert.Equal("4x1o", (4 * Irrep.Parse("1o")).ToString());
        Assert.Equal("1x1o+1x0e", (Irrep.Parse("1o") + Irrep.Parse("0e")).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => irreps * -1);
    }

    [Fact]
    public void Queries()
    {
        Irreps irreps = "2x0e + 1o + 3x0e + 0x2e + 0o";
        Assert.Equal(5, irreps.Count(Irrep.Parse("0e")));
        Assert.Equal(5, irreps.Count);
        Assert.True(irreps.Contains(Irrep.Parse("1o")));
        Assert.False(irreps.Contains(Irrep.Parse("2e")));
        Assert.False(irreps.IsScalar);
        Assert.True(Irreps.Parse("4x0e+0x1o").IsScalar);
        Assert.False(Irreps.Parse("0o").IsScalar);
    }

    [Fact]
    public void Filters()
    {
        Irreps irreps = "2x0e + 1o + 3x0e + 4x2e + 0o";
        Assert.Equal("2x0e+3x0e", irreps.Filter(keep: "0e").ToString());
        Assert.Equal("1x1o+4x2e", irreps.Filter(drop: "0e+0o").ToString());
        Assert.Equal("2x0e+1x1o+3x0e+1x0o", irreps.Filter(lmax: 1).ToString());
        Assert.Equal("1x1o", irreps.Filter(drop: "0e+0o", lmax: 1).ToString());
        Assert.Equal("1x1o+1x0o", irreps.Filter(irrep => irrep.Parity == -1).ToString());
    }

    [Fact]
    public void ImpossibleValuesAreNamed()
    {
        Assert.Contains("not -1", Assert.Throws<ArgumentOutOfRangeException>(() => new Irrep(-1, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("not 0", Assert.Throws<ArgumentOutOfRangeException>(() => new Irrep(1, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("1o must be 0 or more, not -2",
            Assert.Throws<ArgumentOutOfRangeException>(() => new MulIrrep(-2, new Irrep(1, -1))).Message, StringComparison.Ordinal);
        Assert.Contains("2000000000x1o",
            Assert.Throws<OverflowException>(() => new MulIrrep(2_000_000_000, new Irrep(1, -1))).Message, StringComparison.Ordinal);
        Assert.Contains("4000000000 copies",
            Assert.Throws<OverflowException>(() => Irreps.Parse("40000x0e").Product("100000x0e")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Irreps.Parse(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => Irreps.SphericalHarmonics(2, 0));
    }

    private static int[] Integers(JsonElement array) => array.EnumerateArray().Select(e => e.GetInt32()).ToArray();

    private static string[] Strings(JsonElement array) => array.EnumerateArray().Select(e => e.GetString()!).ToArray();
}
