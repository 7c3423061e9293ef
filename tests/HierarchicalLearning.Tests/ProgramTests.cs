using System.Diagnostics;
using HierarchicalLearning.Commands;
using HierarchicalLearning.Grids;
using HierarchicalLearning.Report;

namespace HierarchicalLearning.Tests;

/// <summary>The program as a user runs it, in processes of its own.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("study").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AKilledStudyGoesOnAndEndsWithTableAndFigures()
    {
        string runs = Path.Combine(_folder, "smoke", "runs");
        int Finished() => Directory.Exists(runs) ? Directory.GetFiles(runs, "*.json").Length : 0;
        using (Process study = Start("--smoke", "--out", _folder, "--processes", "2"))
        {
            while (Finished() < 3 && !study.HasExited)
                await Task.Delay(20);
            study.Kill(entireProcessTree: false);           // its workers notice by themselves
            await study.WaitForExitAsync();
        }
        int before = Finished();
        Assert.InRange(before, 3, Setting.Smoke.Runs().Count - 1);

        using Process again = Start("--smoke", "--out", _folder, "--processes", "2");
        string output = await again.StandardOutput.ReadToEndAsync(), errors = await again.StandardError.ReadToEndAsync();
        await again.WaitForExitAsync();
        Assert.True(again.ExitCode == 0, errors);
        Assert.DoesNotContain("0 of them made before", output, StringComparison.Ordinal);
        Assert.Equal(Setting.Smoke.Runs().Count, Finished());

        string results = Path.Combine(_folder, "smoke");
        List<ResultRow> table = ResultTable.Load(Path.Combine(results, Reporter.Table));
        Assert.Equal(["A", "B", "C"], table.Select(r => r.Experiment).Distinct().Order());
        foreach (string figure in new[] { "learning-curves-quarter", "gain-by-hidden-order-quarter", "errors-over-steps-quarter", "learning-order-quarter",
            "feature-power-quarter", "gradient-power-quarter", "weight-power-quarter", "organisation-quarter", "size-extrapolation" })
        {
            Assert.True(new FileInfo(Path.Combine(results, $"{figure}.svg")).Length > 1000, figure);
            Assert.True(new FileInfo(Path.Combine(results, $"{figure}.png")).Length > 1000, figure);
        }
        Assert.Contains("## C", File.ReadAllText(Path.Combine(results, "numbers.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--quick", "--full")]
    [InlineData("--processes", "0")]
    [InlineData("--processes", "100000")]
    [InlineData("--processes", "1,5")]
    [InlineData("draw", "/nowhere")]
    public async Task MistakesAreErrors(params string[] arguments) => Assert.Equal(1, await Application.RunAsync(arguments));

    private static Process Start(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "HierarchicalLearning.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }
}
