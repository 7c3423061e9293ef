namespace E3Gen.Generator.Tests.Diagnostics;

/// <summary>E3G02xx: what O(3) allows, in linear maps, convolutions, harmonics and gates.</summary>
public class SelectionRuleTests
{
    [Theory]
    [InlineData("E3G0203", "\"8x1o\"", "\"8x1o + [|4x1e|]\"", "No path of 'Mix' reaches 4x1e, so it would be zero forever; a linear map keeps irreps, and the input is 8x1o: 1o differs from 1e in parity")]
    [InlineData("E3G0203", "\"8x1o\"", "\"8x1o + [|4x2e|]\"", "No path of 'Mix' reaches 4x2e, so it would be zero forever; a linear map keeps irreps, and the input is 8x1o")]
    [InlineData("E3G0203", "\"\"", "\"[|0e|]\"", "No path of 'Mix' reaches 1x0e, so it would be zero forever; a linear map keeps irreps, and the input is nothing")]
    [InlineData("E3G0203", "\"4x0o\"", "\"4x0o + 0e + [|2x1o|]\", Bias = true", "No path of 'Mix' reaches 2x1o, so it would be zero forever; a linear map keeps irreps, and the input is 4x0o")]
    [InlineData("E3G0204", "\"8x1o + [|2x2e|]\"", "\"8x1o\"", "No path of 'Mix' reads 2x2e: it is computed for nothing; a linear map keeps irreps, and the output 8x1o has no 2e")]
    public void Linear_maps_keep_irreps(string id, string input, string output, string message) => Diagnose.Sources(id, message, [Sample.Linear(input, output)], []);

    [Theory]
    [InlineData("E3G0218", "[[|Path(0, 0)|], Path(0, 1), Path(1, 0)]", "'Mix' cannot map segment 0 (8x0e) to segment 0 (4x1o): a linear map keeps irreps; 0e is at 1")]
    [InlineData("E3G0209", "[Path([|2|], 0), Path(0, 1), Path(1, 0)]", "'Mix' has no segment 2 in its input; it has 8x0e+4x1o")]
    [InlineData("E3G0209", "[Path(1, [|-1|]), Path(0, 1), Path(1, 0)]", "'Mix' has no segment -1 in its output; it has 4x1o+8x0e")]
    [InlineData("E3G0311", "[Path(0, 1), [|Path(0, 0, 1)|], Path(1, 0)]", "Path of 'Mix' is one of a product, but must be the positions of an input and an output segment: [Path(0, 0)]")]
    [InlineData("E3G0212", "[Path(0, 1), Path(1, 0, Weight = [|2|])]", "'Mix' has no such property of paths, being linear, so Weight has no effect")]
    public void Linear_paths_are_positions_of_equal_irreps(string id, string paths, string message) =>
        Diagnose.Members(id, message, $"""
                [Linear("8x0e + 4x1o", "4x1o + 8x0e")]
                {paths}
                private partial Tensor Mix(Tensor x);
            """);

    [Theory]
    [InlineData("E3G0204", "8x0e + [|4x1o|]", "8x0e", "[Path(0, 0)]", "No path of 'Mix' reads 4x1o: it is computed for nothing; add a [Path] that starts from it or leave it out")]
    [InlineData("E3G0203", "8x0e + 4x1o", "8x0e + [|4x1o|] + 2x1o", "[Path(0, 0), Path(1, 2)]", "No path of 'Mix' reaches 4x1o, so it would be zero forever; add a [Path] that ends in it or leave it out")]
    public void What_linear_paths_leave_out(string id, string input, string output, string paths, string message) =>
        Diagnose.Members(id, message, $"""
                [Linear("{input}", "{output}"{(id == "E3G0204" ? ", AllowMissingPaths = false" : "")})]
                {paths}
                private partial Tensor Mix(Tensor x);
            """);

    [Theory]
    [InlineData("E3G0311", "BiasEntries = new[] { [|1|] }", "BiasEntries of 'Mix' is 1 (4x1o), but must be positions of even scalars in the output 8x0e+4x1o, from 0: any other irrep would turn, and its bias would not")]
    [InlineData("E3G0311", "BiasEntries = [0, [|7|]]", "BiasEntries of 'Mix' is 7, but must be positions of even scalars in the output 8x0e+4x1o, from 0: any other irrep would turn, and its bias would not")]
    [InlineData("E3G0212", "BiasEntries = [0], Bias = [|true|]", "'Mix' has no even scalars besides BiasEntries, so Bias has no effect")]
    [InlineData("E3G0311", "InputChannels = [|0|], OutputChannels = 2", "InputChannels of 'Mix' is 0, but must be from 1 to 10000")]
    [InlineData("E3G0311", "Weights = [|WeightKind.None|]", "Weights of 'Mix' is None, but must be Internal, Shared or PerSample: a linear map is its weights")]
    public void Options_of_linear_maps(string id, string options, string message) =>
        Diagnose.Members(id, message, $"""
                [Linear("8x0e + 4x1o", "8x0e + 4x1o", {options})]
                private partial Tensor Mix(Tensor x);
            """);

    [Fact, Reports("E3G0212")]
    public void A_bias_of_nothing() => Diagnose.Members("E3G0212", "'Mix' has no even scalars in its output, so Bias has no effect", """
            [Linear("4x1o", "4x1o", Bias = [|true|], Weights = WeightKind.Shared)]
            private partial Tensor Mix(Tensor x, Tensor weights);
        """);

    [Theory]
    [InlineData("Input1Variances = [|new[] { 1.0, 2.0 }|]", "Input1Variances of 'Product' is 2 numbers, but must be 1, one for each of 8x0e")]
    [InlineData("OutputVariances = [1.0, [|-2.0|]]", "OutputVariances of 'Product' is -2, but must be positive numbers, from 1E-30 to 1E+30")]
    [InlineData("Input2Variances = [[|double.NaN|], 1]", "Input2Variances of 'Product' is NaN, but must be positive numbers, from 1E-30 to 1E+30")]
    public void Variances_are_positive_numbers_one_for_each_segment(string options, string message) =>
        Diagnose.Members("E3G0311", message, $"""
                [TensorProduct("8x0e", "0e + 1o", "8x0e + 4x1o", {options})]
                private partial Tensor Product(Tensor x, Tensor y);
            """);

    [Fact, Reports("E3G0311")]
    public void A_product_has_no_linear_path() =>
        Diagnose.Members("E3G0311", "Path of 'Product' is one of a linear map, but must be the positions of two input segments and an output segment, or their irreps: [Path(0, 0, 0)], [Path(\"1o x 1o -> 0e\")]", """
                [TensorProduct("8x0e", "0e", "8x0e")]
                [[|Path(0, 0)|], Path(0, 0, 0)]
                private partial Tensor Product(Tensor x, Tensor y);
            """);

    [Fact, Reports("E3G0203")]
    public void A_convolution_keeps_what_it_reaches() =>
        Diagnose.Members("E3G0203", "No path of 'Convolve' reaches 1e, so it would be zero forever; 8x1o x 1x0e+1x2e gives 1o, 2o, 3o", """
                [Convolution("8x1o", "0e + 2e", Keep = "1o + 2o + 3o + [|1e|]")]
                private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);
            """);

    [Theory]
    [InlineData("E3G0204", "\"8x0e + [|4x1o|]\"", "\"0e\"", "4x1o")]
    [InlineData("E3G0204", "\"8x0e\"", "\"0e + [|1o|]\"", "1x1o")]
    public void A_convolution_reads_what_it_is_given(string id, string nodes, string edges, string unread) =>
        Diagnose.Members(id, $"No path of 'Convolve' reads {unread}: it is computed for nothing; leave it out, or Keep an irrep that it can reach", $"""
                [Convolution({nodes}, {edges}, Keep = "0e")]
                private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);
            """);

    [Fact, Reports("E3G0103")]
    public void A_convolution_has_couplings_to_reach_with() =>
        Diagnose.Members("E3G0103", "'Convolve' reaches l = 12, but E3Gen has couplings for l from 0 to 11; set Keep to the irreps that you need", """
                [[|Convolution("8x7o", "5o")|]]
                private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);
            """);

    [Theory]
    [InlineData("E3G0211", "0e + 1o + [|2o|]", "2o is not a spherical harmonic of a vector (1o): Y_2 of it is 2e")]
    [InlineData("E3G0211", "0e + 1o + 2e + [|3e|]", "3e is not a spherical harmonic of a vector (1o): Y_3 of it is 3o")]
    [InlineData("E3G0211", "1e + 2e + [|3o|]", "3o is not a spherical harmonic of a pseudovector (1e): Y_3 of it is 3e")]
    public void Harmonics_have_the_parity_of_their_vector(string id, string irreps, string message) =>
        Diagnose.Members(id, message, $"""
                [SphericalHarmonics("{irreps}")]
                private partial Tensor Harmonics(Tensor vectors);
            """);

    [Theory]
    [InlineData("E3G0211", "0e + 1o + [|2o|]", "2o is not a spherical harmonic of a vector (1o): Y_2 of it is 2e")]
    [InlineData("E3G0211", "0e + [|1e|] + 2e", "1e is not a spherical harmonic of a vector (1o): Y_1 of it is 1o")]
    [InlineData("E3G0211", "0e + 2x1o + [|3e|]", "3e is not a spherical harmonic of a vector (1o): Y_3 of it is 3o")]
    [InlineData("E3G0211", "0e + [|0x1e|]", "1e is not a spherical harmonic of a vector (1o): Y_1 of it is 1o")]
    public void Edges_of_a_network_are_vectors(string id, string irreps, string message) =>
        Diagnose.Network(id, message, $"""Hidden = "4x0e + 4x1e", Output = "2x1e", EdgeHarmonics = "{irreps}", MaxRadius = 1""");

    [Theory]
    [InlineData("E3G0206", "\"8x0e\", \"4x1o + 2x2e\", Gates = [|\"4x0e\"|]", "'Gate' gates 6 irreps (4x1o+2x2e) with 4 gate scalars (4x0e); give 6 scalars in total, or leave Gates out")]
    [InlineData("E3G0207", "\"8x0e + [|2x1o|]\", \"4x1o\"", "The activated irreps of 'Gate' must be scalars (l = 0), but contain 2x1o: a function of single components of an l = 1 irrep is not equivariant")]
    [InlineData("E3G0207", "\"\", \"4x1o\", Gates = \"[|4x1o|]\"", "The gates of 'Gate' must be scalars (l = 0), but contain 4x1o: a function of single components of an l = 1 irrep is not equivariant")]
    [InlineData("E3G0208", "\"8x0e + 2x0o\", \"4x1o\", OddScalars = [|ActivationFunction.Silu|]", "Silu of an odd scalar (2x0o) is neither even nor odd, so the result has no parity; use Tanh (odd) or Abs (even)")]
    [InlineData("E3G0208", "\"8x0e\", \"4x1o\", Gates = \"4x0o\", OddGates = [|ActivationFunction.Sigmoid|]", "Sigmoid of an odd scalar (4x0o) is neither even nor odd, so the result has no parity; use Tanh (odd) or Abs (even)")]
    [InlineData("E3G0212", "\"8x0e\", \"4x1o\", OddScalars = [|ActivationFunction.Abs|]", "'Gate' has no odd scalars, so OddScalars has no effect")]
    [InlineData("E3G0212", "\"8x0o\", \"4x1o\", EvenScalars = [|ActivationFunction.Relu|]", "'Gate' has no even scalars, so EvenScalars has no effect")]
    [InlineData("E3G0212", "\"8x0e\", \"4x1o\", OddGates = [|ActivationFunction.Tanh|]", "'Gate' has no odd gates, so OddGates has no effect")]
    [InlineData("E3G0212", "\"8x0e\", \"\", EvenGates = [|ActivationFunction.Tanh|]", "'Gate' has no even gates, so EvenGates has no effect")]
    public void Gates(string id, string arguments, string message) =>
        Diagnose.Members(id, message, $"""
                [Gate({arguments})]
                private partial Tensor Gate(Tensor x);
            """);

    [Theory]
    [InlineData("E3G0208", "\"8x0e + 2x0o\", \"4x1o\", ScalarFunctions = [ActivationFunction.Silu, [|ActivationFunction.Gelu|]]", "Gelu of an odd scalar (2x0o) is neither even nor odd, so the result has no parity; use Tanh (odd) or Abs (even)")]
    [InlineData("E3G0208", "\"\", \"4x1o\", Gates = \"4x0o\", GateFunctions = new[] { [|ActivationFunction.Mish|] }", "Mish of an odd scalar (4x0o) is neither even nor odd, so the result has no parity; use Tanh (odd) or Abs (even)")]
    [InlineData("E3G0217", "\"8x0e + 2x0o\", \"4x1o\", ScalarFunctions = [|[ActivationFunction.Silu]|]", "'Gate' has 1 function for 2 entries (8x0e+2x0o); give one for each entry as written")]
    [InlineData("E3G0217", "\"8x0e\", \"4x1o\", GateFunctions = [|new ActivationFunction[0]|]", "'Gate' has 0 functions for 1 entry (4x0e); give one for each entry as written")]
    [InlineData("E3G0217", "\"8x0e\", \"4x1o\", ScalarFunctions = [ActivationFunction.Silu], EvenScalars = [|ActivationFunction.Tanh|]", "'Gate' has ScalarFunctions, one for each entry, so that EvenScalars means nothing; leave one of them out")]
    [InlineData("E3G0311", "\"8x0e + 2x0e\", \"4x1o\", ScalarFunctions = [ActivationFunction.Silu, [|(ActivationFunction)99|]]", null)]
    public void Gates_of_entries(string id, string arguments, string? message) =>
        Diagnose.Members(id, message, $"""
                [Gate({arguments})]
                private partial Tensor Gate(Tensor x);
            """);

    [Theory]
    [InlineData("E3G0207", "\"8x0e + 2x1o\", ActivationFunction.Silu, [|ActivationFunction.Tanh|]", "The activated irreps of 'Act' must be scalars (l = 0), but contain 2x1o: a function of single components of an l = 1 irrep is not equivariant")]
    [InlineData("E3G0208", "\"2x0o + 2x1o\", functions: [[|ActivationFunction.LeakyRelu|], ActivationFunction.Identity]", "LeakyRelu of an odd scalar (2x0o) is neither even nor odd, so the result has no parity; use Tanh (odd) or Abs (even)")]
    [InlineData("E3G0208", "\"2x0o + 2x1o\", OddScalars = [|ActivationFunction.Softplus|]", "Softplus of an odd scalar (2x0o) is neither even nor odd, so the result has no parity; use Tanh (odd) or Abs (even)")]
    [InlineData("E3G0212", "\"2x0e + 2x1o\", OddScalars = [|ActivationFunction.Cos|]", "'Act' has no odd scalars, so OddScalars has no effect")]
    [InlineData("E3G0217", "\"8x0e + 2x1o\", [|ActivationFunction.Silu|]", "'Act' has 1 function for 2 entries (8x0e+2x1o); give one for each entry as written")]
    [InlineData("E3G0217", "\"8x0e\", ActivationFunction.Silu, OddScalars = [|ActivationFunction.Tanh|]", "'Act' has functions, one for each entry, so that OddScalars means nothing; leave one of them out")]
    public void Activations(string id, string arguments, string message) =>
        Diagnose.Members(id, message, $"""
                [Activation({arguments})]
                private partial Tensor Act(Tensor x);
            """);

    [Theory]
    [InlineData("E3G0311", "\"2x1o\", ActivationFunction.Silu, Epsilon = [|0|]", "Epsilon of 'Act' is 0, but must be from 1E-15 to 1E+15")]
    [InlineData("E3G0311", "\"2x1o\", [|(ActivationFunction)77|]", null)]
    [InlineData("E3G0212", "\"2x1o\", ActivationFunction.Silu, Normalize = false, Epsilon = [|0.5|]", "'Act' has no division by norms, so Epsilon has no effect")]
    public void Functions_of_norms(string id, string arguments, string? message) =>
        Diagnose.Members(id, message, $"""
                [NormActivation({arguments})]
                private partial Tensor Act(Tensor x);
            """);

    [Theory]
    [InlineData("E3G0214", "\"4x0e\"", "\"0e + [|2x0o|]\"", "No path of the last layer of 'Network' reaches 2x0o from 4x0e with edge harmonics 1x0e+1x1o; add hidden irreps or harmonics that reach it, or leave it out")]
    public void Networks(string id, string hidden, string output, string message) =>
        Diagnose.Network(id, message, $"""Input = "2x0e", Hidden = {hidden}, Output = {output}, EdgeHarmonics = "0e + 1o", MaxRadius = 1, Layers = 1""");

    [Fact, Reports("E3G0213")]
    public void Dropped_hidden_irreps_are_told_once() => Diagnose.Source(
        "E3G0213",
        "'Network' leaves out hidden irreps that no path with edge harmonics 1x0e+1x1o reaches: layer 0, from 2x0e, has no 4x0o+2x1e; layer 1, from 4x0e+4x1o, has no 4x0o",
        """
        [MessagePassingNetwork(Input = "2x0e", Hidden = "4x0e + 4x0o + 4x1o + 2x1e", Output = "0e", EdgeHarmonics = "0e + 1o", MaxRadius = 1, Layers = 2)]
        internal partial class [|Network|];
        """);

    /// <summary>What the two rules above say of linear maps and convolutions holds for those inside a network.</summary>
    [Theory]
    [InlineData("E3G0204", "Input = \"2x0e + [|3x4e|]\", Hidden = \"4x0e\", Output = \"0e\", EdgeHarmonics = \"0e\"", "3x4e")]
    [InlineData("E3G0204", "Hidden = \"4x0e\", Output = \"0e\", EdgeHarmonics = \"0e + [|1o|]\"", "1x1o")]
    [InlineData("E3G0204", "NodeAttributes = \"0e + [|2x3o|]\", Hidden = \"4x0e\", Output = \"0e\", EdgeHarmonics = \"0e\"", "2x3o")]
    public void A_network_reads_what_it_is_given(string id, string arguments, string unread) => Diagnose.Network(
        id, $"No path of 'Network' reads {unread}: it is computed for nothing; leave it out, or add an irrep to Hidden or Output that it can reach", arguments + ", MaxRadius = 1");

    [Fact, Reports("E3G0203")]
    public void Gates_of_a_network_are_reached() => Diagnose.Network(
        "E3G0203",
        "No path of 'Network' reaches 3x1o, so it would be zero forever; in no layer do paths lead to it and to its gates, with edge harmonics 1x0e",
        """Input = "1o", Hidden = "[|3x1o|]", Output = "0x0e + 0x1o + 0e", EdgeHarmonics = "0e", MaxRadius = 1, Layers = 1""");

    [Theory]
    [InlineData("E3G0214", "2x1o")]
    [InlineData("E3G0214", "0x0e")]
    public void Node_attributes_take_part_in_every_linear_map(string id, string attributes) => Diagnose.Network(
        id,
        $"No path of the last layer of 'Network' reaches 1x0e from 1x0e with edge harmonics 1x0e and node attributes {attributes}; add hidden irreps or harmonics that reach it, or leave it out",
        $"""NodeAttributes = "{attributes}", Output = "[|0e|]", EdgeHarmonics = "0e", MaxRadius = 1, Layers = 0""");

    /// <summary>Gates are no hidden irreps: what they are reached by ends in the gate.</summary>
    [Fact, Reports("E3G0214")]
    public void Gates_end_in_the_gate() => Diagnose.Network(
        "E3G0214",
        "No path of the last layer of 'Network' reaches 1x0e from 3x1o with edge harmonics 1x0e+1x2e; add hidden irreps or harmonics that reach it, or leave it out",
        """Input = "0e + 1o", Hidden = "3x1o", Output = "1o + [|0e|]", EdgeHarmonics = "0e + 2e", MaxRadius = 1, Layers = 1""");

    [Fact, Reports("E3G0214")]
    public void Messages_reach_the_output() => Diagnose.Network(
        "E3G0214",
        "No path of the last layer of 'Network' reaches 1x1o from 1x1o with edge harmonics 1x1o; only its self-connection does, so that no edge would change the result",
        """Input = "1o", Output = "[|1o|]", EdgeHarmonics = "1o", MaxRadius = 1, Layers = 0""");

    /// <summary>Edges come and go at the cutoff radius: what they carry ends there.</summary>
    [Theory]
    [InlineData("E3G0219", "Cutoff = [|CutoffKind.None|]", "Gaussian functions", "write another Cutoff")]
    [InlineData("E3G0219", "Cutoff = [|CutoffKind.None|], BasisVanishes = true", "Gaussian functions", "write another Cutoff")]
    [InlineData("E3G0219", "Basis = RadialBasisKind.Chebyshev, Cutoff = [|CutoffKind.None|]", "Chebyshev functions", "write another Cutoff, or BasisVanishes = true")]
    [InlineData("E3G0219", "Basis = RadialBasisKind.Bessel, Cutoff = [|CutoffKind.None|], Transform = DistanceTransform.Agnesi, TransformLength = 1", "Bessel functions of transformed lengths", "write another Cutoff")]
    [InlineData("E3G0219", "Architecture = NetworkArchitecture.GatePoints2106, BasisVanishes = [|false|]", "SmoothFinite functions", "write another Cutoff, or BasisVanishes = true")]
    [InlineData("E3G0219", "Architecture = NetworkArchitecture.GatePoints2106, Basis = [|RadialBasisKind.ExponentialNormal|]", "ExponentialNormal functions", "write another Cutoff, or BasisVanishes = true")]
    public void Results_jump_at_the_cutoff(string id, string options, string basis, string advice) => Diagnose.Network(
        id,
        $"'Network' has no cutoff, and {basis} do not vanish at MaxRadius: results jump where two nodes come that close; {advice}",
        $"""Input = "2x0e", Hidden = "4x0e", Output = "0e", EdgeHarmonics = "0e", MaxRadius = 1, {options}""");

    /// <summary>Every basis and every cutoff can be written, and the pairs that end at the cutoff radius are not reported: the one thing reported here is the option without effect.</summary>
    [Theory]
    [InlineData("E3G0212", "Cutoff = CutoffKind.Mollifier, CutoffPower = [|4|]")]
    [InlineData("E3G0212", "Basis = RadialBasisKind.Bessel, Cutoff = CutoffKind.None, CutoffPower = [|4|]")]
    [InlineData("E3G0212", "Basis = RadialBasisKind.Chebyshev, BasisVanishes = true, Cutoff = CutoffKind.None, CutoffPower = [|4|]")]
    [InlineData("E3G0212", "Basis = RadialBasisKind.ExponentialNormal, Cutoff = CutoffKind.SoftStep, CutoffPower = [|4|]")]
    [InlineData("E3G0212", "Architecture = NetworkArchitecture.GatePoints2106, CutoffPower = [|4|]")]
    public void Powers_belong_to_polynomial_cutoffs(string id, string options) => Diagnose.Network(
        id, "'Network' has no polynomial cutoff, so CutoffPower has no effect", $"""Input = "2x0e", Hidden = "4x0e", Output = "0e", EdgeHarmonics = "0e", MaxRadius = 1, {options}""");

    [Theory]
    [InlineData("E3G0212", "Layers = 0, Hidden = [|\"4x0e\"|]", "'Network' has no gated layers, so Hidden has no effect")]
    [InlineData("E3G0212", "Layers = 0, RadialLayers = 0, RadialNeurons = [|64|]", "'Network' has no hidden layers in its radial network, so RadialNeurons has no effect")]
    [InlineData("E3G0212", "Layers = 0, NumNodes = [|20|]", "'Network' has no sum over nodes, so NumNodes has no effect")]
    [InlineData("E3G0212", "Layers = 0, TransformLength = [|1.5|]", "'Network' has no distance transform, so TransformLength has no effect")]
    [InlineData("E3G0311", "Layers = 0, Transform = DistanceTransform.Soft, TransformLength = [|-1.5|]", "TransformLength of 'Network' is -1.5, but must be a positive number")]
    public void Options_of_a_network_that_nothing_uses(string id, string options, string message) =>
        Diagnose.Network(id, message, $"""Output = "0e", EdgeHarmonics = "0e", MaxRadius = 1, {options}""");
}
