using System.Diagnostics;
using System.Reflection;

namespace E3Gen.Tests;

/// <summary>Packages packed from this build in a feed that is a folder, and temporary projects that install them.</summary>
public class PackedFeed : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("e3gen-package-");

    public PackedFeed(params string[] projects)
    {
        foreach (string project in projects)
        {
            var (code, output) = Dotnet(
                RepositoryRoot,
                "pack", project, "--no-build", "-c", Metadata("Configuration"), "-o", Path.Combine(_folder.FullName, "feed"),
                $"-p:PackageVersion={Version}", "-p:BuildProjectReferences=false");
            Assert.True(code == 0, output);
        }
    }

    public static string RepositoryRoot => Metadata("RepositoryRoot");

    /// <summary>One of its own: NuGet never replaces what its cache holds of a version.</summary>
    public string Version { get; } = $"0.0.0-test{DateTime.UtcNow.Ticks}";

    /// <summary>The file of a package.</summary>
    public string PackageFile(string name) => Path.Combine(_folder.FullName, "feed", $"{name}.{Version}.nupkg");

    /// <summary>The folder of a project.</summary>
    public string Folder(string file) => Path.Combine(_folder.FullName, Path.GetFileNameWithoutExtension(file));

    /// <summary>A fresh folder with this project file, which finds the packages.</summary>
    public DirectoryInfo Project(string file, string content)
    {
        var project = _folder.CreateSubdirectory(Path.GetFileNameWithoutExtension(file));
        File.WriteAllText(Path.Combine(project.FullName, file), content);
        File.WriteAllText(Path.Combine(project.FullName, "nuget.config"), """
            <configuration>
              <packageSources>
                <add key="local" value="../feed" />
              </packageSources>
            </configuration>
            """);
        return project;
    }

    public static (int Code, string Output) Dotnet(string folder, params string[] arguments) => Execute("dotnet", folder, arguments);

    /// <summary>Runs a program in a folder; returns what it says.</summary>
    public static (int Code, string Output) Execute(string program, string folder, params string[] arguments)
    {
        using var process = Process.Start(StartInfo(program, folder, arguments))!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    /// <summary>How to start a program, redirected and with nothing inherited from the test run's own build.</summary>
    public static ProcessStartInfo StartInfo(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string inherited in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        return start;
    }

    public void Dispose()
    {
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var package in _folder.GetFiles($"feed/*.{Version}.nupkg"))
        {
            string cached = Path.Combine(cache, package.Name[..^$".{Version}.nupkg".Length].ToLowerInvariant(), Version);
            if (Directory.Exists(cached))
            {
                Directory.Delete(cached, recursive: true);
            }
        }

        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private static string Metadata(string key) =>
        typeof(PackedFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
