using System.Diagnostics;
using E3Gen.Tests;
using HierarchicalLearning.Commands;
using HierarchicalLearning.Grids;
using HierarchicalLearning.Report;
using HierarchicalLearning.Runs;

namespace HierarchicalLearning.Tests;

/// <summary>The program as a user runs it, in processes of its own.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("study").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AnInterruptedStudyGoesOnAndEndsWithTableAndFigures()
    {
        string runs = Path.Combine(_folder, "smoke", "runs");
        int Finished() => Directory.Exists(runs) ? Directory.GetFiles(runs, "*.json").Length : 0;
        if (OperatingSystem.IsLinux())                      // where 'kill' sends signals
            await StopAsync(Finished);
        using (Process study = Start("--smoke", "--out", _folder, "--processes", "2"))
        {
            int made = Finished();
            while (Finished() < made + 3 && !study.HasExited)
                await Task.Delay(20);
            study.Kill(entireProcessTree: false);           // its workers notice by themselves
            await study.WaitForExitAsync();
        }
        Assert.InRange(Finished(), 3, Setting.Smoke.Runs().Count - 1);

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

    /// <summary>Starts a study, and another one, which is refused; then sends a signal to the first. Its workers save the runs at work and end.</summary>
    private async Task StopAsync(Func<int> finished)
    {
        using Process study = Start("--smoke", "--out", _folder, "--processes", "2");
        while (finished() < 1 && !study.HasExited)
            await Task.Delay(20);
        using (Process second = Start("--smoke", "--out", _folder))
        {
            string refusal = await second.StandardError.ReadToEndAsync();
            await second.WaitForExitAsync();
            Assert.Equal(1, second.ExitCode);
            Assert.Contains($"in use by process {study.Id} on ", refusal, StringComparison.Ordinal);
        }
        using (Process kill = Process.Start("kill", ["-TERM", $"{study.Id}"]))
            await kill.WaitForExitAsync();
        string output = await study.StandardOutput.ReadToEndAsync();
        await study.WaitForExitAsync();
        Assert.Equal(143, study.ExitCode);
        Assert.Matches("Stopped by SIGTERM: [0-9]+ of 158 runs are finished, those at work are saved.", output);
        var store = new RunStore(Path.Combine(_folder, "smoke", "runs"));
        foreach (RunSpec spec in Setting.Smoke.Runs())
        {
            using IDisposable? claim = store.Claim(spec);
            Assert.NotNull(claim);                          // nobody works on
        }
    }

    /// <summary>One process makes a run in which, without a fixed mode, MKL's choices showed.</summary>
    [Fact]
    public async Task EqualRunsOfTwoProcessesAreEqualToTheLastDigit()
    {
        async Task<RunResult> MakeAsync(string name)
        {
            string runs = Path.Combine(_folder, name);
            var store = new RunStore(runs);
            RunSpec first = Setting.Smoke.Runs()[0];
            using Process process = Start("work", "--setting", "smoke", "--runs", runs);
            while (!store.Has(first) && !process.HasExited)
                await Task.Delay(20);
            process.StandardInput.Close();                  // it ends with its input
            await process.WaitForExitAsync();
            return store.Load(first);
        }

        RunResult[] results = await Task.WhenAll(MakeAsync("a"), MakeAsync("b"));
        Assert.Equal(results[0].Errors, results[1].Errors);
        Assert.Equal(results[0].Measurements, results[1].Measurements);
        Assert.NotEmpty(results[0].Densities);
        foreach ((DensityErrors a, DensityErrors b) in results[0].Densities.Zip(results[1].Densities))
        {
            Assert.Equal(a.Error, b.Error);
            Assert.Equal(a.ByDegree, b.ByDegree);
            Assert.Equal(a.IsolatedAtoms, b.IsolatedAtoms);
        }
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
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        return PatientProcess.Start(start);
    }
}
