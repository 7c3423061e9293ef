using E3Gen.Tests;

namespace E3Gen.Package.Tests;

/// <summary>The build of src and samples ends at a line that is too long, and names it.</summary>
public sealed class LineLengthTests : IDisposable
{
    private const int Limit = 200;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("line-length-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_line_beyond_the_limit_is_an_error_at_its_place()
    {
        string output = Build($"// short\n{Line(Limit + 1)}\n", out int code);
        Assert.NotEqual(0, code);
        Assert.Contains($"Source.cs(2) : error : The line has more than {Limit} characters (.editorconfig); break it.", output);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void A_line_of_the_limit_is_none(string end)
    {
        string output = Build(Line(Limit) + end + "// a; b" + end, out int code);
        Assert.True(code == 0, output);
    }

    private static string Line(int length) => "//".PadRight(length, 'x');

    private string Build(string source, out int code)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "Source.cs"), source);
        string project = Path.Combine(_folder.FullName, "Lines.proj");
        File.WriteAllText(project, $"""
            <Project>
              <PropertyGroup><IntermediateOutputPath>{_folder.FullName}/</IntermediateOutputPath></PropertyGroup>
              <ItemGroup><Compile Include="Source.cs" /></ItemGroup>
              <Import Project="{Path.Combine(PackedFeed.RepositoryRoot, "eng", "LineLength.targets")}" />
            </Project>
            """);
        (code, string output) = PackedFeed.Dotnet(_folder.FullName, "msbuild", project, "-t:CheckLineLength");
        return output;
    }
}
