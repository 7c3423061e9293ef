using HierarchicalLearning.Grids;

namespace HierarchicalLearning.Commands;

/// <summary>Where a setting's runs and results go.</summary>
internal sealed class Folders(string output, Setting setting)
{
    /// <summary>One file a run.</summary>
    public string Runs => Path.Combine(Results, "runs");

    public string Results { get; } = Path.Combine(output, setting.Name);

    /// <summary><c>out</c> in this sample's folder if the program runs from there (as <c>dotnet run</c> does), else in the current one.</summary>
    public static string Default()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HierarchicalLearning.csproj")))
                return Path.Combine(folder.FullName, "out");
        }
        return Path.Combine(Environment.CurrentDirectory, "out");
    }
}
