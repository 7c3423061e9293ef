using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.Generator.Tests.Documentation;

/// <summary>
/// The C# of README.md and docs/*.md compiles and is proven. A block is statements and types, or members of a module. It may use the types of other blocks of its page, the usings of a
/// program with ImplicitUsings and of the first example, and what <see cref="Given"/> declares. (The pages of rules have tests of their own.)
/// </summary>
public partial class CodeTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "pages");

    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using E3Gen;
        using TorchSharp;
        using static TorchSharp.torch;

        """;

    /// <summary>What the text around a block has already introduced.</summary>
    private const string Given = Usings + """
        namespace Given;

        [MessagePassingNetwork(Input = "2x0e", Hidden = "4x0e + 2x1o", Output = "2x0e + 1o", EdgeHarmonics = "0e + 1o", Layers = 2, MaxRadius = 3.5)]
        public sealed partial class DensityNetwork;

        public abstract class Names
        {
            protected static DensityNetwork network = null!;
            protected static Tensor positions = null!, nodes = null!, target = null!;
            protected static Graph graph = null!;
            protected static optim.Optimizer optimizer = null!;
            protected static Atoms atoms = null!;
            protected static IPotential potential = null!;
            protected static long steps = 0;
        }
        """;

    private static readonly string[] WithCode =
        [.. Directory.GetFiles(Folder, "*.md").Where(f => CodeBlock().IsMatch(Read(f))).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Pages => [.. WithCode];

    [Theory, MemberData(nameof(Pages))]
    public void The_code_of_a_page_compiles(string page)
    {
        var compiled = TestCompiler.Compile(new ProjectSettings(), TestCompiler.AllAnalyzers, Given, Whole(page));
        var wrong = compiled.Errors.Concat(compiled.Reported.Where(d => d.Severity >= DiagnosticSeverity.Warning));
        string said = string.Join("\n", wrong.Select(d => $"{page}({d.Location.GetMappedLineSpan().StartLinePosition.Line + 1}): {d.Id} {d.GetMessage()}"));
        Assert.True(said == "", said);
    }

    [Fact]
    public void Pages_with_code_are_found() => Assert.Empty(new[] { "README.md", "checkpoints.md", "extxyz.md", "gpu.md" }.Except(WithCode));

    /// <summary>All blocks of a page in one file: usings first, then types, and the statements of each block in a method of its own.</summary>
    private static string Whole(string page)
    {
        string text = Read(Path.Combine(Folder, page));
        var usings = new SortedSet<string>(StringComparer.Ordinal);
        StringBuilder types = new(), methods = new();
        foreach (Match block in CodeBlock().Matches(text))
        {
            int first = text[..block.Groups[1].Index].Count(c => c == '\n') + 1;
            string code = block.Groups[1].Value;
            if (Member().IsMatch(code) && !code.Contains("class "))
            {
                code = $"[EquivariantModule] internal sealed partial class Module{first} : nn.Module {{ public Module{first}() : base(\"\") => RegisterComponents();\n#line {first}\n{code}\n}}";
            }

            var unit = SyntaxFactory.ParseCompilationUnit(code, options: new ProjectSettings().ParseOptions);
            usings.UnionWith(unit.Usings.Select(u => u.ToString()));
            methods.Append($"    static void Block{first}()\n    {{\n");
            foreach (var member in unit.Members)
            {
                int line = first + member.SyntaxTree.GetLineSpan(member.FullSpan).StartLinePosition.Line;
                (member is GlobalStatementSyntax ? methods : types).Append($"#line {line}\n{member.ToFullString()}\n");
            }

            methods.Append("    }\n");
        }

        usings.ExceptWith(Usings.ReplaceLineEndings("\n").Split('\n'));
        return $"{Usings}{string.Join("\n", usings)}\nusing Given;\n{types}\ninternal sealed class Page : Names\n{{\n{methods}}}\n";
    }

    private static string Read(string file) => File.ReadAllText(file).ReplaceLineEndings("\n");

    [GeneratedRegex("^```csharp\n(.*?)\n```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("^private partial ", RegexOptions.Multiline)]
    private static partial Regex Member();
}
