namespace E3Gen.Generator.Tests.Diagnostics;

/// <summary>E3G01xx: the grammar of irreps strings.</summary>
public class IrrepsRuleTests
{
    private const string Write = "Write irreps as \"16x0e + 8x1o\".";

    [Theory]
    [InlineData("E3G0101", "8x0e + 8x1[|a|]", "Parity 'a' is not known: write 1e (even) or 1o (odd).")]
    [InlineData("E3G0101", "8x[|1|]", "A parity must follow l = 1: 1e (even) or 1o (odd).")]
    [InlineData("E3G0102", "[|-2|]x0e + 1o", "Multiplicity -2 is negative; it must be 0 or more.")]
    [InlineData("E3G0102", "1o + [|1.5|]x0e", "Multiplicity \"1.5\" is not a whole number. " + Write)]
    [InlineData("E3G0103", "[|-1|]o", "Degree l = -1 is negative; it must be from 0 to 99.")]
    [InlineData("E3G0103", "1o + [|2x12e|] + 0e", "l = 12 in '2x12e' is out of range: E3Gen has couplings for l from 0 to 11")]
    [InlineData("E3G0103", "[|100|]e", "Degree l = 100 is too large; it must be from 0 to 99.")]
    [InlineData("E3G0104", "1o + [|+|] 2e", "A term is missing before this '+'. " + Write)]
    [InlineData("E3G0104", "1o [|+|]", "A term is missing after this '+'. " + Write)]
    [InlineData("E3G0105", "1o[|,|] 2e", "Unexpected ','. Terms are separated by '+'.")]
    [InlineData("E3G0105", "[|,|]", "Unexpected ','. A term such as 2x1o must begin here.")]
    [InlineData("E3G0105", "2[|x|]", "An irrep such as 1o must follow 'x'. " + Write)]
    [InlineData("E3G0105", "2x[|@|]Mix", "Unexpected '@'. A term such as 1o must begin here.")]
    [InlineData("E3G0106", "[|3000000000|]x0e", "Multiplicity 3000000000 is too large; at most 2147483647 is possible.")]
    [InlineData("E3G0106", "0e + [|2147483647x0e|]", "With 2147483647x0e the irreps have 2147483648 components; at most 2147483647 are possible.")]
    public void A_mistake_is_shown_at_its_characters(string id, string irreps, string message) =>
        Diagnose.Members(id, message, $"""
                [SphericalHarmonics("{irreps}")]
                private partial Tensor Harmonics(Tensor vectors);
            """);

    [Theory]
    [InlineData("E3G0104", "@Mix + [|+|] 0e", "A term is missing before this '+'. " + Write)]
    [InlineData("E3G0104", "@Mix [|+|]", "A term is missing after this '+'. " + Write)]
    [InlineData("E3G0101", "@Mix + 1[|a|]", "Parity 'a' is not known: write 1e (even) or 1o (odd).")]
    [InlineData("E3G0107", "0e + [|@Max|]", "There is no operation 'Max' in 'Sample'; '@' can name 'Mix'; did you mean '@Mix'?")]
    [InlineData("E3G0107", "[|@Mix.Output|]", "There is no operation 'Mix.Output' in 'Sample'; '@' can name 'Mix'; did you mean '@Mix'?")]
    [InlineData("E3G0107", "[|@mix . inptu|]", "There is no operation 'mix . inptu' in 'Sample'; '@' can name 'Mix'; did you mean '@Mix.Input'?")]
    [InlineData("E3G0107", "[|@Down|]", "There is no operation 'Down' in 'Sample'; '@' can name 'Mix'")]
    [InlineData("E3G0107", "[|@|]", "There is no operation '' in 'Sample'; '@' can name 'Mix'")]
    public void Terms_beside_references_are_read_alike(string id, string irreps, string message) =>
        Diagnose.Members(id, message, $"""
                [Linear("4x0e", "4x0e")]
                private partial Tensor Mix(Tensor x);

                [Linear("{irreps}", "4x0e")]
                private partial Tensor Next(Tensor x);
            """);

    [Fact, Reports("E3G0107")]
    public void An_operation_alone_has_nothing_to_refer_to() =>
        Diagnose.Members("E3G0107", "There is no operation 'Up' in 'Sample'; '@' can name no other operation here", """
                [Linear("[|@Up|]", "4x0e")]
                private partial Tensor Mix(Tensor x);
            """);

    [Fact, Reports("E3G0107")]
    public void Annotations_refer_to_operations_too() =>
        Diagnose.Members("E3G0107", "There is no operation 'Max' in 'Sample'; '@' can name 'Mix'; did you mean '@Mix'?", """
                [Linear("4x0e", "4x0e")]
                private partial Tensor Mix(Tensor x);

                [return: Irreps("@Mix")]
                private static Tensor Same([Irreps("@Mix.Input")] Tensor x, [Irreps("[|@Max|]")] Tensor y) => x;
            """);

    [Fact, Reports("E3G0108")]
    public void References_in_a_circle() =>
        Diagnose.Members("E3G0108", "The irreps of 'Down' depend on themselves through '@Up'; write one of them out", """
                [Linear("4x0e", "@Down")]
                private partial Tensor Up(Tensor x);

                [Linear("4x0e", "[|@Up|]")]
                private partial Tensor Down(Tensor x);
            """);

    [Fact, Reports("E3G0108")]
    public void A_reference_to_itself() =>
        Diagnose.Members("E3G0108", "The irreps of 'Up' depend on themselves through '@Up'; write one of them out", """
                [Linear("4x0e", "[|@Up|]")]
                private partial Tensor Up(Tensor x);
            """);

    [Fact, Reports("E3G0109")]
    public void Null_irreps() =>
        Diagnose.Members("E3G0109", "'Mix' needs irreps such as \"16x0e + 8x1o\" for 'output', but has none", """
                [Linear("4x0e", [|null!|])]
                private partial Tensor Mix(Tensor x);
            """);

    [Fact, Reports("E3G0109")]
    public void Null_irreps_of_an_annotation() =>
        Diagnose.Members("E3G0109", "'[Irreps]' needs irreps such as \"16x0e + 8x1o\" for 'irreps', but has none", """
                [Irreps([|null!|])]
                private Tensor? field;
            """);

    [Theory]
    [InlineData("E3G0109", "[|MessagePassingNetwork|](Output = \"0e\", EdgeHarmonics = \"0e\", MaxRadius = 1)", "Hidden', but has none")]
    [InlineData("E3G0109", "MessagePassingNetwork(Hidden = [|null!|], Output = \"0e\", EdgeHarmonics = \"0e\", MaxRadius = 1)", "Hidden', but has none")]
    [InlineData("E3G0109", "MessagePassingNetwork(Hidden = \"0e\", Output = [|\"0x0e\"|], EdgeHarmonics = \"0e\", MaxRadius = 1)", "Output', but has empty ones")]
    public void A_network_needs_irreps(string id, string attribute, string end) =>
        Diagnose.Source(id, $"'Network' needs irreps such as \"16x0e + 8x1o\" for '{end}", $"[{attribute}] internal sealed partial class Network;");

    [Fact, Reports("E3G0107")]
    public void A_network_has_no_operations() =>
        Diagnose.Network("E3G0107", "There is no operation 'Mix' in 'Network'; '@' can name nothing, since a network has no operations of its own",
            """Hidden = "4x0e + [|@Mix|]", Output = "0e", EdgeHarmonics = "0e", MaxRadius = 1""");

    [Fact, Reports("E3G0106")]
    public void Sums_with_references_can_be_too_large() =>
        Diagnose.Members("E3G0106", "The irreps have 4000000000 components; at most 2147483647 are possible", """
                [Convolution("2000000000x0e", "0e")]
                private partial Tensor Mix(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

                [Gate([|"@Mix + @Mix"|], "")]
                private partial Tensor Next(Tensor x);
            """);

    [Theory]
    [InlineData("E3G0106", "[|Linear(\"100000x0e\", \"100000x0e\")|]", "Tensor x")]
    [InlineData("E3G0106", "[|TensorProduct(\"2000x0e\", \"2000x0e\", \"2000x0e\")|]", "Tensor x, Tensor y")]
    [InlineData("E3G0106", "[|Convolution(\"700000000x0e\", \"1o + 2e\")|]", "Tensor nodes, Tensor edges, Tensor weights, Graph graph")]
    [InlineData("E3G0106", "[|Gate(\"\", \"700000000x1o\")|]", "Tensor x")]
    public void Derived_sizes_can_be_too_large(string id, string attribute, string parameters) =>
        Diagnose.Members(id, "'Mix' has more than 2147483647 components or weights; use smaller multiplicities", $"""
                [{attribute}]
                private partial Tensor Mix({parameters});
            """);

    [Fact, Reports("E3G0106")]
    public void A_network_can_be_too_large() =>
        Diagnose.Source("E3G0106", "A layer of 'Network' has more than 2147483647 components or weights; use smaller multiplicities", """
            [[|MessagePassingNetwork(Hidden = "1000000x0e", Output = "0e", EdgeHarmonics = "0e", MaxRadius = 1)|]]
            internal sealed partial class Network;
            """);
}
