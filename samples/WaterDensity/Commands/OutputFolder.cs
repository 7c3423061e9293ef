namespace WaterDensity.Commands;

/// <summary>Where results go, and what they are called.</summary>
internal sealed class OutputFolder(string path)
{
    public string Path { get; } = path;

    public string Checkpoint => Of("checkpoint.safetensors");

    public string LearningCurve => Of("learning_curve");

    public string Metrics => Of("metrics.json");

    public string Errors => Of("per_l_errors");

    public string Slice => Of("density_slice");

    public string Page => Of("density.html");

    /// <summary>
    /// <c>out</c> in this sample's folder if the program runs from there (as <c>dotnet run</c> does), else in the current one.
    /// </summary>
    public static string Default()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "WaterDensity.csproj")))
                return System.IO.Path.Combine(folder.FullName, "out");
        }
        return System.IO.Path.Combine(Environment.CurrentDirectory, "out");
    }

    public void Create() => Directory.CreateDirectory(Path);

    public string Of(string name) => System.IO.Path.Combine(Path, name);
}
