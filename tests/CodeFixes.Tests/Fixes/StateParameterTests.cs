using E3Gen.CodeFixes.Fixes;

namespace E3Gen.CodeFixes.Tests.Fixes;

public class StateParameterTests
{
    private const string Vectors = "Write [Irreps(\"1o\")]: vectors, or other irreps", Points = "Write [Positions]: points, which move with the origin", Invariant = "Write [Invariant]: the same in every frame";

    private static string Method(string parameters, string body = "x.norm(-1)") => Sample.Module($"    public Tensor Length({parameters}) => {body};");

    [Theory]
    [InlineData(Vectors, "Tensor x", "[Irreps(\"1o\")] Tensor x")]
    [InlineData(Points, "Tensor x", "[Positions] Tensor x")]
    [InlineData(Invariant, "Tensor x", "[Invariant] Tensor x")]
    [InlineData(Invariant, "[Invariant] Tensor y, Tensor x", "[Invariant] Tensor y, [Invariant] Tensor x")]
    [InlineData(Invariant, "[Invariant] Tensor y,\n        Tensor x", "[Invariant] Tensor y,\n        [Invariant] Tensor x")]
    [InlineData(Invariant, "[System.Diagnostics.CodeAnalysis.NotNull] Tensor x", "[Invariant][System.Diagnostics.CodeAnalysis.NotNull] Tensor x")]
    public Task A_parameter_states_what_it_takes(string choice, string before, string after) => Bulb.Fixes<StateParameter>("E3G0512", choice, Method(before), Method(after));

    [Fact]
    public Task A_list_of_tensors_too() => Bulb.Fixes<StateParameter>("E3G0512", Vectors, Method("Tensor[] x", "torch.cat([x[0], x[1]]).norm(-1)"), Method("[Irreps(\"1o\")] Tensor[] x", "torch.cat([x[0], x[1]]).norm(-1)"));

    [Fact]
    public async Task All_three_are_offered_and_each_is_chosen_alone()
    {
        Assert.Equal([Vectors, Points, Invariant], await Bulb.Offers<StateParameter>("E3G0512", Method("Tensor x")));
        Assert.Null(new StateParameter().GetFixAllProvider());
    }

    [Fact]
    public async Task Of_a_tuple_nothing_can_be_stated() => Assert.Empty(await Bulb.Offers<StateParameter>("E3G0512", Method("(Tensor, Tensor) x", "x.Item1.norm(-1)")));
}
