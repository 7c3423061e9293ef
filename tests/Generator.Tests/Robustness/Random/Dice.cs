using CsCheck;

namespace E3Gen.Generator.Tests.Robustness.Random;

/// <summary>Random choices that follow one after the other, drawn from CsCheck's generator: a seed means the same choices everywhere.</summary>
internal sealed class Dice(PCG random)
{
    /// <summary>True so many times in a hundred.</summary>
    public bool Chance(int percent) => Below(100) < percent;

    public int Below(int limit) => (int)random.Next((uint)limit);

    public int Between(int first, int last) => first + Below(last - first + 1);

    public T Pick<T>(params IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>Each with its chance.</summary>
    public IReadOnlyList<T> Subset<T>(IEnumerable<T> items, int percent) => [.. items.Where(_ => Chance(percent)).ToList()];

    public IReadOnlyList<T> Shuffle<T>(IEnumerable<T> items)
    {
        T[] list = [.. items];
        for (int i = list.Length - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }

        return list;
    }
}

/// <summary>A generator of CsCheck's that throws dice.</summary>
/// <param name="make">What to make of them.</param>
/// <param name="size">How large that is: CsCheck reports the smallest that fails.</param>
internal sealed class Thrown<T>(Func<Dice, T> make, Func<T, int> size) : Gen<T>
{
    public override T Generate(PCG random, Size? smallest, out Size length)
    {
        T made = make(new Dice(random));
        length = new Size((ulong)size(made));
        return made;
    }
}
