using E3Gen.Tests;

namespace E3Gen.Package.Tests;

/// <summary>The packages of this build and projects outside of the repository that install them.</summary>
public sealed class InstalledPackage() : PackedFeed("src/Kernels", "src/Runtime", "src/Analysis")
{
    /// <summary>References in a project file. TorchSharp-cpu would bring libtorch for every system: 1.2 GB.</summary>
    public const string LibtorchForThisSystem = """
        <PackageReference Include="libtorch-cpu-linux-x64" Version="2.10.0" Condition="$([MSBuild]::IsOSPlatform('Linux'))" />
        <PackageReference Include="libtorch-cpu-win-x64" Version="2.10.0" Condition="$([MSBuild]::IsOSPlatform('Windows'))" />
        <PackageReference Include="libtorch-cpu-osx-arm64" Version="2.10.0" Condition="$([MSBuild]::IsOSPlatform('OSX'))" />
        """;

    /// <summary>A fresh console project with this program; returns what building, or building and running, says.</summary>
    public (int Code, string Output) Run(string name, string command, string program) => Dotnet(Console(name, program).FullName, command);

    /// <summary>A fresh console project with this program, published for this machine; returns what publishing, or publishing and running, says.</summary>
    public (int Code, string Output) Publish(string name, string program, params string[] properties)
    {
        string folder = Console(name, program).FullName, target = Path.Combine(folder, "published");
        var (code, output) = Dotnet(folder, ["publish", "--use-current-runtime", "-c", "Release", "-o", target, .. properties]);
        return code == 0 ? Execute(Path.Combine(target, name), folder) : (code, output);
    }

    private DirectoryInfo Console(string name, string program)
    {
        var project = Project(name + ".csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <CreateHardLinksForCopyLocalIfPossible>true</CreateHardLinksForCopyLocalIfPossible>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="E3Gen" Version="{Version}" />
                <PackageReference Include="E3Gen.Analysis" Version="{Version}" />
                {LibtorchForThisSystem}
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(project.FullName, "Program.cs"), program);
        return project;
    }

    /// <summary>A fresh project of any language and framework, a library unless the properties say otherwise; returns what building it with these properties says.</summary>
    public (int Code, string Output) Build(string file, string framework, string source, params string[] properties)
    {
        string code = "Source" + Path.GetExtension(file).Replace("proj", "");
        var project = Project(file, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{framework}</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="{code}" Condition="'$(MSBuildProjectExtension)' == '.fsproj'" />
                <PackageReference Include="E3Gen" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(project.FullName, code), source);
        return Dotnet(project.FullName, ["build", .. properties.Select(p => "-p:" + p)]);
    }
}
