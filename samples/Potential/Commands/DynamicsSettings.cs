using System.Text.Json;
using System.Text.Json.Serialization;
using E3Gen;

namespace Potential.Commands;

/// <summary>What a run of dynamics is. It is kept beside the motion, so that the run goes on as it began.</summary>
/// <param name="Structure">Where it began.</param>
/// <param name="Ensemble">What stays constant.</param>
/// <param name="StepFs">Length of a step, fs.</param>
/// <param name="TemperatureK">Of the first velocities and of the bath, K.</param>
/// <param name="Friction">Of langevin, 1/fs.</param>
/// <param name="Seed">Of velocities and random forces.</param>
/// <param name="Every">Steps between the frames that are written.</param>
/// <param name="Precision">What it is computed in.</param>
/// <param name="Steps">How many steps it has in the end.</param>
internal sealed record DynamicsSettings(string Structure, Ensemble Ensemble, double StepFs, double TemperatureK, double Friction, int Seed, int Every, Precision Precision, long Steps)
{
    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <exception cref="InvalidDataException">The file is none of this class.</exception>
    public static DynamicsSettings Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<DynamicsSettings>(File.ReadAllText(path), Form) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} does not have the settings of a run of dynamics: {error.Message}", error);
        }
    }

    public void Save(string path) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, Form));
}

/// <summary>What stays constant.</summary>
internal enum Ensemble
{
    /// <summary>The energy.</summary>
    Nve,

    /// <summary>The temperature.</summary>
    Langevin,
}
