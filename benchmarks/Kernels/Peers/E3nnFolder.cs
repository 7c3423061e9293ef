using System.Runtime.InteropServices;
using E3Gen.Benchmarks.Kernels.Contestants;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Peers;

/// <summary>Modules that export_e3nn.py wrote with the user's e3nn.</summary>
internal sealed class E3nnFolder
{
    private readonly string path;

    /// <exception cref="DirectoryNotFoundException">There is no such folder, or nothing was exported into it.</exception>
    public E3nnFolder(string path)
    {
        string versions = Path.Combine(path, "versions.txt");
        if (!File.Exists(versions))
            throw new DirectoryNotFoundException($"--e3nn {path}: no exported modules there; make them with python benchmarks/Kernels/export_e3nn.py {path}");
        (this.path, Versions) = (path, File.ReadAllText(versions).Trim());
    }

    /// <summary>What exported it.</summary>
    public string Versions { get; }

    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));

    /// <param name="operation">Name of the module.</param>
    /// <param name="label">What the contestant is called.</param>
    /// <param name="around">What there is around the module: what e3nn leaves to its user, such as gathering and scattering.</param>
    /// <exception cref="FileNotFoundException">This module was not exported.</exception>
    /// <exception cref="InvalidDataException">It cannot be loaded.</exception>
    public Contestant Load(string operation, string label, Func<Func<Tensor[], Tensor>, Func<Tensor[], Tensor>> around)
    {
        string file = Path.Combine(path, operation + ".pt");
        if (!File.Exists(file))
            throw new FileNotFoundException($"--e3nn {path}: {operation}.pt is missing; make it with python benchmarks/Kernels/export_e3nn.py {path} {operation}", file);
        try
        {
            var module = jit.load(file);
            var parameters = module.named_parameters().Where(p => p.parameter.numel() > 0).ToDictionary(p => p.name, p => p.parameter);
            return new Contestant(label, around(inputs => (Tensor)module.call([.. inputs])), parameters);
        }
        catch (ExternalException error)
        {
            throw new InvalidDataException($"{file} cannot be loaded: {error.Message.Split('\n')[0]}", error);
        }
    }
}
