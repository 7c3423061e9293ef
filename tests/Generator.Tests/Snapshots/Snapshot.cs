using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Tests.Snapshots;

/// <summary>
/// Compares generated files with those that a person has read and accepted, <c>_snapshots/Class.Method#File.verified.cs</c> beside the test (the layout of
/// Verify.SourceGenerators). What differs is written as <c>….received.cs</c> and fails, also at the first run; <c>E3GEN_ACCEPT_SNAPSHOTS=1</c> accepts it.
/// </summary>
internal static partial class Snapshot
{
    private const string Verified = ".verified.cs", Received = ".received.cs";

    private static readonly bool Accept = Environment.GetEnvironmentVariable("E3GEN_ACCEPT_SNAPSHOTS") == "1";

    public static void Verify(ImmutableArray<GeneratedSourceResult> sources, [CallerFilePath] string testFile = "", [CallerMemberName] string test = "")
    {
        string folder = Path.Combine(Path.GetDirectoryName(testFile)!, "_snapshots");
        string prefix = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(testFile)}.{test}#");
        Directory.CreateDirectory(folder);

        var names = sources.ToDictionary(s => prefix + Path.GetFileNameWithoutExtension(s.HintName), s => Version().Replace(s.SourceText.ToString(), "\"VERSION\")]"));
        var failures = names.Select(n => Compare(n.Key, n.Value)).ToList();
        foreach (string orphan in Directory.GetFiles(folder, Path.GetFileName(prefix) + "*" + Verified).Where(f => !names.ContainsKey(f[..^Verified.Length])))
        {
            failures.Add(Accept ? null : $"{orphan} is generated no more");
            if (Accept)
            {
                File.Delete(orphan);
            }
        }

        Assert.True(failures.All(f => f is null), string.Join("\n", failures.Where(f => f is not null)) + "\nE3GEN_ACCEPT_SNAPSHOTS=1 accepts.");
    }

    /// <summary>The generator's version, which a new one must not have to change in every file.</summary>
    [GeneratedRegex("""(?<=GeneratedCode\("E3Gen", )"[0-9.]+"\)\]""")]
    private static partial Regex Version();

    /// <summary>What differs; null where nothing does.</summary>
    private static string? Compare(string name, string generated)
    {
        string? accepted = File.Exists(name + Verified) ? File.ReadAllText(name + Verified) : null;
        bool same = accepted?.ReplaceLineEndings("\n") == generated;
        if (same || Accept)
        {
            File.Delete(name + Received);
            if (!same)
            {
                File.WriteAllText(name + Verified, generated, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            }

            return null;
        }

        File.WriteAllText(name + Received, generated);
        return accepted is null ? $"{name}{Verified} does not exist" : $"{name}{Verified} differs:\n{Difference(accepted, generated)}";
    }

    private static string Difference(string accepted, string generated) => string.Join(
        "\n",
        InlineDiffBuilder.Diff(accepted, generated).Lines
            .Where(line => line.Type != ChangeType.Unchanged)
            .Select(line => $"{(line.Type == ChangeType.Inserted ? '+' : '-')} {line.Text}"));
}
