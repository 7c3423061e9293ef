using E3Gen.CodeFixes.Refactorings;

namespace E3Gen.CodeFixes.Tests.Refactorings;

public class StateIrrepsTests
{
    private const string Title = "State the irreps of this method";

    private const string Interaction = """
            const string Nodes = "8x0e + 4x1o";
            const string Edges = "0e + 1o";
            const string Out = "4x0e + 4x1o";

            [Linear(Nodes, Nodes)]
            private partial Tensor Mix(Tensor nodes);

            [Convolution(Nodes, Edges, Keep = "0e + 1o")]
            private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

            [Gate("12x0e", "8x1o", Gates = "8x0e")]
            private partial Tensor Activate(Tensor x);

            [Linear("@Activate", Out)]
            private partial Tensor Update(Tensor messages);

            [SphericalHarmonics(Edges)]
            private partial Tensor Directions(Tensor vectors);


        """;

    [Fact]
    public Task Those_of_the_operations_that_it_calls() => Refactors(
        """
            // The layer.
            public Tensor for$$ward(Tensor nodes, Tensor edges, Tensor weights, Graph graph) => Convolve(Mix(nodes), edges, weights, graph);
        """,
        """
            // The layer.
            [return: Irreps("@Convolve")]
            public Tensor forward([Irreps(Nodes)] Tensor nodes, [Irreps(Edges)] Tensor edges, Tensor weights, Graph graph) => Convolve(Mix(nodes), edges, weights, graph);
        """);

    [Fact]
    public Task Through_locals_and_calls_that_keep_them() => Refactors(
        """
            private Tensor forward$$(Tensor vectors, Tensor x)
            {
                using var scope = NewDisposeScope();
                var harmonics = Directions(vectors.contiguous());
                var y = Activate(x);
                return Update(y).MoveToOuterDisposeScope();
            }
        """,
        """
            [return: Irreps(Out)]
            private Tensor forward([Irreps("@Directions.Input")] Tensor vectors, [Irreps("@Activate.Input")] Tensor x)
            {
                using var scope = NewDisposeScope();
                var harmonics = Directions(vectors.contiguous());
                var y = Activate(x);
                return Update(y).MoveToOuterDisposeScope();
            }
        """);

    [Fact]
    public Task What_is_stated_stays() => Refactors(
        """
            [return: Irreps(Out)]
            private Tensor forward$$([Irreps("8x0e")] Tensor other, Tensor x) => Update(x);
        """,
        """
            [return: Irreps(Out)]
            private Tensor forward([Irreps("8x0e")] Tensor other, [Irreps("@Activate")] Tensor x) => Update(x);
        """);

    [Theory]
    [InlineData("    private Tensor forward$$(Tensor x) => x.tanh();")] // nothing known
    [InlineData("    private void forward$$(Tensor x) { Mix(x); Directions(x); }")] // two that differ
    [InlineData("    private void forward$$(Tensor x) { x = x.narrow(-1, 0, 3); Directions(x); }")] // another value by then
    [InlineData("    private Tensor forward$$([Irreps(Nodes)] Tensor x, bool both) { if (both) { return Mix(x); } return x; }")] // two ways
    [InlineData("    private void forward(Tensor x) { Mix($$x); }")] // elsewhere
    public async Task Nothing_where_they_are_not_clear(string method) =>
        Assert.Empty((await Bulb.RefactoringsAsync<StateIrreps>(Sample.Module(Interaction + method))).Actions);

    private static Task Refactors(string before, string after) =>
        Bulb.Refactors<StateIrreps>(Title, Sample.Module(Interaction + before), Sample.Module(Interaction + after));
}
