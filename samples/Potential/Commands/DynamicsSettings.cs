using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using E3Gen;

namespace Potential.Commands;

/// <summary>What a run of dynamics is. It is kept beside the motion, so that the run goes on as it began.</summary>
/// <param name="Model">The potential.</param>
/// <param name="Structure">Where it began.</param>
/// <param name="Ensemble">What stays constant.</param>
/// <param name="StepFs">Length of a step, fs.</param>
/// <param name="TemperatureK">Of the first velocities and of the bath, K.</param>
/// <param name="Friction">Of langevin, 1/fs.</param>
/// <param name="Seed">Of velocities and random forces.</param>
/// <param name="Every">Steps between the frames that are written; the last step has one, too.</param>
/// <param name="Precision">What it is computed in.</param>
/// <param name="Steps">How many steps it has in the end.</param>
/// <param name="RdfRange">Largest distance of the radial distribution function, Å.</param>
internal sealed record DynamicsSettings(
    ModelFile Model, string Structure, Ensemble Ensemble, double StepFs, double TemperatureK, double Friction, int Seed, int Every, Precision Precision, long Steps, double RdfRange)
{
    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <exception cref="InvalidDataException">The file is none of this class, or a number in it makes no run.</exception>
    public static DynamicsSettings Load(string path)
    {
        try
        {
            DynamicsSettings settings = JsonSerializer.Deserialize<DynamicsSettings>(File.ReadAllText(path), Form) ?? throw new JsonException("It is null.");
            settings.RequireSoundness(path);
            return settings;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} does not have the settings of a run of dynamics: {error.Message}", error);
        }
    }

    public void Save(string path) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, Form));

    private void RequireSoundness(string path)
    {
        Require(StepFs, DynamicsLimits.StepFs);
        Require(TemperatureK, DynamicsLimits.TemperatureK);
        Require(Friction, DynamicsLimits.Friction);
        Require(Seed, DynamicsLimits.Seed);
        Require(Every, DynamicsLimits.Every);
        Require(Steps, DynamicsLimits.Steps);
        Require(RdfRange, DynamicsLimits.RdfRange);
        if (!Model.IsSound) throw new InvalidDataException($"{path}: sha256 of model is '{Model.Sha256}'; expected 64 hexadecimal digits.");

        void Require<T>(T value, Limits<T> limits, [CallerArgumentExpression(nameof(value))] string property = "") where T : INumber<T>
        {
            if (limits.Contain(value)) return;
            string name = Form.PropertyNamingPolicy!.ConvertName(property);
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{path}: {name} is {value}; expected a number from {limits.Least} to {limits.Most}."));
        }
    }
}

/// <summary>What stays constant.</summary>
internal enum Ensemble
{
    /// <summary>The energy.</summary>
    Nve,

    /// <summary>The temperature.</summary>
    Langevin,
}
