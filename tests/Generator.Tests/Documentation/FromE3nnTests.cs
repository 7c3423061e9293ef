using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Generator.Tests.Documentation;

/// <summary>docs/from-e3nn.md has a row for each public name of e3nn, with code that compiles and runs, or a sentence why there is none.</summary>
public partial class FromE3nnTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "pages", "from-e3nn.md")).ReplaceLineEndings("\n");

    private static readonly List<(string Name, string Code, string Note)> Rows = [.. Row().Matches(Page).Select(m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value.Trim()))];

    [Fact]
    public void Every_name_has_one_row()
    {
        var names = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "e3nn_names.txt")).Where(l => l.Length > 0 && l[0] != '#');
        Assert.Equal(names.Order(StringComparer.Ordinal), Rows.Select(r => r.Name).Order(StringComparer.Ordinal));
        Assert.All(Rows.Where(r => r.Code == ""), r => Assert.True(r.Note.EndsWith('.') && r.Note.Length > 20, $"{r.Name} has neither code nor a reason."));
    }

    [Fact]
    public void The_code_of_every_row_runs()
    {
        string[] blocks = [.. Block().Matches(Page).Select(m => m.Groups[1].Value)];
        string calls = string.Join("\n", Rows.Where(r => r.Code != "").Select(r => $"Use(\"{r.Name}\", () => {r.Code});"));
        string source = $$"""
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using E3Gen;
            using E3Gen.Analysis;
            using TorchSharp;
            using static TorchSharp.torch;

            {{blocks[0]}}

            public static class Program
            {
                public static List<string> Run()
                {
                    var failures = new List<string>();
                    {{blocks[1]}}
                    {{calls}}
                    return failures;

                    void Use(string name, Func<object> call)
                    {
                        try { call(); }
                        catch (Exception exception) { failures.Add($"{name}: {exception.Message}"); }
                    }
                }
            }
            """;
        var compiled = TestCompiler.Compile(new ProjectSettings(), source);
        Assert.Equal([], compiled.Errors.Select(d => d.ToString()));
        using var image = new MemoryStream();
        Assert.True(compiled.Output.Emit(image).Success);
        image.Position = 0;
        var program = new AssemblyLoadContext("from e3nn", isCollectible: true).LoadFromStream(image).GetType("Program")!;
        using var scope = NewDisposeScope();
        Assert.Equal([], (List<string>)program.GetMethod("Run")!.Invoke(null, null)!);
    }

    [GeneratedRegex(@"^\| `([\w.]+)` \| (?:`([^`]+)`|—) \|([^\n]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^```csharp\n(.*?)\n```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
