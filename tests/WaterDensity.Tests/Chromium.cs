using System.Diagnostics;

namespace WaterDensity.Tests;

/// <summary>A test in a real browser, skipped on machines that have none.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Chromium.Executable is null)
            Skip = $"No Chromium on the PATH (looked for {string.Join(", ", Chromium.Names)}).";
    }
}

/// <summary>Headless Chromium, drawing in software, without a network.</summary>
internal static class Chromium
{
    public static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] Switches =
    [
        "--headless", "--no-sandbox", "--no-first-run", "--disable-quic", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=600000", "--dump-dom",
    ];

    public static readonly string[] SoftwareWebGL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];

    public static readonly string[] NoWebGL = ["--disable-3d-apis"];

    public static string? Executable { get; } = Find();

    /// <summary>The document as it stands after a page has loaded and all its scripts have run.</summary>
    public static async Task<string> DumpAsync(string page, string[] graphics)
    {
        string profile = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string[] arguments = [.. Switches, .. graphics, $"--user-data-dir={profile}", new Uri(page).AbsoluteUri];
            using Process browser = Process.Start(
                new ProcessStartInfo(Executable!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
            try
            {
                Task<string> complaints = browser.StandardError.ReadToEndAsync(limit.Token);
                string document = await browser.StandardOutput.ReadToEndAsync(limit.Token);
                await browser.WaitForExitAsync(limit.Token);
                Assert.True(browser.ExitCode == 0, await complaints);
                return document;
            }
            catch (OperationCanceledException)
            {
                browser.Kill(entireProcessTree: true);
                throw new TimeoutException($"{Executable} has not finished with {page} after three minutes.");
            }
        }
        finally
        {
            DeleteProfile(profile);
        }
    }

    /// <summary>A browser's helpers may still be writing when it has gone; a folder of temporary files that stays is no failure.</summary>
    private static void DeleteProfile(string profile)
    {
        try
        {
            Directory.Delete(profile, recursive: true);
        }
        catch (IOException)
        {
        }
    }

    private static string? Find()
    {
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
