namespace E3Gen.Generator.Tests.Diagnostics;

/// <summary>E3G02xx: the paths of tensor products.</summary>
public class PathRuleTests
{
    private const string Advice = "write two input irreps and an output irrep, for example \"1o x 1o -> 0e\"";

    [Theory]
    [InlineData("E3G0201", "1o x 1o -> [|1o|]", "1o x 1o cannot give 1o: parities multiply to 'e'; 1o x 1o gives 0e, 1e, 2e")]
    [InlineData("E3G0202", "1o x 1o -> [|3e|]", "1o x 1o cannot give 3e: l must be from 0 to 2; 1o x 1o gives 0e, 1e, 2e")]
    [InlineData("E3G0202", "1o×1o→[|3o|]", "1o x 1o cannot give 3o: l must be from 0 to 2; 1o x 1o gives 0e, 1e, 2e")]
    [InlineData("E3G0209", "[|2e|] x 1o -> 1o", "'Product' has no 2e in its first input; it has 4x1o")]
    [InlineData("E3G0209", "1o x [|1e|] -> 0o", "'Product' has no 1e in its second input; it has 2x1o")]
    [InlineData("E3G0209", "1o x 1o -> [|2e|]", "'Product' has no 2e in its output; it has 4x0e")]
    [InlineData("E3G0210", "[|1o x 1o = 0e|]", "'1o x 1o = 0e' is not a path; " + Advice)]
    [InlineData("E3G0210", "[|4x1o x 1o -> 0e|]", "'4x1o x 1o -> 0e' is not a path; " + Advice)]
    [InlineData("E3G0210", "[|12e x 12e -> 0e|]", "'12e x 12e -> 0e' is not a path; " + Advice)]
    public void A_path_is_shown_where_it_is_wrong(string id, string path, string message) => Product(id, message, $"[Path(\"{path}\")]");

    [Theory]
    [InlineData("E3G0210", "[Path([|\"\"|])]", "'' is not a path; " + Advice)]
    [InlineData("E3G0210", "[Path([|null!|])]", "'null' is not a path; " + Advice)]
    [InlineData("E3G0209", "[Path([|1|], 0, 0)]", "'Product' has no segment 1 in its first input; it has 4x1o")]
    [InlineData("E3G0209", "[Path(0, [|-1|], 0)]", "'Product' has no segment -1 in its second input; it has 2x1o")]
    [InlineData("E3G0209", "[Path(0, 0, output: [|7|])]", "'Product' has no segment 7 in its output; it has 4x0e")]
    [InlineData("E3G0311", "[Path(0, 0, 0, Weight = [|-1|])]", "Weight of 'Product' is -1, but must be a positive number")]
    [InlineData("E3G0311", "[Path(0, 0, 0, Weight = [|double.NaN|])]", "Weight of 'Product' is NaN, but must be a positive number")]
    [InlineData("E3G0205", "[[|Path(0, 0, 0, Mode = ConnectionMode.ULessVW)|]]", "Mode ULessVW needs both inputs to have the same multiplicity, but the path 4x1o x 2x1o -> 4x0e has 4 and 2")]
    [InlineData("E3G0311", "[Path(0, 0, 0, Mode = [|(ConnectionMode)77|])]", "Mode of 'Product' is 77, but must be one of UVW, UVU, UVV, UUW, UUU, UVUV, UVULessV, ULessVW")]
    [InlineData("E3G0205", "[[|Path(0, 0, 0, HasWeight = false)|]]", "Mode UVW needs weights, or an output of multiplicity 1, but the path 4x1o x 2x1o -> 4x0e has no weights and multiplicity 4")]
    [InlineData("E3G0205", "[[|Path(0, 0, 0, Mode = ConnectionMode.UUU)|]]", "Mode UUU needs both inputs to have the same multiplicity, but the path 4x1o x 2x1o -> 4x0e has 4 and 2")]
    [InlineData("E3G0205", "[Path(\"[|1o x 1o -> 0e|]\", Mode = ConnectionMode.UVV)]", "Mode UVV needs the output to have the second input's multiplicity, 2, but the path 4x1o x 2x1o -> 4x0e has 4")]
    public void Lines_that_pick_paths(string id, string line, string message) => Product(id, message, line);

    [Theory]
    [InlineData("E3G0205", "UVU", "the output to have the first input's multiplicity, 4", "2x1o", "3")]
    [InlineData("E3G0205", "UVV", "the output to have the second input's multiplicity, 2", "2x1o", "3")]
    [InlineData("E3G0205", "UVUV", "the output to have the product of both inputs' multiplicity, 8", "2x1o", "3")]
    [InlineData("E3G0205", "UUU", "the output to have the first input's multiplicity, 4", "4x1o", "3")]
    [InlineData("E3G0205", "UUW", "both inputs to have the same multiplicity", "2x1o", "4 and 2")]
    public void Modes_ask_for_multiplicities(string id, string mode, string need, string second, string has) =>
        Diagnose.Members(id, $"Mode {mode} needs {need}, but the path 4x1o x {second} -> 3x0e has {has}", $"""
                [TensorProduct("4x1o", "{second}", [|"3x0e"|], Mode = ConnectionMode.{mode})]
                private partial Tensor Product(Tensor x, Tensor y);
            """);

    [Fact, Reports("E3G0205")]
    public void Without_weights_outputs_cannot_be_mixed() =>
        Diagnose.Members("E3G0205", "Mode UVW needs weights, or an output of multiplicity 1, but the path 4x1o x 2x1o -> 3x0e has no weights and multiplicity 3", """
                [TensorProduct("4x1o", "2x1o", [|"3x0e"|], Weights = WeightKind.None)]
                private partial Tensor Product(Tensor x, Tensor y);
            """);

    [Fact, Reports("E3G0203")]
    public void An_output_that_no_path_reaches() =>
        Diagnose.Members("E3G0203", "No path of 'Product' reaches 3x1o, so it would be zero forever; 4x1o x 2x1o gives 0e, 1e, 2e", """
                [TensorProduct("4x1o", "2x1o", "0e + [|3x1o|]")]
                private partial Tensor Product(Tensor x, Tensor y);
            """);

    [Fact, Reports("E3G0203")]
    public void An_output_that_no_picked_path_reaches() =>
        Diagnose.Members("E3G0203", "No path of 'Product' reaches 1x1e, so it would be zero forever; add a [Path] that ends in it or leave it out", """
                [TensorProduct("4x1o", "2x1o", "0e + [|1e|]")]
                [Path("1o x 1o -> 0e")]
                private partial Tensor Product(Tensor x, Tensor y);
            """);

    [Fact, Reports("E3G0204")]
    public void Inputs_that_no_path_reads()
    {
        const string Advice = "leave it out, or add an output irrep that it can reach";
        Diagnose.Members("E3G0204", $"No path of 'Product' reads 2x2e: it is computed for nothing; {Advice}", """
                [TensorProduct("4x1o + [|2x2e|]", "2x1o", "0e")]
                private partial Tensor Product(Tensor x, Tensor y);
            """);
        Diagnose.Members("E3G0204", $"No path of 'Product' reads 1x0o: it is computed for nothing; {Advice}", """
                [TensorProduct("4x1o", "[|0o|] + 2x1o", "0e")]
                private partial Tensor Product(Tensor x, Tensor y);
            """);
    }

    private static void Product(string id, string message, string line) => Diagnose.Members(id, message, $"""
            [TensorProduct("4x1o", "2x1o", "4x0e")]
            {line}
            private partial Tensor Product(Tensor x, Tensor y);
        """);
}
