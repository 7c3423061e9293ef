using E3Gen.CodeFixes.Fixes;

namespace E3Gen.CodeFixes.Tests.Fixes;

public class DeclarationTests
{
    private static string Class(string header, string members = "") => $$"""
        {{Sample.Usings}}[EquivariantModule]
        // What it is for.
        {{header}} Sample : nn.Module
        {
            [Linear("8x0e", "8x0e")]
            private partial Tensor Mix(Tensor x);
        {{members}}
        }
        """;

    private static string Nested(string outer, string inner) => $$"""
        {{Sample.Usings}}public {{outer}} Outer
        {
            [EquivariantModule]
            {{inner}} Inner : nn.Module
            {
                [Linear("8x0e", "8x0e")]
                private partial Tensor Mix(Tensor x);
            }

            [EquivariantModule]
            {{inner}} Other : nn.Module
            {
                [Linear("8x0e", "8x0e")]
                private partial Tensor Mix(Tensor x);
            }
        }
        """;

    private static string Method(string declaration) => Sample.Module($"""
            // Mixes.
            [Linear("8x0e", "8x0e")]
            {declaration}

            // Behind.
            private const int Behind = 1;
        """);

    private static string Constructor(string declaration) => Class("public partial class", $"\n    {declaration}\n\n    private int _count = 1;\n    public int Count => _count;");

    [Theory]
    [InlineData("public sealed class", "public sealed partial class")]
    [InlineData("class", "partial class")]
    public Task A_class_is_made_partial(string before, string after) => Bulb.Fixes<MakePartial>("E3G0301", "Make 'Sample' partial", Class(before), Class(after));

    [Fact]
    public async Task And_the_types_around_it()
    {
        await Bulb.Fixes<MakePartial>("E3G0303", "Make 'Outer' partial", Nested("class", "partial class"), Nested("partial class", "partial class"));
        await Bulb.FixesAll<MakePartial>("E3G0301", [Nested("static class", "class")], [Nested("static partial class", "partial class")]);
        await Bulb.FixesAll<MakePartial>("E3G0303", [Nested("struct", "partial class")], [Nested("partial struct", "partial class")]);
    }

    [Fact]
    public async Task Partial_does_not_help_what_cannot_be_a_module() => Assert.Empty(await Bulb.Offers<MakePartial>("E3G0303", Class("public partial record")));

    [Theory]
    [InlineData("private Tensor Mix(Tensor x);", "private partial Tensor Mix(Tensor x);", "")]
    [InlineData("private Tensor Mix(Tensor x) => x;", "private partial Tensor Mix(Tensor x);", " and let the generator write its body")]
    [InlineData("private partial Tensor Mix(Tensor x) { return x; }", "private partial Tensor Mix(Tensor x);", " and let the generator write its body")]
    [InlineData("private Tensor Mix(Tensor x)\n    {\n        return x;\n    }", "private partial Tensor Mix(Tensor x);", " and let the generator write its body")]
    [InlineData("Tensor Mix(Tensor x) => x; // kept", "private partial Tensor Mix(Tensor x); // kept", " and let the generator write its body")]
    [InlineData("protected static Tensor Mix(Tensor x) => x;", "protected partial Tensor Mix(Tensor x);", " and let the generator write its body")]
    [InlineData("private static partial Tensor Mix(Tensor x);", "private partial Tensor Mix(Tensor x);", "")]
    public Task An_operation_becomes_a_partial_method_without_a_body(string before, string after, string rest) =>
        Bulb.Fixes<MakeOperationPartial>("E3G0304", "Declare 'Mix' as a partial method" + rest, Method(before), Method(after));

    [Theory]
    [InlineData("private partial Tensor Mix<T>(Tensor x);")]
    [InlineData("partial void Mix(Tensor x);")]
    public async Task Not_where_more_than_modifiers_is_wrong(string declaration) => Assert.Empty(await Bulb.Offers<MakeOperationPartial>("E3G0304", Method(declaration)));

    [Fact]
    public async Task An_override_with_an_attribute_of_another_method_keeps_its_body() => Assert.Empty(await Bulb.Offers<MakeOperationPartial>(
        "E3G0304", Method("public override string GetName() => \"Sample\";")));

    [Theory]
    [InlineData(
        "public Sample() : base(\"Sample\")\n    {\n        _count = 2; // two\n    }",
        "public Sample() : base(\"Sample\")\n    {\n        _count = 2; // two\n        RegisterComponents();\n    }")]
    [InlineData(
        "public Sample() : base(\"Sample\")\n    {\n    }",
        "public Sample() : base(\"Sample\")\n    {\n        RegisterComponents();\n    }")]
    [InlineData(
        "public Sample() : base(\"Sample\") => _count = 2;",
        "public Sample() : base(\"Sample\")\n    {\n        _count = 2;\n        RegisterComponents();\n    }")]
    public Task A_constructor_registers_the_weights(string before, string after) => Bulb.Fixes<RegisterComponents>(
        "E3G0307", "Call RegisterComponents() at the end of the constructor", Constructor(before), Constructor(after));

    [Fact]
    public async Task A_primary_constructor_has_no_end() => Assert.Empty(await Bulb.Offers<RegisterComponents>("E3G0307", Sample.Usings + """
        [EquivariantModule]
        public partial class Sample(string name) : nn.Module(name)
        {
            [Linear("8x0e", "8x0e")]
            private partial Tensor Mix(Tensor x);
        }
        """));
}
