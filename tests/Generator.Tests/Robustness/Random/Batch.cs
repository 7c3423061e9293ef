using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace E3Gen.Generator.Tests.Robustness.Random;

/// <summary>Many modules in one compilation, each in a file and a namespace of its own, and what became of each.</summary>
internal sealed partial class Batch
{
    /// <summary>A compiler that is not done by then hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Compiled _compiled;
    private readonly ILookup<int, SyntaxTree> _generated;
    private readonly ILookup<int, Diagnostic> _ours, _inUsersFile, _inGeneratedFile;

    private Batch(IReadOnlyList<RandomModule> modules, Compiled compiled)
    {
        (Modules, _compiled) = (modules, compiled);
        _generated = compiled.Output.SyntaxTrees.Skip(modules.Count).ToLookup(NumberOf);
        var users = compiled.Output.SyntaxTrees.Take(modules.Count).ToList();
        var diagnostics = compiled.Output.GetDiagnostics();
        _ours = compiled.Reported.ToLookup(d => d.Location.SourceTree is { } tree ? users.IndexOf(tree) : -1);
        _inUsersFile = diagnostics.Where(d => users.Contains(d.Location.SourceTree!)).ToLookup(d => users.IndexOf(d.Location.SourceTree!));
        _inGeneratedFile = diagnostics.Where(d => d.Location.SourceTree is { } tree && !users.Contains(tree)).ToLookup(d => NumberOf(d.Location.SourceTree!));
    }

    public IReadOnlyList<RandomModule> Modules { get; }

    /// <summary>Diagnostics of E3Gen's that point at no file of a user's.</summary>
    public IEnumerable<Diagnostic> Homeless => _ours[-1];

    /// <summary>Compiles them. Where that throws or hangs, says for which module.</summary>
    public static Batch Compile(IReadOnlyList<RandomModule> modules)
    {
        try
        {
            return Alone(modules);
        }
        catch (Exception) when (modules.Count > 1)
        {
            foreach (var module in modules)
            {
                Compile([module]);
            }

            throw;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{exception}\n\n{modules[0].Source(0)}", exception);
        }
    }

    /// <summary>What E3Gen says about a module.</summary>
    public IEnumerable<Diagnostic> Ours(int module) => _ours[module];

    /// <summary>The compiler's errors in the file that the user wrote.</summary>
    public IEnumerable<Diagnostic> Errors(int module) => _inUsersFile[module].Where(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>The compiler's errors and warnings in the file that was generated.</summary>
    public IEnumerable<Diagnostic> Generated(int module) => _inGeneratedFile[module].Where(d => d.Severity >= DiagnosticSeverity.Warning);

    /// <summary>Whether a diagnostic is about generated code.</summary>
    public bool IsGenerated(Diagnostic diagnostic) => diagnostic.Location.SourceTree is { } tree && _generated.Any(files => files.Contains(tree));

    /// <summary>Whether neither E3Gen nor the compiler finds an error.</summary>
    public bool IsAccepted(int module) => !Errors(module).Any() && Ours(module).All(d => d.Severity != DiagnosticSeverity.Error);

    /// <summary>Whether E3Gen says that the module's forward is equivariant.</summary>
    public bool IsVerified(int module) => IsAccepted(module) && Ours(module).Any(d => d.Id == "E3G0509");

    /// <summary>Only what was accepted, as one program.</summary>
    public CSharpCompilation Accepted()
    {
        var rejected = Enumerable.Range(0, Modules.Count).Where(m => !IsAccepted(m)).ToList();
        var generated = rejected.SelectMany(m => _generated[m]).Union(_generated.SelectMany(files => files).Where(IsStray));
        return _compiled.Output.RemoveSyntaxTrees(rejected.Select(m => _compiled.Output.SyntaxTrees[m]).Concat(generated));
    }

    /// <summary>A module with all that was said about it.</summary>
    public string Describe(int module) => string.Join("\n", [
        .. Ours(module).Concat(Errors(module)).Concat(Generated(module)).Select(d => d.ToString()),
        "", Modules[module].Source(module),
        "", .. Generated(module).Any() ? _generated[module].Select(t => t.ToString()) : []]);

    private static Batch Alone(IReadOnlyList<RandomModule> modules)
    {
        var work = Task.Run(() => new Batch(modules, TestCompiler.Compile(new ProjectSettings(), TestCompiler.AllAnalyzers, modules.Select((m, i) => m.Source(i)))));
        return work.Wait(Patience) ? work.Result : throw new TimeoutException("The compiler hangs.");
    }

    /// <summary>Whether a file was written into a type that is no module, or into one whose namespace a mistake has taken away.</summary>
    private static bool IsStray(SyntaxTree generated) => generated.FilePath.EndsWith(".stray.g.cs", StringComparison.Ordinal)
        || (NumberOf(generated) < 0 && !Path.GetFileName(generated.FilePath).StartsWith("E3Gen.Coupling", StringComparison.Ordinal));

    /// <summary>The module that a file was generated for; its number is in the name of the file.</summary>
    private static int NumberOf(SyntaxTree generated) => Number().Match(Path.GetFileName(generated.FilePath)) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan) : -1;

    [GeneratedRegex(@"N(\d{4})")]
    private static partial Regex Number();
}
