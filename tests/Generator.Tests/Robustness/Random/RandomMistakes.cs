using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace E3Gen.Generator.Tests.Robustness.Random;

/// <summary>Plants mistakes into declarations.</summary>
internal sealed class RandomMistakes(Dice dice)
{
    private static readonly string[] Lines =
    [
        "[Path(\"1o x 1o -> 0e\")]", "[Path(\"0e x 1o -> 1o\", Weight = -1)]", "[Path(0, 0, 0, Weight = double.NaN)]", "[Path(0, 0, 7)]", "[Path(-1, 0, 0)]", "[Path(\"1o x 1o\")]", "[Path(null!)]", "[Path(\"\")]",
        "[Path(\"0e x 0e -> 0e\", Mode = (ConnectionMode)77)]", "[Path(0, 0, 0, Mode = ConnectionMode.UVULessV)]", "[Path(\"1e x 1e -> 9e\")]", "[Path(\"1ex1e->1o\", HasWeight = false)]", "[Path]", "[Path(0, 0)]",
        "[Path(\"99e x 99e -> 0e\")]", "[Path(\"99999999999999999999e x 0e -> 0e\")]", "[Path(0, 0, 0, Weight = 1e308)]", "[Path(0, 0, 0, Weight = 1e-320)]", "[Path(int.MaxValue, int.MinValue, 0)]", "[Linear(\"0e\", \"0e\")]",
        "[Gate(\"0e\", \"\")]", "[Linear(null!, \"0e\")]", "[EquivariantModule]", "[Missing]", "[Irreps(\"0e\")]", "[return: Irreps(\"2x\")]", "[TensorProduct(\"0e\", \"0e\", \"0e\", Mode = ConnectionMode.ULessVW)]",
        "[Convolution(\"99e\", \"99e\")]", "[Convolution(\"6e + 7o\", \"6e + 7o\")]", "[SphericalHarmonics(\"0e + 1o + 2o\")]", "[SphericalHarmonics(\"\")]", "[SphericalHarmonics(\"12e\")]", "[Gate(\"1o\", \"0e\", Gates = \"2x0e\")]",
        "[TensorProduct(\"\", \"\", \"\")]", "[TensorProduct(\"0x0e\", \"0e\", \"0e\", Weights = WeightKind.None)]", "[Linear(\"\", \"\", Bias = true)]", "[Linear(\"@A\", \"@A.Input\")]", "[Gate(\"@\", \"@ \")]", "[Linear(\"@.Input\", \"@.\")]",
        "[TensorProduct(\"46341x0e\", \"46341x0e\", \"0e\")]", "[TensorProduct(\"46341x0e\", \"46341x0e\", \"0e\", Mode = ConnectionMode.UVUV)]", "[Convolution(\"2147483647x0e\", \"2x0e\")]", "[Gate(\"2147483647x0e\", \"2147483647x0e\")]",
        "[Gate(\"0e\", \"700000000x1o + 700000000x1e\")]", "[SphericalHarmonics(\"2147483647x0e\")]", "[Linear(\"40000x0e + 40000x0e\", \"40000x0e\", Bias = true)]",
        "[Activation(\"0e + 1o\", ActivationFunction.Silu)]", "[Activation(\"0o\", ActivationFunction.Silu)]", "[Activation(null!, null!)]", "[Activation(\"1o\", [(ActivationFunction)99])]", "[Activation(\"2147483647x0e + 0e\")]", "[Activation(\"@\", default)]",
        "[NormActivation(\"1o\", ActivationFunction.Silu, Epsilon = double.NaN)]", "[NormActivation(null!, (ActivationFunction)(-1), Epsilon = -1)]", "[NormActivation(\"2147483647x0e\", default, Bias = true)]",
    ];

    private static readonly string[] Options =
    [
        ", Bias = 1", ", Bias = true", ", Keep = \"9e\"", ", Keep = null", ", Keep = \"\"", ", Keep = \"0x0e\"", ", Mode = (ConnectionMode)(-1)", ", Mode = ConnectionMode.ULessVW", ", Weights = (WeightKind)9", ", Normalization = (Normalization)3",
        ", Gates = null", ", Gates = \"\"", ", Gates = \"3x0o\"", ", Gates = \"1o\"", ", OddScalars = ActivationFunction.Silu", ", OddGates = ActivationFunction.Relu", ", EvenGates = (ActivationFunction)99", ", Mode = default",
        ", ScalarFunctions = null", ", ScalarFunctions = [ActivationFunction.Silu]", ", GateFunctions = [(ActivationFunction)99]", ", ScalarFunctions = new ActivationFunction[3]", ", GateFunctions = [], EvenGates = ActivationFunction.Cos", ", Epsilon = 0",
        ", Weights = WeightKind.None", ", Weights = WeightKind.Shared", ", Normalize = null", ", Missing = 3", ", IrrepNormalization = IrrepNormalization.Norm", ", Mode = ConnectionMode.UUU", ", Mode = ConnectionMode.UVV", ", \"0e\"", ",",
    ];

    private static readonly string[] NetworkOptions =
    [
        "Layers = -1", "Layers = 101", "Layers = 100", "MaxRadius = 0", "MaxRadius = double.NaN", "MaxRadius = -1.5", "MaxRadius = double.Epsilon", "MaxRadius = 1e300", "NumNodes = double.PositiveInfinity", "RadialNeurons = 0",
        "RadialNeurons = int.MaxValue", "RadialLayers = 101", "RadialLayers = -1", "NumberOfBasis = 1", "NumberOfBasis = 2147483647", "Hidden = \"\"", "Hidden = null!", "Hidden = \"0x0e\"", "Hidden = \"1o\"", "Hidden = \"100000x0e\"",
        "Output = \"3e\"", "Output = \"@Mix\"", "Output = \"1e + 0o\"", "EdgeHarmonics = \"0e + 1o + 2o\"", "EdgeHarmonics = \"1e\"", "EdgeHarmonics = \"0e + 1e + 2e\"", "EdgeHarmonics = \"2x1o + 0x2e + 1o\"", "EdgeHarmonics = \"12e\"", "Input = \"\"", "Input = \"0x1o\"", "Input = \"2x0e +\"",
        "NodeAttributes = \"\"", "NodeAttributes = \"0x0e\"", "NodeAttributes = \"1o\"", "Constants = (MomentConstants)7", "ReduceOutput = 1", "NumNeighbors = -3", "Missing = 1", "Hidden = \"8x0e + 8x0o + 8x1o + 8x1e + 8x2e + 8x6o\"", "Output = \"0e + 0e + 0x5o\"",
        "Hidden = \"2x0e + 1x1o + 3x0e + 2x1o\"", "EdgeHarmonics = \"0e + 1o + 2e + 3o + 4e + 5o + 6e\"",
    ];

    /// <summary>One or two mistakes in operations.</summary>
    public void Plant(List<MethodText> methods)
    {
        for (int i = dice.Between(1, 2); i > 0; i--)
        {
            Plant(dice.Pick(methods), methods);
        }
    }

    /// <summary>A mistake in the declaration of a class.</summary>
    public void Plant(ClassText type)
    {
        switch (dice.Below(15))
        {
            case 0: type.Modifiers = type.Modifiers.Replace("partial", ""); break;
            case 1: type.Modifiers = "static partial"; break;
            case 2: type.Modifiers = "abstract partial"; break;
            case 3: type.Modifiers = "file partial"; break;
            case 4: type.Keyword = dice.Pick("struct", "interface", "record", "record struct", "enum", "union"); break;
            case 5: type.Name += dice.Pick("<T>", "(int n)", "()", "<", ""); break;
            case 6: type.Base = dice.Pick("", " : object", " : string", " : Missing", " : nn.Module<Tensor, Graph, Tensor>", " : nn.Module<int>", " :", " : " + type.Name, " : nn.Module, System.IDisposable", " : TorchSharp.Modules.Linear"); break;
            case 7: type.Attributes.Add(dice.Pick("[EquivariantModule]", "[MessagePassingNetwork(Hidden = \"0e\", Output = \"0e\", EdgeHarmonics = \"0e\", MaxRadius = 1)]", "[Missing]", "[MessagePassingNetwork]", "[Linear(\"0e\", \"0e\")]")); break;
            case 8: type.Surroundings = dice.Pick("namespace %N%;\nclass Outer { {0} }", "namespace %N%;\npartial class Outer<T> { {0} }", "namespace %N%;\nfile partial class Outer { {0} }", "namespace %N%;\nenum Outer { {0} }", "namespace %N% { {0} ", "namespace %N%;\nextern alias a; {0}", "%N% {0}"); break;
            case 9: type.Others.Add($"public {type.Name}(int n) : base(\"own\") {{ }}"); break;
            case 10: type.Others.Add($"public {type.Name}() : this(3) {{ }} private {type.Name}(int n) : base(\"own\") {{ }}"); break;
            case 11: type.Others.Add(dice.Pick("[Linear(\"0e\", \"0e\")] Tensor Own { get; }", "[Irreps(\"4x\")] private Tensor own = null!;", "[Irreps(\"@Nobody\")] public Tensor? Own { get; set; }", "public class Own { [Gate(\"0e\", \"\")] partial Tensor Mix(Tensor x); }", "[Linear(\"0e\", \"0e\")] ~X() { }", "[Linear(\"0e\", \"0e\")] public static Tensor operator +(X a) => null!;", "void M() { [Linear(\"0e\", \"0e\")] Tensor Local(Tensor x) => x; }")); break;
            case 12: type.Others.Add("public override Tensor forward(Tensor x, Graph graph) => x;"); break;
            case 13: type.Others.Add($"static {type.Name}() {{ }}"); break;
            default: type.Others.Add("private int _mix, Mix2, SampleKernels, _layers, Layers, Convolution0, EdgeHarmonics;"); break;
        }
    }

    /// <summary>Mistakes in a network's options.</summary>
    public void Plant(List<string> options)
    {
        for (int i = dice.Between(1, 2); i > 0; i--)
        {
            string option = dice.Pick(NetworkOptions), name = option[..option.IndexOf('=')];
            switch (dice.Below(5))
            {
                case 0 when options.Count > 0: options.RemoveAt(dice.Below(options.Count)); break;
                case 1 when options.Count > 0: Mistype(options); break;
                case 2: options.Add(option); break;
                default:
                    options.RemoveAll(o => o.StartsWith(name, StringComparison.Ordinal));
                    options.Add(option);
                    break;
            }
        }
    }

    /// <summary>What a source becomes when a token is lost, doubled, replaced or typed wrongly, or when the file ends early.</summary>
    public string Garble(string source)
    {
        var tokens = CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().Where(t => t.Span.Length > 0 && t.SpanStart > Sample.Usings.Length).ToList();
        for (int i = dice.Between(1, 2); i > 0; i--)
        {
            var token = dice.Pick(tokens);
            int start = Math.Min(token.SpanStart, source.Length), end = Math.Min(token.Span.End, source.Length);
            source = dice.Below(5) switch
            {
                0 => source[..start] + source[end..],
                1 => source.Insert(start, token.Text + " "),
                2 => source[..start] + dice.Pick(tokens).Text + source[end..],
                3 => source[..start] + RandomIrreps.Typo(dice, source[start..end]) + source[end..],
                _ => dice.Chance(20) ? source[..start] : source[..start] + dice.Pick("(", ")", "{", "}", "\"", ";", "=>", "default", "this", "?", "[", "//", "/*", "#if", "await", "ref", "null") + source[end..],
            };
        }

        return source;
    }

    private void Plant(MethodText method, List<MethodText> methods)
    {
        switch (dice.Below(17))
        {
            case 0 or 1 or 2: Mistype(method.Attributes); break;
            case 3: method.Attributes.Add(dice.Pick(Lines)); break;
            case 4 or 5: method.Attributes[^1] = dice.Pick(Lines); break;
            case 6 or 7: Insert(method.Attributes, dice.Pick(Options)); break;
            case 8: Reference(method.Attributes, methods); break;
            case 9 when method.Parameters.Count > 0: method.Parameters.RemoveAt(dice.Below(method.Parameters.Count)); break;
            case 10: method.Parameters.Insert(dice.Below(method.Parameters.Count + 1), dice.Pick("Tensor more", "Graph more", "int n", "Tensor", "", "int n = 3", "params Tensor[] more", "__arglist")); break;
            case 11 when method.Parameters.Count > 0:
                int at = dice.Below(method.Parameters.Count);
                method.Parameters[at] = dice.Pick("ref ", "in ", "out ", "params ", "this ", "scoped ", "") + dice.Pick("Tensor", "Tensor?", "Tensor[]", "Graph", "int", "Missing", "dynamic", "object", "int*") + " " + dice.Pick("x", "y", "@class", "x = null!", "", "x, Tensor x");
                break;
            case 12: method.Result = dice.Pick("void", "int", "Tensor?", "Tensor[]", "System.Threading.Tasks.Task<Tensor>", "ref Tensor", "(Tensor, Tensor)", "Missing", "", "Graph", "dynamic"); break;
            case 13: method.Modifiers = dice.Pick("private", "partial", "public static partial", "private async partial", "public virtual partial", "public override partial", "public abstract partial", "new partial", "private extern partial", "public sealed override partial", "unsafe partial", "", "public public partial"); break;
            case 14: method.Name = dice.Pick("Mix<T>", dice.Pick(methods).Name, "forward", "", "IMix.Mix", "1x", "parameters", "@int", "Dispose", "ToString", "get_Item", "call", "@Mix"); break;
            case 15: method.Body = dice.Pick(" => null!;", " { throw null!; }", "", " where T : class;", " {", ";;"); break;
            default: methods.Add(method); break;
        }
    }

    /// <summary>A typing error between quotes in one of the attributes.</summary>
    private void Mistype(List<string> attributes)
    {
        int at = dice.Below(attributes.Count);
        string[] parts = attributes[at].Split('"');
        if (parts.Length > 2)
        {
            int part = (dice.Below(parts.Length / 2) * 2) + 1;
            parts[part] = dice.Chance(80) ? RandomIrreps.Typo(dice, parts[part]) : RandomIrreps.Write(dice, RandomIrreps.Some(dice));
            attributes[at] = string.Join('"', parts);
        }
    }

    private void Insert(List<string> attributes, string option)
    {
        int at = dice.Below(attributes.Count), end = attributes[at].LastIndexOf(')');
        attributes[at] = end < 0 ? attributes[at] : attributes[at].Insert(end, option);
    }

    /// <summary>References to others, to the operation itself, to nobody.</summary>
    private void Reference(List<string> attributes, List<MethodText> methods)
    {
        int at = dice.Below(attributes.Count);
        string[] parts = attributes[at].Split('"');
        if (parts.Length > 2)
        {
            parts[(dice.Below(parts.Length / 2) * 2) + 1] = dice.Pick("@", "@@", " @ ", "0e + @", "2x@") + dice.Pick(dice.Pick(methods).Name, "Nobody", "forward", "x") + dice.Pick("", "", ".Input", ".Output", ". Input", ".Input.Input", " + 0e", " + + 0e", " 0e");
            attributes[at] = string.Join('"', parts);
        }
    }
}
