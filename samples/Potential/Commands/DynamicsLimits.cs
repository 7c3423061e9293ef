using System.Numerics;

namespace Potential.Commands;

/// <summary>What numbers of a run of dynamics may be, whether an option or a file says them.</summary>
internal static class DynamicsLimits
{
    /// <summary>fs.</summary>
    public static readonly Limits<double> StepFs = new(1e-6, 100);

    /// <summary>K.</summary>
    public static readonly Limits<double> TemperatureK = new(0, 1e6);

    /// <summary>1/fs.</summary>
    public static readonly Limits<double> Friction = new(0, 100);

    public static readonly Limits<int> Seed = new(0, int.MaxValue);

    public static readonly Limits<int> Every = new(1, int.MaxValue);

    public static readonly Limits<long> Steps = new(1, long.MaxValue);

    /// <summary>Å.</summary>
    public static readonly Limits<double> RdfRange = new(0.1, 100);
}

/// <param name="Least">The least that is allowed.</param>
/// <param name="Most">The most.</param>
internal readonly record struct Limits<T>(T Least, T Most) where T : INumber<T>
{
    /// <summary>False of what is no number, too.</summary>
    public bool Contain(T value) => value >= Least && value <= Most;
}
