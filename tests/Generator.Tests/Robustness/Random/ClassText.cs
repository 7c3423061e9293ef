namespace E3Gen.Generator.Tests.Robustness.Random;

/// <summary>The parts of a class's declaration, as mistakes change them.</summary>
internal sealed class ClassText
{
    public required List<string> Attributes { get; set; }

    public required string Modifiers { get; set; }

    public string Keyword { get; set; } = "class";

    public required string Name { get; set; }

    public required string Base { get; set; }

    /// <summary>Around the class, {0} being the class.</summary>
    public required string Surroundings { get; set; }

    /// <summary>Members beside operations and constants.</summary>
    public List<string> Others { get; } = [];

    public static ClassText Of(Dice dice, bool hasForward)
    {
        string name = dice.Pick("Sample", "Interaction", "@base", "Straße", "Module", "torch2", "E3GenSample", "Kernels");
        var type = new ClassText
        {
            Attributes = [dice.Pick("[EquivariantModule]", "[EquivariantModule]", "[E3Gen.EquivariantModuleAttribute]", "[global::E3Gen.EquivariantModule()]", "[System.Obsolete, EquivariantModule]")],
            Modifiers = Modifier(dice),
            Name = name,
            Base = hasForward ? " : nn.Module<Tensor, Tensor>" : dice.Pick(" : nn.Module", " : nn.Module", " : global::TorchSharp.torch.nn.Module"),
            Surroundings = Around(dice),
        };
        if (dice.Chance(15))
        {
            type.Others.Add($"public {name}() : base(\"own\") {{ {dice.Pick("RegisterComponents", "this.RegisterComponents")}(); }}");
        }

        return type;
    }

    public static ClassText OfNetwork(Dice dice, string attribute)
    {
        var type = Of(dice, hasForward: false);
        (type.Attributes, type.Base) = ([attribute], "");
        type.Others.Clear();
        return type;
    }

    /// <summary>The file, usings aside. The members may be on two parts of the class.</summary>
    public string Write(IReadOnlyList<string> members)
    {
        List<string> all = [.. members, .. Others];
        string text = all.Count == 0
            ? $"{Head(Base)};"
            : $"{Head(Base)}\n{{\n    {string.Join("\n\n    ", all)}\n}}";
        return Surroundings.Replace("{0}", text);
    }

    private string Head(string @base) => $"{string.Join("\n", Attributes)}\n{Modifiers} {Keyword} {Name}{@base}";

    private static string Modifier(Dice dice) => dice.Pick("internal sealed partial", "internal sealed partial", "public partial", "public sealed partial", "internal partial", "partial", "sealed partial");

    private static string Around(Dice dice) => dice.Below(7) switch
    {
        0 => "namespace %N% { {0} }\n",
        1 => "namespace A.%N%.@namespace\n{\n    {0}\n}\n",
        2 => "namespace %N%;\n\ninternal static partial class Outer\n{\n    {0}\n}\n",
        3 => "namespace %N%;\n\npublic partial struct Outer { public partial record Inner { {0} } }\n",
        4 => "partial interface I%N%\n{\n    {0}\n}\n",
        _ => "namespace %N%;\n\n{0}\n",
    };
}
