namespace E3Gen.Generator.Tests.Diagnostics;

/// <summary>E3G03xx: the method that is an operation.</summary>
public class MethodRuleTests
{
    [Theory]
    [InlineData("E3G0304", "private Tensor [|Mix|](Tensor x) => x;", "it has a body; write 'private partial Tensor Mix(Tensor x);' and let the generator write it")]
    [InlineData("E3G0304", "private partial Tensor [|Mix|](Tensor x) { return x; }", "it has a body; write 'private partial Tensor Mix(Tensor x);' and let the generator write it", "CS0759")]
    [InlineData("E3G0304", "private Tensor [|Mix|](Tensor x);", "it is not partial; write 'private partial Tensor Mix(Tensor x);'", "CS0501")]
    [InlineData("E3G0304", "partial Tensor [|Mix|](Tensor x) => x;", "it has a body; write 'private partial Tensor Mix(Tensor x);' and let the generator write it", "CS0759", "CS8796")]
    [InlineData("E3G0304", "private static partial Tensor [|Mix|](Tensor x);", "it is static, but its parameters belong to an instance")]
    [InlineData("E3G0304", "private partial Tensor [|Mix|]<T>(Tensor x);", "it is generic")]
    [InlineData("E3G0304", "private partial Tensor [|Mix|](Tensor x, __arglist);", "it takes any number of arguments (__arglist)", "CS8795")]
    [InlineData("E3G0304", "private partial ref Tensor [|Mix|](Tensor x);", "it returns a reference", "CS8795")]
    [InlineData("E3G0304", "partial void [|Mix|](Tensor x);", "it returns void; it must return Tensor and have an access modifier")]
    [InlineData("E3G0304", "private Tensor Mixed { [Linear(\"4x0e\", \"4x0e\")] [|get|] => null!; }", "it is no ordinary method")]
    public void Not_a_method_to_generate(string id, string method, string reason, params string[] compilerErrors)
    {
        bool property = method.Contains("get");
        string name = property ? "get_Mixed" : "Mix";
        Diagnose.Members(id, $"'{name}' cannot be an operation: {reason}", (property ? "" : "[Linear(\"4x0e\", \"4x0e\")] ") + method, compilerErrors);
    }

    [Theory, Reports("E3G0304")]
    [InlineData("public override Tensor [|forward|](Tensor x) => x;")]
    [InlineData("public override Tensor [|forward|](Tensor x) { return x; }")]
    public void The_forward_of_the_module(string forward) => Diagnose.Source(
        "E3G0304",
        "'forward' cannot be an operation: it has a body; give the operation a method of its own, such as 'private partial Tensor Mix(Tensor x);', and call it there",
        $$"""[EquivariantModule] internal partial class Sample : nn.Module<Tensor, Tensor> { [Linear("4x0e", "4x0e")] {{forward}} }""");

    [Fact, Reports("E3G0304")]
    public void Implemented_by_the_user_too() => Diagnose.Members(
        "E3G0304", "'Mix' cannot be an operation: it has a body; write 'private partial Tensor Mix(Tensor x);' and let the generator write it", """
                [Linear("4x0e", "4x0e")]
                private partial Tensor [|Mix|](Tensor x);

                private partial Tensor Mix(Tensor x) => x;
            """);

    [Theory]
    [InlineData("private partial [|object|] Mix(Tensor x);", "it returns 'object'")]
    [InlineData("private partial Tensor Mix[|()|];", "it has 0 parameters")]
    [InlineData("private partial Tensor Mix[|(Tensor x, Tensor y)|];", "it has 2 parameters")]
    [InlineData("private partial Tensor Mix([|double[] x|]);", "its parameter 'x' is 'double[]'")]
    [InlineData("private partial Tensor Mix([|in Tensor x|]);", "its parameter 'x' is 'in Tensor'")]
    [InlineData("private partial Tensor Mix([|ref Tensor x|]);", "its parameter 'x' is 'ref Tensor'")]
    [InlineData("private partial Tensor Mix([|out Tensor x|]);", "its parameter 'x' is 'out Tensor'")]
    [InlineData("private partial Tensor Mix([|ref readonly Tensor x|]);", "its parameter 'x' is 'ref readonly Tensor'")]
    [InlineData("private partial Tensor Mix([|params Tensor[] x|]);", "its parameter 'x' is 'params Tensor[]'")]
    [Reports("E3G0305")]
    public void Another_signature(string method, string reason) => Diagnose.Members(
        "E3G0305", $"'Mix' must be declared as 'private partial Tensor Mix(Tensor x)', but {reason}", $"[Linear(\"4x0e\", \"4x0e\")] {method}");

    [Theory]
    [InlineData("Convolution(\"8x0e\", \"0e\")", "Tensor nodes, Tensor edges, Tensor weights, [|Tensor graph|]", "Tensor nodes, Tensor edges, Tensor weights, Graph graph", "its parameter 'graph' is 'Tensor'")]
    [InlineData("Convolution(\"8x0e\", \"0e\")", "[|Graph nodes|], Tensor edges, Tensor weights, Graph graph", "Tensor nodes, Tensor edges, Tensor weights, Graph graph", "its parameter 'nodes' is 'Graph'")]
    [InlineData("TensorProduct(\"0e\", \"0e\", \"0e\", Weights = WeightKind.Shared)", "[|Tensor x, Tensor y|]", "Tensor x, Tensor y, Tensor weights", "it has 2 parameters")]
    [InlineData("TensorProduct(\"0e\", \"0e\", \"0e\")", "[|Tensor x|]", "Tensor x, Tensor y", "it has 1 parameter")]
    [InlineData("SphericalHarmonics(\"0e\")", "[||]", "Tensor vectors", "it has 0 parameters")]
    [InlineData("Gate(\"0e\", \"1o\")", "[|Tensor x, Tensor gates|]", "Tensor x", "it has 2 parameters")]
    [Reports("E3G0305")]
    public void Signatures_of_the_operations(string attribute, string parameters, string wanted, string reason)
    {
        string list = reason.StartsWith("it has") ? "[|(" + parameters.Replace("[|", "").Replace("|]", "") + ")|]" : $"({parameters})";
        Diagnose.Members("E3G0305", $"'Mix' must be declared as 'private partial Tensor Mix({wanted})', but {reason}", $"[{attribute}] private partial Tensor Mix{list};");
    }

    [Fact, Reports("E3G0306")]
    public void Two_operations_of_one_name() => Diagnose.Members(
        "E3G0306", "'Mix' names two operations of 'Sample' (or of its base); their parameters would have the same name in the state dict", """
                [Linear("4x0e", "4x0e")]
                private partial Tensor Mix(Tensor x);

                [TensorProduct("4x0e", "4x0e", "4x0e")]
                private partial Tensor [|Mix|](Tensor x, Tensor y);
            """);

    [Fact, Reports("E3G0306")]
    public void Two_operations_of_one_signature() => Diagnose.Members(
        "E3G0306", "'Mix' names two operations of 'Sample' (or of its base); their parameters would have the same name in the state dict", """
                [Linear("4x0e", "4x0e")]
                private partial Tensor Mix(Tensor x);

                [Linear("4x0e", "8x0e")]
                private partial Tensor [|Mix|](Tensor y);
            """,
        "CS0111", "CS0756");

    [Fact, Reports("E3G0306")]
    public void An_operation_of_the_base() => Diagnose.Source(
        "E3G0306", "'Mix' names two operations of 'Derived' (or of its base); their parameters would have the same name in the state dict", """
        [EquivariantModule]
        internal partial class Base : nn.Module
        {
            [Linear("4x0e", "4x0e")]
            private partial Tensor Mix(Tensor x);
        }

        [EquivariantModule]
        internal partial class Derived : Base
        {
            [Linear("4x0e", "4x0e")]
            private partial Tensor [|Mix|](Tensor x);
        }
        """);

    [Theory]
    [InlineData("Convolution(\"8x0e\", \"0e\")", "(Tensor nodes, Tensor edges, Tensor weights, Graph graph)")]
    [InlineData("TensorProduct(\"8x0e\", \"0e\", \"8x0e\", Weights = WeightKind.Shared)", "(Tensor x, Tensor y, Tensor weights)")]
    [InlineData("TensorProduct(\"8x0e\", \"0e\", \"8x0e\", Weights = WeightKind.PerSample)", "(Tensor x, Tensor y, Tensor weights)")]
    [Reports("E3G0305")]
    public void The_number_of_weights_stays_where_the_operation_is_wrong(string attribute, string parameters) => Diagnose.Members(
        "E3G0305",
        $"'Mix' must be declared as 'private partial Tensor Mix{parameters}', but it has 0 parameters",
        $"[{attribute}] private partial Tensor Mix[|()|]; public int Count => MixWeights;");

    [Fact, Reports("E3G0309")]
    public void Two_operations_in_one() => Diagnose.Members(
        "E3G0309", "'Mix' has several operation attributes ([Linear], [Gate]), so that nothing is generated for it; keep one, and give each other a method of its own", """
                [Linear("4x0e", "4x0e"), Gate("4x0e", "")]
                private partial Tensor [|Mix|](Tensor x);
            """);

    [Fact, Reports("E3G0310")]
    public void A_path_of_nothing() => Diagnose.Members(
        "E3G0310", "'Mix' has [Path] lines but no [TensorProduct] or [Linear]", """
                [Norm("4x0e")]
                [[|Path("0e x 0e -> 0e")|]]
                private partial Tensor Mix(Tensor x);
            """);

    [Fact, Reports("E3G0310")]
    public void A_path_alone() => Diagnose.Sources(
        "E3G0310", "'Mix' has [Path] lines but no [TensorProduct] or [Linear]", [Sample.Module("""
                [[|Path("0e x 0e -> 0e")|], Path("1o x 1o -> 0e")]
                private partial Tensor Mix(Tensor x);
            """)], ["CS8795"]);

    [Theory]
    [InlineData("TensorProduct(\"0e\", \"0e\", \"0e\", Mode = [|(ConnectionMode)9|])", "Tensor x, Tensor y", "Mode of 'Mix' is 9, but must be one of UVW, UVU, UVV, UUW, UUU, UVUV, UVULessV, ULessVW")]
    [InlineData("TensorProduct(\"0e\", \"0e\", \"0e\", Weights = [|(WeightKind)9|])", "Tensor x, Tensor y", "Weights of 'Mix' is 9, but must be one of Internal, Shared, PerSample, None")]
    [InlineData("TensorProduct(\"0e\", \"0e\", \"0e\", IrrepNormalization = [|(IrrepNormalization)9|])", "Tensor x, Tensor y", "IrrepNormalization of 'Mix' is 9, but must be one of Component, Norm, None")]
    [InlineData("TensorProduct(\"0e\", \"0e\", \"0e\", PathNormalization = [|(PathNormalization)9|])", "Tensor x, Tensor y", "PathNormalization of 'Mix' is 9, but must be one of Element, Path, None")]
    [InlineData("SphericalHarmonics(\"0e\", Normalization = [|(Normalization)(-1)|])", "Tensor x", "Normalization of 'Mix' is -1, but must be one of Component, Norm, Integral")]
    [InlineData("Gate(\"0e\", \"1o\", EvenScalars = [|(ActivationFunction)99|])", "Tensor x", "EvenScalars of 'Mix' is 99, but must be one of Silu, Tanh, Sigmoid, Relu, Abs, Identity, Gelu, GeluTanh, Elu, Selu, Celu, LeakyRelu, Softplus, Softsign, Mish, Hardtanh, Hardswish, Hardsigmoid, LogSigmoid, Relu6, Sin, Cos, Square, Erf, ShiftedSoftplus")]
    [InlineData("Gate(\"0e\", \"1o\", Constants = [|(MomentConstants)99|])", "Tensor x", "Constants of 'Mix' is 99, but must be one of Exact, E3nn")]
    [Reports("E3G0311")]
    public void Options_that_are_none(string attribute, string parameters, string message) =>
        Diagnose.Members("E3G0311", message, $"[{attribute}] private partial Tensor Mix({parameters});");
}
