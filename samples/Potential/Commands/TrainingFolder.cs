namespace Potential.Commands;

/// <summary>Where a training writes, and what its files are called.</summary>
internal sealed class TrainingFolder(string path)
{
    public string Path { get; } = path;

    /// <summary>All that is needed to go on.</summary>
    public string Checkpoint => Of("checkpoint.safetensors");

    /// <summary>The best potential so far.</summary>
    public string Model => Of("model.safetensors");

    /// <summary>The learning curve.</summary>
    public string Metrics => Of("metrics.csv");

    /// <summary>Whether there is something that took time to learn.</summary>
    public bool HasTraining => File.Exists(Checkpoint) || File.Exists(Model);

    /// <summary>Takes away what another training left, the checkpoint first: what was killed on the way must not be gone on with as if it were of the new one.</summary>
    public void Clear()
    {
        string[] plots = [.. new[] { "learning_curve", "parity", "errors_by_size" }.SelectMany(name => new[] { $"{name}.png", $"{name}.svg" })];
        foreach (string file in new[] { Checkpoint, Model, Metrics, Of("errors.csv") }.Concat(plots.Select(Of))) File.Delete(file);
    }

    /// <summary><c>out</c> in this sample's folder if the program runs from there (as <c>dotnet run</c> does), else in the current one.</summary>
    public static string Default()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Potential.csproj"))) return System.IO.Path.Combine(folder.FullName, "out");
        }

        return System.IO.Path.Combine(Environment.CurrentDirectory, "out");
    }

    public string Of(string name) => System.IO.Path.Combine(Path, name);
}
