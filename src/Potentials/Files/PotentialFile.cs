using System.Globalization;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>
/// A potential in a safetensors file: its state dict, and in the metadata its model's name, species, cutoff, number type, units and the statistics that it was adapted to. Nothing has to be said again
/// to use it.
/// </summary>
public static class PotentialFile
{
    private const string Format = "e3gen-potential-1";

    /// <summary>Describes a potential.</summary>
    /// <param name="potential">The potential, an nn.Module.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="statistics">What its training set said.</param>
    /// <returns>The description.</returns>
    public static PotentialDescription Describe(IPotential potential, string model, DatasetStatistics? statistics)
    {
        (ScalarType dtype, _) = PotentialNumbers.Of(potential);
        return new PotentialDescription { Model = model, Species = potential.Species, Cutoff = potential.Cutoff, DType = dtype, Statistics = statistics };
    }

    /// <summary>Writes a potential; a file that exists is replaced once the new one is complete.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="potential">The potential, an nn.Module.</param>
    /// <param name="description">What to say of it.</param>
    public static void Save(string path, IPotential potential, PotentialDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        var metadata = new Dictionary<string, string>
        {
            ["format"] = Format,
            ["model"] = description.Model,
            ["species"] = string.Join(" ", description.Species),
            ["cutoff"] = description.Cutoff.ToString("R", CultureInfo.InvariantCulture),
            ["dtype"] = description.DType.ToString().ToLowerInvariant(),
            ["energy_unit"] = description.EnergyUnit,
            ["length_unit"] = description.LengthUnit,
        };
        if (description.Statistics is { } statistics) metadata["statistics"] = JsonSerializer.Serialize(statistics);
        Safetensors.SaveModule(PotentialModule.Of(potential), path, metadata);
    }

    /// <summary>Reads what a file says of its potential.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The description.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no file of a potential.</exception>
    public static PotentialDescription ReadDescription(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no potential {path}; train one first.", path);
        using SafetensorsFile file = Safetensors.Read(path);
        string Value(string key) => file.Metadata.GetValueOrDefault(key) ?? throw new InvalidDataException($"{path} does not say its {key}; expected a file that a training has written.");
        if (Value("format") is var format && format != Format) throw new InvalidDataException($"{path} has the format '{format}', expected '{Format}'.");
        try
        {
            return new PotentialDescription
            {
                Model = Value("model"),
                Species = Value("species").Split(' '),
                Cutoff = double.Parse(Value("cutoff"), CultureInfo.InvariantCulture),
                DType = Enum.Parse<ScalarType>(Value("dtype"), ignoreCase: true),
                EnergyUnit = Value("energy_unit"),
                LengthUnit = Value("length_unit"),
                Statistics = file.Metadata.TryGetValue("statistics", out string? statistics) ? JsonSerializer.Deserialize<DatasetStatistics>(statistics) : null,
            };
        }
        catch (Exception error) when (error is FormatException or ArgumentException or JsonException)
        {
            throw new InvalidDataException($"{path}: the description of the potential is damaged: {error.Message}", error);
        }
    }

    /// <summary>Makes the potential of a file again.</summary>
    /// <param name="path">The file.</param>
    /// <param name="create">Makes a potential of the model, species and cutoff, with any weights.</param>
    /// <param name="device">Where to; null for the CPU.</param>
    /// <returns>The potential with the weights of the file, in evaluation mode.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no file of a potential, or its weights are of another class.</exception>
    public static IPotential Load(string path, Func<PotentialDescription, IPotential> create, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        PotentialDescription description = ReadDescription(path);
        IPotential potential = Create(description, create, device);
        if (description.Statistics is { } statistics && potential is IAdaptToData adaptable) adaptable.Adapt(statistics);
        Safetensors.LoadModule(PotentialModule.Of(potential), path);
        PotentialModule.Of(potential).eval();
        return potential;
    }

    /// <summary>Makes a potential with new weights, in the number type of a description.</summary>
    /// <param name="description">What to make.</param>
    /// <param name="create">Makes a potential of the model, species and cutoff.</param>
    /// <param name="device">Where to; null for the CPU.</param>
    /// <returns>The potential.</returns>
    public static IPotential Create(PotentialDescription description, Func<PotentialDescription, IPotential> create, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(create);
        return PotentialModule.Create(() => create(description), description.DType, device);
    }
}
