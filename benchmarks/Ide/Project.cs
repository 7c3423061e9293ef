using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Benchmarks.Ide;

/// <summary>A project of this repository as the compiler sees it: its sources and references, without its own packages (plots, command line), which E3Gen never looks at.</summary>
internal static class Project
{
    /// <summary>The file of implicit usings that the SDK writes.</summary>
    public const string Usings = "Usings.cs";

    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    public static CSharpParseOptions Options { get; } = new(LanguageVersion.CSharp14);

    public static CSharpCompilation Load(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal);
        var trees = files
            .Select(f => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(f)), Options, f))
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, Options, Usings));
        var own = new[] { typeof(TorchSharp.torch), typeof(Irreps), typeof(EquivariantModuleAttribute), typeof(Graph), typeof(Kernels.Coupling) };
        return CSharpCompilation.Create(
            Path.GetFileName(folder),
            trees,
            [.. Basic.Reference.Assemblies.Net100.References.All, .. own.Select(t => MetadataReference.CreateFromFile(t.Assembly.Location))],
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>A file after a keystroke: a comment more at the head of the first method, or in the last class where no method has a block.</summary>
    public static SyntaxTree Type(SyntaxTree tree, int keystroke)
    {
        var nodes = tree.GetRoot().DescendantNodes().ToList();
        int place = nodes.OfType<BaseMethodDeclarationSyntax>().Select(m => m.Body?.OpenBraceToken.Span.End).FirstOrDefault(p => p is not null)
            ?? nodes.OfType<TypeDeclarationSyntax>().LastOrDefault()?.CloseBraceToken.SpanStart
            ?? tree.Length;
        return tree.WithChangedText(tree.GetText().WithChanges(new TextChange(new TextSpan(place, 0), $"/* {keystroke} */ ")));
    }
}
