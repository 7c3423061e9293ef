namespace E3Gen.Generator.Tests.Diagnostics;

/// <summary>E3G03xx: the class that is generated into.</summary>
public class TypeRuleTests
{
    private const string Mix = """[Linear("4x0e", "4x0e")] private partial Tensor Mix(Tensor x);""";
    private const string Constructor = """public Sample() : base("") => RegisterComponents();""";
    private const string Network = """MessagePassingNetwork(Hidden = "4x0e", Output = "0e", EdgeHarmonics = "0e", MaxRadius = 1)""";
    private const string Generic = "it is generic, or nested in a generic class, and irreps are fixed at compile time; declare one class for each choice";

    [Fact, Reports("E3G0301")]
    public void Not_partial()
    {
        const string Message = "'Sample' must be partial, so that its operations can be generated; write 'partial class Sample'";
        Diagnose.Source("E3G0301", Message, $$"""[EquivariantModule] internal class [|Sample|] : nn.Module { {{Constructor}} {{Mix}} }""", "CS0260");
        Diagnose.Source("E3G0301", Message, $$"""[{{Network}}] internal class [|Sample|];""");
    }

    [Theory]
    [InlineData("E3G0302", "", "object")]
    [InlineData("E3G0302", " : System.Exception", "Exception")]
    public void Not_a_module(string id, string bases, string actual) => Diagnose.Source(
        id,
        $"'Sample' must derive from TorchSharp's nn.Module, for example nn.Module<Tensor, Tensor>, but derives from '{actual}'",
        $$"""[EquivariantModule] internal partial class [|Sample|]{{bases}} { {{Mix}} }""");

    [Theory]
    [InlineData("E3G0302", "", "nn.Module", "Tensor, Graph, Tensor", "Module")]
    [InlineData("E3G0302", "Input = \"2x0e\", ", "nn.Module<Tensor, Graph, Tensor>", "Tensor, Tensor, Graph, Tensor", "Module<Tensor, Graph, Tensor>")]
    [InlineData("E3G0302", "NodeAttributes = \"0e\", ", "nn.Module<Tensor, Graph, Graph, Tensor>", "Tensor, Tensor, Graph, Tensor", "Module<Tensor, Graph, Graph, Tensor>")]
    public void A_network_of_another_base(string id, string inputs, string bases, string wanted, string actual) => Diagnose.Source(
        id,
        $"'Sample' must derive from TorchSharp's nn.Module<{wanted}>, or name no base, but derives from '{actual}'",
        $$"""[{{Network.Replace("(", "(" + inputs)}}] internal partial class [|Sample|] : {{bases}} { {{Constructor}} }""");

    [Theory]
    [InlineData("E3G0303", "it is static", "internal static partial class [|Sample|] : nn.Module { MIX }", "CS0708", "CS0713", "CS8795")]
    [InlineData("E3G0303", "it is a record", "internal partial record [|Sample|] : nn.Module { MIX }", "CS0115", "CS7036", "CS8795", "CS8864", "CS8867")]
    [InlineData("E3G0303", "it is local to its file; make it internal", "file partial class [|Sample|] : nn.Module { NEW MIX }", "CS8795")]
    [InlineData("E3G0303", Generic, "internal partial class [|Sample|]<T> : nn.Module { NEW MIX }")]
    [InlineData("E3G0303", Generic, "partial class Outer<T> { [EquivariantModule] internal partial class [|Sample|] : nn.Module { NEW MIX } }")]
    [InlineData("E3G0303", "it is local to its file; make it internal", "file partial class Outer { [EquivariantModule] internal partial class [|Sample|] : nn.Module { NEW MIX } }", "CS8795")]
    [InlineData("E3G0303", "the class 'Outer' around it is not partial", "class Outer { [EquivariantModule] internal partial class [|Sample|] : nn.Module { NEW MIX } }", "CS0260")]
    [InlineData("E3G0303", "the struct 'Outer' around it is not partial", "struct Outer { [EquivariantModule] internal partial class [|Sample|] : nn.Module { NEW MIX } }", "CS0260")]
    public void An_unsupported_class(string id, string reason, string declaration, params string[] compilerErrors)
    {
        string source = (declaration.Contains("Outer") ? declaration : "[EquivariantModule] " + declaration).Replace("MIX", Mix).Replace("NEW", Constructor);
        Diagnose.Source(id, $"'Sample' cannot be generated: {reason}", source, compilerErrors);
    }

    [Fact, Reports("E3G0303")]
    public void A_base_that_no_generated_constructor_can_call() => Diagnose.Source(
        "E3G0303",
        "'Sample' cannot be generated: its base 'Wide' has no constructor that takes a name or nothing; declare a constructor that calls one and then RegisterComponents()",
        $$"""
        internal class Wide(int width) : nn.Module("Wide") { public int Width => width; }
        [EquivariantModule] internal partial class [|Sample|] : Wide { {{Mix}} }
        """,
        "CS7036");

    [Fact, Reports("E3G0303")]
    public void A_module_or_a_network_but_not_both() => Diagnose.Source(
        "E3G0303",
        "'Sample' cannot be generated: it is an [EquivariantModule] and a [MessagePassingNetwork]; keep one of them",
        $$"""[EquivariantModule, [|{{Network}}|]] internal partial class Sample : nn.Module<Tensor, Graph, Tensor>;""");

    [Theory]
    [InlineData("E3G0307", "public [|Sample|]() : base(\"\") { }")]
    [InlineData("E3G0307", "public [|Sample|]() : base(\"\") { } public [|Sample|](int n) : this(\"\") { } public [|Sample|](string name) : base(name) { }")]
    public void A_constructor_that_registers_nothing(string id, string constructors) => Diagnose.Members(
        id,
        "The constructor of 'Sample' does not call RegisterComponents(): 'Mix' would be missing from parameters(), state_dict(), to() and train(); call it at the end",
        $"{constructors.Replace("[|Sample|](int", "Sample(int")} {Mix}");

    [Fact, Reports("E3G0307")]
    public void A_primary_constructor_registers_nothing() => Diagnose.Source(
        "E3G0307",
        "The primary constructor of 'Sample' does not call RegisterComponents(): 'Mix', 'Bias' would be missing from parameters(), state_dict(), to() and train(); it has no body to do so in, so declare an ordinary constructor that does",
        $$"""
        [EquivariantModule] internal partial class Sample[|(string name)|] : nn.Module(name)
        {
            {{Mix}}
            [Linear("", "0e", Bias = true)] private partial Tensor Bias(Tensor x);
            [Gate("0e", "1o")] private partial Tensor Gate(Tensor x);
        }
        """);

    [Fact, Reports("E3G0307")]
    public void A_constructor_of_a_network_that_registers_nothing() => Diagnose.Source(
        "E3G0307",
        "The constructor of 'Sample' does not call RegisterComponents(): its layers would be missing from parameters(), state_dict(), to() and train(); call it at the end",
        $$"""[{{Network}}] internal partial class Sample { internal [|Sample|]() : base("") { } }""");

    [Fact, Reports("E3G0308")]
    public void An_operation_outside_of_a_module()
    {
        const string Message = "'Mix' is an operation, but 'Sample' is not marked [EquivariantModule]: nothing would be generated";
        string mix = Mix.Replace("Mix", "[|Mix|]");
        Diagnose.Source("E3G0308", Message, $$"""internal partial class Sample : nn.Module { {{Constructor}} {{mix}} }""");
        Diagnose.Source("E3G0308", Message, $$"""[{{Network}}] internal partial class Sample { {{mix}} }""");
        foreach (string kind in new[] { "struct", "interface", "record" })
        {
            const string Reason = "and cannot be an [EquivariantModule]; move the operation into a class that is one";
            Diagnose.Source("E3G0308", $"'Mix' is an operation, but 'Sample' is {(kind[0] == 'i' ? "an" : "a")} {kind} {Reason}", $$"""internal partial {{kind}} Sample { {{mix}} }""");
        }
    }

    [Theory, Reports("E3G0312")]
    [InlineData(" : nn.Module<Tensor, Graph, Tensor>")]
    [InlineData("")]
    public void A_network_that_declares_forward(string bases) => Diagnose.Source(
        "E3G0312",
        "'Sample' declares 'forward' itself, but [MessagePassingNetwork] generates it; remove it or use [EquivariantModule]",
        $$"""
        [{{Network}}]
        internal partial class Sample{{bases}}
        {
            public override Tensor [|forward|](Tensor positions, Graph graph) => positions;
        }
        """);

    [Theory]
    [InlineData("E3G0311", "MaxRadius = [|-1.5|]", "MaxRadius of 'Network' is -1.5, but must be a positive number")]
    [InlineData("E3G0311", "MaxRadius = [|double.PositiveInfinity|]", "MaxRadius of 'Network' is Infinity, but must be a positive number")]
    [InlineData("E3G0311", "MaxRadius = 1, NumNeighbors = [|0|]", "NumNeighbors of 'Network' is 0, but must be a positive number")]
    [InlineData("E3G0311", "MaxRadius = 1, NumNodes = [|double.NaN|]", "NumNodes of 'Network' is NaN, but must be a positive number")]
    [InlineData("E3G0311", "MaxRadius = 1, Layers = [|-1|]", "Layers of 'Network' is -1, but must be from 0 to 100")]
    [InlineData("E3G0311", "MaxRadius = 1, Layers = [|101|]", "Layers of 'Network' is 101, but must be from 0 to 100")]
    [InlineData("E3G0311", "MaxRadius = 1, NumberOfBasis = [|1|]", "NumberOfBasis of 'Network' is 1, but must be from 2 to 65536")]
    [InlineData("E3G0311", "MaxRadius = 1, RadialLayers = [|-2|]", "RadialLayers of 'Network' is -2, but must be from 0 to 100")]
    [InlineData("E3G0311", "MaxRadius = 1, RadialNeurons = [|0|]", "RadialNeurons of 'Network' is 0, but must be from 1 to 65536")]
    [InlineData("E3G0311", "MaxRadius = 1, Constants = [|(MomentConstants)5|]", "Constants of 'Network' is 5, but must be one of Exact, E3nn")]
    public void Options_of_a_network(string id, string options, string message) =>
        Diagnose.Network(id, message, "Hidden = \"4x0e\", Output = \"0e\", EdgeHarmonics = \"0e\", " + options);

    [Fact, Reports("E3G0311")]
    public void A_network_needs_a_cutoff() => Diagnose.Source(
        "E3G0311",
        "MaxRadius of 'Sample' is not set, but must be a positive number",
        """[[|MessagePassingNetwork|](Hidden = "4x0e", Output = "0e", EdgeHarmonics = "0e")] internal partial class Sample;""");
}
