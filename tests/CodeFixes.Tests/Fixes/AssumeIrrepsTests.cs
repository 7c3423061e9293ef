using E3Gen.CodeFixes.Fixes;

namespace E3Gen.CodeFixes.Tests.Fixes;

public class AssumeIrrepsTests
{
    private static string Body(string statement) => Sample.Module($$"""
            [return: Irreps("4x0e + 2x1o")]
            public Tensor forward([Irreps("4x0e + 2x1o")] Tensor x)
            {
                {{statement}}
            }

            private static Tensor Again(Tensor x, int times) => times == 0 ? x : Again(x * 2, times - 1);

            private Tensor Last { get; set; } = torch.zeros(1, 10);

            public void Forget() => Last = torch.zeros(1, 10);
        """);

    [Theory]
    [InlineData("return x.renorm(2, 0, 1); // rows", "return x.renorm(2, 0, 1).AssumeIrreps(\"4x0e + 2x1o\"); // rows")]
    [InlineData("return x.renorm(2, 0, 1) + x;", "return x.renorm(2, 0, 1).AssumeIrreps(\"4x0e + 2x1o\") + x;")]
    public Task What_cannot_be_verified_is_stated(string before, string after) => Bulb.Fixes<AssumeIrreps>(
        "E3G0508", "State that it yields the same: .AssumeIrreps(\"4x0e + 2x1o\")", Body(before), Body(after));

    [Theory]
    [InlineData("return Again(x, 3);", "return Again(x, 3).AssumeIrreps(\"4x0e + 2x1o\");")]
    [InlineData("return x + nn.functional.dropout(x, 0.5);", "return x + nn.functional.dropout(x, 0.5).AssumeIrreps(\"4x0e + 2x1o\");")]
    public Task What_is_not_followed_is_stated(string before, string after) => Bulb.Fixes<AssumeIrreps>(
        "E3G0510", "State that it yields the same: .AssumeIrreps(\"4x0e + 2x1o\")", Body(before), Body(after));

    [Theory]
    [InlineData("return Last;")]
    [InlineData("return x * torch.rand(1);")]
    public async Task Not_where_nothing_with_irreps_goes_in(string statement) => Assert.Empty(await Bulb.Offers<AssumeIrreps>("E3G0510", Body(statement)));

    [Fact]
    public void Every_such_promise_is_made_alone() => Assert.Null(new AssumeIrreps().GetFixAllProvider());
}
