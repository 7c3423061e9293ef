using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using E3Gen;
using Shared.Commands;
using TorchSharp;

namespace Potential.Commands;

/// <summary>Options that several commands have.</summary>
internal sealed class CommonOptions
{
    /// <summary>
    /// A step of training is many small operations, which a second thread does not speed up much and which suffer badly from it on a busy machine (docs/potentials.md).
    /// </summary>
    public Option<int> Threads { get; } = NumberOption.Create(["--threads"], "Threads of libtorch and of the kernels.", 1, 1, NumberOption.MostThreads);

    public Option<string> Device { get; } = new("--device")
    {
        Description = "Where to compute: cpu, cuda, or cuda:1 for the second GPU.",
        DefaultValueFactory = _ => "cpu",
    };

    public void AttachTo(Command command)
    {
        command.Options.Add(Threads);
        command.Options.Add(Device);
    }

    /// <exception cref="ArgumentException">There is no such device.</exception>
    public torch.Device DeviceOf(ParseResult arguments)
    {
        string name = arguments.GetValue(Device)!;
        string[] parts = name.Split(':');
        int number = 0;
        if (parts[0] is not ("cpu" or "cuda") || parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out number)))
            throw new ArgumentException($"--device is '{name}'; expected cpu, cuda or cuda:1.");
        if (parts[0] == "cpu") return torch.CPU;
        if (!torch.cuda.is_available())
            throw new ArgumentException($"--device {name}: libtorch sees no GPU. Build with -p:Libtorch=cuda on a machine with an NVIDIA GPU and its driver, or leave the option out.");
        return number < torch.cuda.device_count()
            ? new torch.Device(DeviceType.CUDA, number)
            : throw new ArgumentException($"--device {name}: there are {torch.cuda.device_count()} GPUs, counted from 0.");
    }

    public void UseThreads(ParseResult arguments)
    {
        torch.set_num_threads(arguments.GetValue(Threads));
        Allocator.KeepFreedMemory();
    }
}
