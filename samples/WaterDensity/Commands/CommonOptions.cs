using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using E3Gen;
using Shared.Commands;
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

    public Option<double> Spacing { get; } = NumberOption.Create(["--spacing"], "Spacing of grid points, bohr.", Density.UniformGrid.DefaultSpacing, 0.001, 100, "bohr");

    /// <summary>
    /// A step of training is many small operations, which a second thread does not speed up much and which suffer badly from it on a busy
    /// machine.
    /// </summary>
    public Option<int> Threads { get; } = NumberOption.Create(["--threads"], "Threads of libtorch; sums over grids use all cores anyway.", 1, 1, NumberOption.MostThreads);

    public Option<string> Device { get; } = new("--device")
    {
        Description = "Where the network computes: cpu, cuda, or cuda:1 for the second GPU.",
        DefaultValueFactory = _ => "cpu",
    };

    /// <exception cref="ArgumentException">There is no such device.</exception>
    public torch.Device DeviceOf(ParseResult arguments)
    {
        string name = arguments.GetValue(Device)!;
        string[] parts = name.Split(':');
        int number = 0;
        if (parts[0] is not ("cpu" or "cuda") || parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out number)))
            throw new ArgumentException($"--device is '{name}'; expected cpu, cuda or cuda:1.");
        if (parts[0] == "cpu")
            return torch.CPU;
        if (!torch.cuda.is_available())
            throw new ArgumentException($"--device {name}: libtorch sees no GPU. Build with -p:Libtorch=cuda on a machine with an NVIDIA GPU and its driver, or leave the option out.");
        return number < torch.cuda.device_count()
            ? new torch.Device(DeviceType.CUDA, number)
            : throw new ArgumentException($"--device {name}: there are {torch.cuda.device_count()} GPUs, counted from 0.");
    }

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
        torch.set_num_threads(arguments.GetValue(Threads));
        Allocator.KeepFreedMemory();
    }
}
