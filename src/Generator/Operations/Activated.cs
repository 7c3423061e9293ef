namespace E3Gen.Generator.Operations;

/// <summary>An entry of irreps with the function that is applied to it; irreps with l > 0 have the identity.</summary>
/// <param name="Input">The entry.</param>
/// <param name="Function">The function.</param>
public readonly record struct Activated(MulIrrep Input, ActivationFunction Function)
{
    /// <summary>What becomes of it.</summary>
    public MulIrrep Output => Input.Irrep is { L: 0, Parity: < 0 } ? new MulIrrep(Input.Multiplicity, new Irrep(0, ParityOfOdd(Function) ?? 1)) : Input;

    /// <summary>Parity of f(x) for an odd x: odd functions keep it, even functions make it even, others leave none.</summary>
    public static int? ParityOfOdd(ActivationFunction function) => function switch
    {
        ActivationFunction.Tanh or ActivationFunction.Identity or ActivationFunction.Softsign or ActivationFunction.Hardtanh or ActivationFunction.Sin or ActivationFunction.Erf => -1,
        ActivationFunction.Abs or ActivationFunction.Cos or ActivationFunction.Square => 1,
        _ => null,
    };

    /// <summary>Neighbours of one irrep and one function as one entry, without empty ones.</summary>
    public static IEnumerable<Activated> Simplify(IEnumerable<Activated> entries)
    {
        Activated? last = null;
        foreach (var entry in entries.Where(e => e.Input.Multiplicity > 0))
        {
            if (last is { } before && before.Input.Irrep == entry.Input.Irrep && before.Function == entry.Function)
            {
                last = before with { Input = new MulIrrep(before.Input.Multiplicity + entry.Input.Multiplicity, entry.Input.Irrep) };
                continue;
            }

            if (last is { } whole)
            {
                yield return whole;
            }

            last = entry;
        }

        if (last is { } rest)
        {
            yield return rest;
        }
    }
}
