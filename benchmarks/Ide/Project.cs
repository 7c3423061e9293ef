using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Benchmarks.Ide;

/// <summary>A project of this repository as the compiler sees it: its sources and references, without its own packages (plots, command line), which E3Gen never looks at.</summary>
internal static class Project
{
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
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, Options, "Usings.cs"));
        var own = new[] { typeof(TorchSharp.torch), typeof(Irreps), typeof(EquivariantModuleAttribute), typeof(Graph) };
        return CSharpCompilation.Create(
            Path.GetFileName(folder),
            trees,
            [.. Basic.Reference.Assemblies.Net100.References.All, .. own.Select(t => MetadataReference.CreateFromFile(t.Assembly.Location))],
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>The compilation after a keystroke: a space at the end of the file, or a statement more in the first method body of it.</summary>
    public static CSharpCompilation Type(this CSharpCompilation compilation, SyntaxTree tree, int keystroke)
    {
        var text = tree.GetText();
        var changed = tree.WithChangedText(text.WithChanges(new TextChange(new TextSpan(text.Length, 0), $"// {keystroke}")));
        return compilation.ReplaceSyntaxTree(tree, changed);
    }
}
