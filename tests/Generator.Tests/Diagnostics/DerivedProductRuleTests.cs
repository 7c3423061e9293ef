namespace E3Gen.Generator.Tests.Diagnostics;

/// <summary>E3G02xx: full, elementwise and triangular products, and squares.</summary>
public class DerivedProductRuleTests
{
    [Theory]
    [InlineData("E3G0205", "\"0e\", \"0e\", [|\"0e\"|], Mode = ConnectionMode.ULessVW", "Mode ULessVW needs two copies at least, of which it takes pairs, but the path 1x0e x 1x0e -> 1x0e has 1")]
    [InlineData("E3G0205", "\"3x0e\", \"2x0e\", [|\"0e\"|], Mode = ConnectionMode.ULessVW", "Mode ULessVW needs both inputs to have the same multiplicity, but the path 3x0e x 2x0e -> 1x0e has 3 and 2")]
    [InlineData("E3G0205", "\"4x0e\", \"4x0e\", [|\"4x0e\"|], Mode = ConnectionMode.UVULessV", "Mode UVULessV needs the output to have one copy for each pair of copies, 6, but the path 4x0e x 4x0e -> 4x0e has 4")]
    public void Triangular_modes(string id, string arguments, string message) => Two(id, message, $"TensorProduct({arguments})");

    [Theory]
    [InlineData("E3G0203", "\"2x1o\", \"2x1o\", Keep = \"0e + [|1o|]\"", "No path of 'Product' reaches 1o, so it would be zero forever; 2x1o x 2x1o gives 0e, 1e, 2e")]
    [InlineData("E3G0204", "\"2x1o + [|2x0o|]\", \"2x1o\", Keep = \"0e\"", "No path of 'Product' reads 2x0o: it is computed for nothing; leave it out, or Keep an irrep that it can reach")]
    [InlineData("E3G0204", "\"2x1o\", \"2x1o + [|2x0o|]\", Keep = \"0e\"", "No path of 'Product' reads 2x0o: it is computed for nothing; leave it out, or Keep an irrep that it can reach")]
    public void Full_and_elementwise(string id, string arguments, string message)
    {
        Two(id, message, $"FullTensorProduct({arguments})");
        if (id == "E3G0203")
        {
            Two(id, message.Replace("2x1o gives", "2x1o, copy by copy, gives"), $"ElementwiseTensorProduct({arguments})");
        }
    }

    [Fact, Reports("E3G0204")]
    public void Copies_that_are_read_for_nothing() => Two(
        "E3G0204",
        "No path of 'Product' reads 2x0o: it is computed for nothing; leave it out, or Keep an irrep that it can reach",
        "ElementwiseTensorProduct(\"2x1o + [|2x0o|]\", \"4x1o\", Keep = \"0e\")");

    [Fact, Reports("E3G0215")]
    public void Copies_that_have_no_partner() => Two(
        "E3G0215",
        "'Product' multiplies copy by copy, but 2x0e+1x1o has 3 copies and 4x1o has 4; give both as many",
        "ElementwiseTensorProduct(\"2x0e + 1o\", [|\"4x1o\"|])");

    [Theory]
    [InlineData("E3G0203", "\"1o\", Keep = \"[|1e|]\"", "No path of 'Product' reaches 1e, so it would be zero forever; the square of 1x1o gives 0e, 2e")]
    [InlineData("E3G0203", "\"1o\", \"0e + [|1e|]\"", "No path of 'Product' reaches 1x1e, so it would be zero forever; the square of 1x1o gives 0e, 2e")]
    [InlineData("E3G0204", "\"2x1o + [|0e|]\", \"1e\"", "No path of 'Product' reads 1x0e: it is computed for nothing; leave it out, or Keep an irrep that it can reach")]
    [InlineData("E3G0205", "\"2x1o\", \"[|2x0e|]\", Weights = WeightKind.None", "Mode UVW needs weights, or an output of multiplicity 1, but the path 2x1o x 2x1o -> 2x0e has no weights and multiplicity 2")]
    [InlineData("E3G0212", "\"2x1o\", Weights = [|WeightKind.Shared|]", "'Product' has no output that weights mix pairs into, so Weights has no effect")]
    [InlineData("E3G0212", "\"2x1o\", PathNormalization = [|PathNormalization.Path|]", "'Product' has no output that weights mix pairs into, so PathNormalization has no effect")]
    [InlineData("E3G0212", "\"2x1o\", \"0e\", Keep = [|\"0e\"|]", "'Product' has no irreps to choose from besides its output, so Keep has no effect")]
    public void Squares(string id, string arguments, string message) =>
        Diagnose.Members(id, message, $"[TensorSquare({arguments})] private partial Tensor Product(Tensor x);");

    [Theory]
    [InlineData("E3G0305", "[|(Tensor x, Tensor y)|]", "Tensor x", "\"2x1o\"")]
    [InlineData("E3G0305", "[|(Tensor x)|]", "Tensor x, Tensor weights", "\"2x1o\", \"0e\", Weights = WeightKind.PerSample")]
    public void Signatures_of_squares(string id, string written, string wanted, string arguments) => Diagnose.Members(
        id,
        $"'Product' must be declared as 'private partial Tensor Product({wanted})', but it has {(written.Contains(',') ? "2 parameters" : "1 parameter")}",
        $"[TensorSquare({arguments})] private partial Tensor Product{written};");

    [Fact, Reports("E3G0103")]
    public void Degrees_beyond_the_couplings()
    {
        const string Message = "'Product' reaches l = 12, but E3Gen has couplings for l from 0 to 11; set Keep to the irreps that you need";
        Two("E3G0103", Message, "[|FullTensorProduct(\"6e\", \"6e\")|]");
        Two("E3G0103", Message, "[|ElementwiseTensorProduct(\"6e\", \"6e\")|]");
        Diagnose.Members("E3G0103", Message, "[[|TensorSquare(\"6e\")|]] private partial Tensor Product(Tensor x);");
    }

    private static void Two(string id, string message, string attribute) =>
        Diagnose.Members(id, message, $"[{attribute}] private partial Tensor Product(Tensor x, Tensor y);");
}
