namespace E3Gen.Flow.Tests.Stopped;

/// <summary>What numbers are, and what is known of them: kinds, weights of the origin, coefficients, extents; each beside code that is right.</summary>
public sealed class NumberTests
{
    private const string Verified = Snippet.Verified;

    [Theory]
    [InlineData("x.clamp(-1, 1)", Verified)]
    [InlineData("x.clamp(1, -1)", "E3G0502")]
    [InlineData("x.@byte().to(x.dtype)", "E3G0508")]
    [InlineData("x.to(ScalarType.Byte).to(ScalarType.Float64)", "E3G0508")]
    [InlineData("x.to(ScalarType.Int32).to(ScalarType.Float64)", "E3G0502")]
    [InlineData("x * x.abs().to(ScalarType.Int32)", Verified)]
    public void Odd_functions(string expression, string id) => Holds(id, $"""[return: Irreps("0o")] public Tensor Odd([Irreps("0o")] Tensor x) => {expression};""");

    [Theory]
    [InlineData("Byte", "E3G0508")]
    [InlineData("Int64", Verified)]
    public void Bytes_are_masks(string type, string id) => Holds(id, $$"""
        [return: Irreps("1o", Rows = 2)] public Tensor At([Irreps("1o")] Tensor x) { var i = torch.ones(6, 4, dtype: ScalarType.{{type}}); return x[i]; }
        """);

    [Theory]
    [InlineData("(p * 1e16 + p) - p * 1e16", "E3G0402")]
    [InlineData("p * 0.1 + p * 0.9 - p", Verified)]
    [InlineData("(p + p + p) / 3 - p", Verified)]
    [InlineData("p * 9007199254740993 - p * 9007199254740992.0", "E3G0514")]
    public void Weights_of_the_origin(string expression, string id) => Holds(id, $"""[return: Irreps("1o")] public Tensor Vector([Positions] Tensor p) => {expression};""");

    [Theory]
    [InlineData("0", Verified)]
    [InlineData("1.1e-6", "E3G0505")]
    [InlineData("1e-12", "E3G0505")]
    public void Small_coefficients(string small, string id) => Holds(id, $$"""
        [return: Irreps("0e")]
        public Tensor Scalar([Irreps("1o")] Tensor x)
        {
            var (a, b, c) = (x[.., 0..1], x[.., 1..2], x[.., 2..3]);
            return a * a + b * b + c * c + {{small}} * a * a * b * b;
        }
        """);

    [Theory]
    [InlineData("(a * 1e16 + a) - a * 1e16", Verified)]
    [InlineData("(a * 0.1 + a * 0.9)", Verified)]
    [InlineData("a + b * 1e-17", "E3G0505")]
    public void Coefficients_are_not_rounded(string first, string id) => Holds(id, $$"""
        [return: Irreps("1o")]
        public Tensor Vector([Irreps("1o")] Tensor x)
        {
            var (a, b, c) = (x[.., 0..1], x[.., 1..2], x[.., 2..3]);
            return torch.cat([{{first}}, b, c], -1);
        }
        """);

    [Fact]
    public void Roots_in_code_are_rounded() => Holds(Verified, """
        [return: Irreps("0e")]
        public Tensor Scalar([Irreps("1o")] Tensor x)
        {
            var (a, b, c) = (x[.., 0..1], x[.., 1..2], x[.., 2..3]);
            var (p, q) = ((a + b) * 0.7071067811865476, (a - b) * 0.7071067811865476);
            return p * p + q * q + c * c;
        }
        """);

    [Theory]
    [InlineData("y.quantile(torch.tensor(0.5), 1).unsqueeze(-1)", Verified)]
    [InlineData("y.quantile(torch.tensor(new[] { 0.1, 0.9 }), 1).unsqueeze(-1)", "E3G0510")]
    public void Quantiles(string factor, string id) => Holds(id, $"""[return: Irreps("1o")] public Tensor Scaled([Irreps("1o")] Tensor x, [Invariant(Axes = 2)] Tensor y) => x * {factor};""");

    [Theory]
    [InlineData("y.sum(new long[0], false)", Verified)]
    [InlineData("y.sum(new long[0], true)", "E3G0510")]
    public void Sums_over_no_axes(string sum, string id) => Holds(id, $"""[return: Irreps("1o")] public Tensor Scaled([Irreps("1o")] Tensor x, [Invariant] Tensor y) => x * {sum};""");

    [Theory]
    [InlineData("torch.cat(new[] { torch.zeros(0), x, x }, 0)", Verified)]
    [InlineData("torch.cat(new[] { torch.zeros(0), x, y }, 0)", "E3G0503")]
    [InlineData("torch.cat(new[] { torch.zeros(0), x, y }, -1)[.., 0..3]", Verified)]
    public void Tensors_that_cat_passes_over(string code, string id) => Holds(id, $"""[return: Irreps("1o")] public Tensor Joined([Irreps("1o")] Tensor x, [Irreps("3x0e")] Tensor y) => {code};""");

    [Theory]
    [InlineData("z[TensorIndex.Tensor(i)] = x.unsqueeze(-1)", "torch.tensor(new long[] { 0, 1 })", Verified)]
    [InlineData("z[TensorIndex.Tensor(i), TensorIndex.Single(0)] = x.unsqueeze(-1)", "torch.tensor(new long[] { 0, 1, 2, 3, 4, 5 }, [2, 3], dtype: int64)", "E3G0508")]
    public void Indices_that_change_the_number_of_axes(string put, string index, string id) => Holds(id, $$"""
        [return: Irreps("0e", Rows = 0)] public Tensor Lengths([Irreps("1o")] Tensor x) { var i = {{index}}.to(ScalarType.Int64); var z = torch.zeros(9, 3, 1); {{put}}; return z.norm(1, false, 2f)[0]; }
        """);

    [Theory]
    [InlineData("3x0e", "E3G0508")]
    [InlineData("3x0e + 1o", Verified)]
    public void Scalars_may_be_whole_numbers(string stated, string id) => Holds(id, $$"""
        [return: Irreps("1o")] public Tensor Copied([Irreps("1o")] Tensor x, [Irreps("{{stated}}")] Tensor y) { var h = torch.zeros_like(y.narrow(-1, 0, 3)); h.copy_(x); return h; }
        """);

    [Theory]
    [InlineData("1o", Verified)]
    [InlineData("1o\", Rows = 2)] Tensor y, [Irreps(\"0e", "E3G0501")]
    public void Rows_of_all_arguments(string second, string id) => Holds(id, $$"""
        [TensorProduct("1o", "1o", "1e")] private partial Tensor Mul(Tensor a, Tensor b);
        [return: Irreps("1o")] public Tensor Scaled([Irreps("1o")] Tensor x, [Irreps("{{second}}")] Tensor {{(second == "1o" ? "y" : "z")}}) => x * Mul(x, y).norm(1, true, 2f);
        """);

    [Theory]
    [InlineData("Graph.FromPositions(p, 1.0)", Verified)]
    [InlineData("Graph.FromPositions(p, 1.0, cell: cell)", Verified)]
    [InlineData("Graph.FromPositions(p, 1.0, cell: torch.eye(3))", "E3G0401")]
    [InlineData("Graph.FromEdges(i, i, 6)", Verified)]
    [InlineData("Graph.FromEdges(i, i, 6, null, p[i] - p[i])", Verified)]
    [InlineData("Graph.FromEdges(i, i, 6, null, torch.ones(3, 3))", "E3G0401")]
    [InlineData("_edges", Verified)]
    [InlineData("_given", "E3G0510")]
    [InlineData("Graph.Concat(new[] { _edges, _given })", "E3G0510")]
    public void Graphs_of_fixed_cells(string graph, string id) => Holds(id, $$"""
        private readonly Graph _edges = Graph.FromEdges(torch.zeros(1, dtype: int64), torch.zeros(1, dtype: int64), 1), _given;
        public Sample(Graph given) : base("Sample") => _given = given;
        [return: Irreps("1o")]
        public Tensor Edges([Positions] Tensor p, [Irreps("1o")] Tensor cell) { var i = torch.tensor(new long[] { 0, 1, 2 }); return {{graph}}.EdgeVectors(p); }
        """);

    [Fact]
    public void Long_polynomials_are_given_up_early()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Holds("E3G0505", """
            [return: Irreps("341x1o")]
            public Tensor Long([Irreps("341x1o")] Tensor x) { var s = x[.., 0..64].sum(-1, keepdim: true); var q = s * s; var a = x * q; var b = a + x * q; var c = b - x * q; return x + 0 * c; }
            """);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"took {watch.Elapsed}");
    }

    [Fact]
    public void What_is_multiplied_by_zero_is_zero() => Holds(Verified, """
        [return: Irreps("1o")] public Tensor Same([Irreps("1o")] Tensor x) => x + 0 * (x * x[.., 0..1]);
        """);

    private static void Holds(string id, string members) => Snippet.Holds(id, members);
}
