using CsCheck;

namespace E3Gen.Flow.Tests.RandomPrograms.Language;

/// <summary>Random choices that follow one after the other: a seed and an index mean the same choices everywhere.</summary>
internal sealed class Dice(int seed, int index)
{
    private readonly PCG _random = new((uint)index, unchecked((ulong)seed));

    /// <summary>True so many times in a hundred.</summary>
    public bool Chance(int percent) => Below(100) < percent;

    public int Below(int limit) => (int)_random.Next((uint)limit);

    public int Between(int first, int last) => first + Below(last - first + 1);

    public T Pick<T>(params IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>One of the last ones more often than one of the first.</summary>
    public T PickLate<T>(IReadOnlyList<T> items) => items[Math.Max(Below(items.Count), Below(items.Count))];

    public double Uniform() => Below(1 << 24) / (double)(1 << 24);

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>A number to multiply with or to add, short to read.</summary>
    public double Number() => Pick(0.5, 2.0, -1.0, 0.3, 1.5, -0.7, 3.0, 1.0);
}
