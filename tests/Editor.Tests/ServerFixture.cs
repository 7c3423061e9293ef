using E3Gen.Tests;

namespace E3Gen.Editor.Tests;

/// <summary>One server for all tests: the tool of the repository's manifest, on a temporary project that installs the package.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private PackedFeed? _feed;
    private LanguageServer? _server;

    /// <summary>Null where the server cannot be had.</summary>
    public IEditor? Editor => _server;

    /// <summary>Why it cannot be had: what restoring the tool said.</summary>
    public string? Missing { get; private set; }

    public async Task InitializeAsync()
    {
        var (code, output) = PackedFeed.Dotnet(PackedFeed.RepositoryRoot, "tool", "restore");
        if (code != 0)
        {
            Missing = output;
            return;
        }

        _feed = new PackedFeed("src/Kernels", "src/Runtime");
        var project = _feed.Project("Edited.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="E3Gen" Version="{_feed.Version}" />
              </ItemGroup>
            </Project>
            """);
        string file = Path.Combine(project.FullName, "Edited.cs");
        File.WriteAllText(file, "");
        (code, output) = PackedFeed.Dotnet(project.FullName, "restore");
        Assert.True(code == 0, output);
        _server = await LanguageServer.StartAsync(file);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _feed?.Dispose();
    }
}
