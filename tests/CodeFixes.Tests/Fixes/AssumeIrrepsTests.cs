using E3Gen.CodeFixes.Fixes;

namespace E3Gen.CodeFixes.Tests.Fixes;

public class AssumeIrrepsTests
{
    private static string Body(string statement, string usings = "") => usings + Sample.Module($$"""
            public Tensor forward([Irreps("4x0e + 2x1o")] Tensor x)
            {
                {{statement}}
            }
        """);

    [Theory]
    [InlineData("return x.cumsum(1); // rows", "return x.cumsum(1).AssumeIrreps(\"4x0e + 2x1o\"); // rows")]
    [InlineData("return x.cumsum(1) + x;", "return x.cumsum(1).AssumeIrreps(\"4x0e + 2x1o\") + x;")]
    public Task What_cannot_be_verified_is_stated(string before, string after) => Bulb.Fixes<AssumeIrreps>(
        "E3G0508", "State that it yields the same: .AssumeIrreps(\"4x0e + 2x1o\")", Body(before), Body(after));

    [Fact]
    public void Every_such_promise_is_made_alone() => Assert.Null(new AssumeIrreps().GetFixAllProvider());
}
