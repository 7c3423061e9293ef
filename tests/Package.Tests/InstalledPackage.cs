using System.Diagnostics;
using System.Reflection;

namespace E3Gen.Package.Tests;

/// <summary>The packages, packed from this build and offered by a feed that is a folder; and console projects outside of the repository that install it.</summary>
public sealed class InstalledPackage : IDisposable
{
    // A version of its own: NuGet never replaces what its cache holds of a version.
    private readonly string _version = $"0.0.0-test{DateTime.UtcNow.Ticks}";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("e3gen-package-");

    public InstalledPackage()
    {
        foreach (string project in new[] { "src/Runtime", "src/Analysis" })
        {
            var (code, output) = Dotnet(
                Metadata("RepositoryRoot"),
                "pack", project, "--no-build", "-c", Metadata("Configuration"), "-o", Path.Combine(_folder.FullName, "feed"), $"-p:PackageVersion={_version}", "-p:BuildProjectReferences=false");
            Assert.True(code == 0, output);
        }
    }

    /// <summary>The file of a package.</summary>
    public string File(string name) => Path.Combine(_folder.FullName, "feed", $"{name}.{_version}.nupkg");

    /// <summary>A fresh console project with this program; returns what building, or building and running, says.</summary>
    public (int Code, string Output) Run(string name, string command, string program) => Dotnet(Console(name, program).FullName, command);

    /// <summary>A fresh console project with this program, published for this machine; returns what publishing, or publishing and running, says.</summary>
    public (int Code, string Output) Publish(string name, string program, params string[] properties)
    {
        string folder = Console(name, program).FullName, target = Path.Combine(folder, "published");
        var (code, output) = Dotnet(folder, ["publish", "--use-current-runtime", "-c", "Release", "-o", target, .. properties]);
        return code == 0 ? Process(Path.Combine(target, name), folder) : (code, output);
    }

    private DirectoryInfo Console(string name, string program)
    {
        var project = Project(name);
        System.IO.File.WriteAllText(Path.Combine(project.FullName, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <CreateHardLinksForCopyLocalIfPossible>true</CreateHardLinksForCopyLocalIfPossible>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="E3Gen" Version="{_version}" />
                <PackageReference Include="E3Gen.Analysis" Version="{_version}" />
                <PackageReference Include="libtorch-cpu-linux-x64" Version="2.10.0" Condition="$([MSBuild]::IsOSPlatform('Linux'))" />
                <PackageReference Include="libtorch-cpu-win-x64" Version="2.10.0" Condition="$([MSBuild]::IsOSPlatform('Windows'))" />
                <PackageReference Include="libtorch-cpu-osx-arm64" Version="2.10.0" Condition="$([MSBuild]::IsOSPlatform('OSX'))" />
              </ItemGroup>
            </Project>
            """);
        System.IO.File.WriteAllText(Path.Combine(project.FullName, "Program.cs"), program);
        return project;
    }

    /// <summary>A fresh library project of any language and framework; returns what building it with these properties says.</summary>
    public (int Code, string Output) Build(string file, string framework, string source, params string[] properties)
    {
        var project = Project(Path.GetFileNameWithoutExtension(file));
        string code = "Source" + Path.GetExtension(file).Replace("proj", "");
        System.IO.File.WriteAllText(Path.Combine(project.FullName, file), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{framework}</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="{code}" Condition="'$(MSBuildProjectExtension)' == '.fsproj'" />
                <PackageReference Include="E3Gen" Version="{_version}" />
              </ItemGroup>
            </Project>
            """);
        System.IO.File.WriteAllText(Path.Combine(project.FullName, code), source);
        return Dotnet(project.FullName, ["build", .. properties.Select(p => "-p:" + p)]);
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (string name in new[] { "e3gen", "e3gen.analysis" })
        {
            string cached = Path.Combine(cache, name, _version);
            if (Directory.Exists(cached))
            {
                Directory.Delete(cached, recursive: true);
            }
        }
    }

    private DirectoryInfo Project(string name)
    {
        var project = _folder.CreateSubdirectory(name);
        System.IO.File.WriteAllText(Path.Combine(project.FullName, "nuget.config"), """
            <configuration>
              <packageSources>
                <add key="local" value="../feed" />
              </packageSources>
            </configuration>
            """);
        return project;
    }

    private static (int Code, string Output) Dotnet(string folder, params string[] arguments) => Process("dotnet", folder, arguments);

    private static (int Code, string Output) Process(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach (string inherited in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(inherited); // of the test run's own build
        }

        using var process = System.Diagnostics.Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    private static string Metadata(string key) =>
        typeof(InstalledPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
