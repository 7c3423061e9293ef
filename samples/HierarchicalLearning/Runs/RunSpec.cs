using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using HierarchicalLearning.Targets;

namespace HierarchicalLearning.Runs;

/// <summary>The course of the learning rate.</summary>
internal enum Schedule
{
    /// <summary>A short linear rise, then half a cosine down to zero; the weights' running mean is evaluated at the end.</summary>
    Cosine,

    /// <summary>Always the same, so that the development over steps is not the schedule's.</summary>
    Constant,
}

/// <summary>One training, completely: equal specifications give equal runs on one machine.</summary>
internal sealed record RunSpec
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The experiment that it belongs to: A, B or C.</summary>
    public required string Experiment { get; init; }

    /// <summary>Name of the network's <see cref="Networks.Architecture"/>.</summary>
    public required string Network { get; init; }

    /// <summary>The degrees that the loss sees, in rising order; the others' outputs are ignored.</summary>
    public required IReadOnlyList<int> Degrees { get; init; }

    public TargetMetric Metric { get; init; } = TargetMetric.Density;

    public TargetUnits Units { get; init; } = TargetUnits.Standardised;

    public Labels Labels { get; init; } = Labels.True;

    /// <summary>Largest clusters that are trained on.</summary>
    public int LargestWaters { get; init; } = 4;

    /// <summary>Systems that are trained on: that many of the training split, drawn by the seed (a smaller set is part of a larger one); 0 for all.</summary>
    public int Systems { get; init; }

    /// <summary>Of the first weights, the training set and the order in it.</summary>
    public required int Seed { get; init; }

    /// <summary>0: the untrained network.</summary>
    public required int Steps { get; init; }

    /// <summary>Systems a step.</summary>
    public required int BatchSize { get; init; }

    public required double LearningRate { get; init; }

    public Schedule Schedule { get; init; } = Schedule.Cosine;

    /// <summary>Whether losses and powers are recorded over steps.</summary>
    public bool Records { get; init; }

    /// <summary>Spacing of the grid, in bohr, on which densities are compared in the end; 0 for no comparison.</summary>
    public double GridSpacing { get; init; }

    /// <summary>A file name that no other specification has: readable parts, then a hash of everything.</summary>
    public string Key()
    {
        string degrees = Degrees.Count == DegreeBlocks.Degrees ? "all" : string.Concat(Degrees);
        string hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, Json)))[..8];
        return string.Create(CultureInfo.InvariantCulture, $"{Experiment}_{Network}_l{degrees}_n{Systems:000}_s{Seed}_{hash}").ToLowerInvariant();
    }
}
