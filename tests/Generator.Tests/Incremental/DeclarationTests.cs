using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace E3Gen.Generator.Tests.Incremental;

/// <summary>Models are kept while all that is declared is the same: everything that a model may depend on must count, and what methods do must not.</summary>
public class DeclarationTests
{
    private static readonly ProjectSettings Project = new();

    private const string Module = Sample.Usings + """
        [EquivariantModule]
        internal sealed partial class Module : Base
        {
            [Linear(Widths.Hidden, Widths.Hidden)]
            private partial Tensor Mix(Tensor x);
        }
        """;

    private const string Others = "#nullable enable\n" + Sample.Usings + """
        internal static class Widths
        {
            public const string Hidden = Count + "x0e"; private const string Count = "4";

            private static int s_field = 1;

            public static int Method(int x)
            {
                // a comment
                return x + 1;
            }

            public static int Other() => 2;

            public static int Property { get { return 3; } }
        }

        internal abstract partial class Base : nn.Module
        {
            public Base() : base("Base") { }
        }

        internal sealed partial class Module
        {
            /// <summary>Documented.</summary>
            [Linear("2x0e", "3x0e")]
            private partial Tensor Grow(Tensor x);
        }
        """;

    [Theory]
    [InlineData("return x + 1;", "return (x + 2) * 3;")]
    [InlineData("return x + 1;", "int Local() => 4; return Local();")]
    [InlineData("// a comment", "// another")]
    [InlineData("=> 2;", "=> 3 + Method(4);")]
    [InlineData("return 3;", "return 5;")]
    [InlineData("internal static class Widths", "\n\n  internal   static class /* here */ Widths")]
    public void What_methods_do_declares_nothing(string before, string after) => Assert.True(Agree(before, after));

    [Theory]
    [InlineData("\"4\"", "\"5\"")]
    [InlineData("/// <summary>Documented.</summary>", "")]
    [InlineData("Documented.", "Well documented.")]
    [InlineData("public Base() : base(\"Base\") { }", "public Base(int x) : base(\"Base\") { }")]
    [InlineData("public Base() : base(\"Base\") { }", "public Base() : base(\"Other\") { }")]
    [InlineData("private partial Tensor Grow(Tensor x);", "private partial Tensor Grow(Tensor x) { return x; }")]
    [InlineData("private partial Tensor Grow(Tensor x);", "private partial Tensor? Grow(Tensor x);")]
    [InlineData("[Linear(\"2x0e\", \"3x0e\")]", "")]
    [InlineData("return x + 1;", "\n#nullable disable\nreturn x + 1;")]
    [InlineData("internal abstract partial class Base", "internal sealed class Linear : System.Attribute; internal abstract partial class Base")]
    public void What_is_declared_counts(string before, string after)
    {
        Assert.False(Agree(before, after));

        // And what is generated is the same as of a project that was never seen before.
        var compilation = TestCompiler.Create(Project, Module, Others);
        var driver = TestCompiler.Driver(Project).RunGenerators(compilation);
        var edited = Edited(compilation, before, after);
        Assert.Equal(
            Texts(TestCompiler.Driver(Project).RunGenerators(TestCompiler.Create(Project, Module, edited.SyntaxTrees[1].ToString()))),
            Texts(driver.RunGenerators(edited)));
    }

    [Fact]
    public void References_and_options_count()
    {
        var compilation = TestCompiler.Create(Project, Module, Others);
        var declarations = Declarations.Of(compilation, default);
        Assert.True(declarations.Agrees(Declarations.Of(compilation.Clone(), default)));
        Assert.False(declarations.Agrees(Declarations.Of(compilation.RemoveReferences(compilation.References.Last()), default)));
        Assert.False(declarations.Agrees(Declarations.Of(compilation.WithAssemblyName("Other"), default)));
        Assert.False(declarations.Agrees(Declarations.Of(compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable)), default)));
        Assert.False(declarations.Agrees(Declarations.Of(compilation.RemoveSyntaxTrees(compilation.SyntaxTrees[1]), default)));
    }

    private static bool Agree(string before, string after)
    {
        var compilation = TestCompiler.Create(Project, Module, Others);
        return Declarations.Of(compilation, default).Agrees(Declarations.Of(Edited(compilation, before, after), default));
    }

    private static CSharpCompilation Edited(CSharpCompilation compilation, string before, string after)
    {
        var tree = compilation.SyntaxTrees[1];
        Assert.Contains(before, tree.ToString());
        return compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(tree.ToString().Replace(before, after), Project.ParseOptions, tree.FilePath));
    }

    private static IEnumerable<string> Texts(GeneratorDriver driver) =>
        driver.GetRunResult().Results.Single().GeneratedSources.Select(s => s.HintName + "\n" + s.SourceText);
}
