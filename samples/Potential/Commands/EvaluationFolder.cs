namespace Potential.Commands;

/// <summary>Where an evaluation writes.</summary>
internal sealed class EvaluationFolder
{
    /// <summary>Makes the folder, and takes away what an earlier evaluation left: tables and plots there are always those of the predictions beside them.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="data">Files that are evaluated, which are read already.</param>
    /// <exception cref="ArgumentException">It is the folder of a training, or has a file that is evaluated.</exception>
    public EvaluationFolder(string path, IEnumerable<string> data)
    {
        Path = path;
        if (new TrainingFolder(path).HasTraining)
            throw new ArgumentException($"--out {path} is the folder of a training, whose errors and plots would be replaced; name another, such as {Of("evaluation")}.");
        string predictions = System.IO.Path.GetFullPath(Predictions);
        if (data.Any(file => System.IO.Path.GetFullPath(file) == predictions)) throw new ArgumentException($"{Predictions} is evaluated and would be replaced; name another folder with --out.");
        Directory.CreateDirectory(path);
        foreach (string file in new[] { Predictions, Errors, Spread, $"{Parity}.png", $"{Parity}.svg", $"{SpreadPlot}.png", $"{SpreadPlot}.svg" }) File.Delete(file);
    }

    public string Path { get; }

    public string Predictions => Of("predictions.xyz");

    public string Errors => Of("errors.csv");

    public string Spread => Of("spread.csv");

    /// <summary>Without extension: png and svg.</summary>
    public string Parity => Of("parity");

    public string SpreadPlot => Of("error_against_spread");

    private string Of(string name) => System.IO.Path.Combine(Path, name);
}
