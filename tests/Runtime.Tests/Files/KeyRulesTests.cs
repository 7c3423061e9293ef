namespace E3Gen.Runtime.Tests.Files;

public sealed class KeyRulesTests
{
    [Theory]
    [InlineData("module.*", "*", "module.a.weight", "a.weight")]
    [InlineData("module.*", "*", "module.", "")]
    [InlineData("module.*", "*", "a.module.weight", "a.module.weight")]
    [InlineData("head.*", null, "head.weight", null)]
    [InlineData("layers.*.mlp.*", "blocks.*.radial.*", "layers.12.mlp.0.weight", "blocks.12.radial.0.weight")]
    [InlineData("*.gamma", "*.weight", "norm.gamma.gamma", "norm.gamma.weight")]
    [InlineData("*.a.*", "*/*", "x.a.y.a.z", "x/y.a.z")]
    [InlineData("steps", "n", "steps", "n")]
    [InlineData("steps", "n", "steps2", "steps2")]
    [InlineData("*", "model.*", "weight", "model.weight")]
    [InlineData("a*a", "*", "a", "a")]
    [InlineData("bias.*", "bias", "bias.3", "bias")]
    public void PatternsMatchWholeKeys(string pattern, string? replacement, string key, string? expected) =>
        Assert.Equal(expected, new KeyRules { { pattern, replacement } }.Rename(key));

    [Fact]
    public void TheFirstMatchDecides()
    {
        var rules = new KeyRules { { "model.head.*", null }, { "model.*", "*" }, { "*", null } };
        Assert.Null(rules.Rename("model.head.weight"));
        Assert.Equal("body.weight", rules.Rename("model.body.weight"));
        Assert.Null(rules.Rename("optimizer.step"));
        Assert.Equal(3, rules.Count());
    }

    [Fact]
    public void StarsThatCannotBeFilledAreErrors()
    {
        var error = Assert.Throws<ArgumentException>(() => new KeyRules { { "a.*", "*.*" } });
        Assert.Contains("'a.*' has 1 of '*' and its replacement '*.*' has 2", error.Message);
        Assert.Throws<ArgumentException>(() => new KeyRules { { "*.a.*", "*" } });
    }
}
