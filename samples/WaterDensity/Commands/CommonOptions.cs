using System.CommandLine;
using System.CommandLine.Parsing;
using E3Gen;
using TorchSharp;

namespace WaterDensity.Commands;

/// <summary>Options that several commands have.</summary>
internal sealed class CommonOptions
{
    public Option<string> Output { get; } = new("--out", "-o")
    {
        Description = "Folder for results.",
        HelpName = "folder",
        DefaultValueFactory = _ => OutputFolder.Default(),
    };

    public Option<string?> Data { get; } = new("--data")
    {
        Description = "Densities in the format of data/README.md; not given, the shipped PBE0/cc-pVDZ ones.",
        HelpName = "file",
    };

    public Option<string?> Checkpoint { get; } = new("--checkpoint", "-c")
    {
        Description = "Trained weights; not given, checkpoint.safetensors in the folder of --out.",
        HelpName = "file",
    };

    public Option<double> Spacing { get; } = new("--spacing")
    {
        Description = "Spacing of grid points, bohr.",
        HelpName = "bohr",
        DefaultValueFactory = _ => Density.UniformGrid.DefaultSpacing,
    };

    /// <summary>
    /// A step of training is many small operations, which a second thread does not speed up much and which suffer badly from it on a busy
    /// machine.
    /// </summary>
    public Option<int> Threads { get; } = new("--threads")
    {
        Description = "Threads of libtorch; sums over grids use all cores anyway.",
        DefaultValueFactory = _ => 1,
    };

    public OutputFolder Folder(ParseResult arguments)
    {
        var folder = new OutputFolder(arguments.GetValue(Output)!);
        folder.Create();
        return folder;
    }

    public string CheckpointPath(ParseResult arguments)
        => arguments.GetValue(Checkpoint) ?? new OutputFolder(arguments.GetValue(Output)!).Checkpoint;

    public void UseThreads(ParseResult arguments)
    {
        int threads = arguments.GetValue(Threads);
        if (threads < 1)
            throw new ArgumentOutOfRangeException(null, $"--threads is {threads}; expected at least 1.");
        torch.set_num_threads(threads);
        Allocator.KeepFreedMemory();
    }
}
