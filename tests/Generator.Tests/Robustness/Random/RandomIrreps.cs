namespace E3Gen.Generator.Tests.Robustness.Random;

/// <summary>Random irreps, and the many ways to write them.</summary>
internal static class RandomIrreps
{
    /// <summary>One irrep, seldom of a high degree.</summary>
    public static Irrep One(Dice dice) => new(dice.Pick(0, 0, 0, 1, 1, 1, 2, 2, dice.Between(0, 6)), dice.Pick(1, -1));

    /// <summary>A few terms; equal irreps may come twice.</summary>
    public static Irreps Some(Dice dice, int most = 3) =>
        new(Enumerable.Range(0, dice.Between(1, most)).Select(_ => new MulIrrep(dice.Between(1, 4), One(dice))).ToList());

    /// <summary>These irreps with some multiplicity each, in any order.</summary>
    public static Irreps Of(Dice dice, IEnumerable<Irrep> irreps) => new(dice.Shuffle(irreps).Select(irrep => new MulIrrep(dice.Between(1, 4), irrep)).ToList());

    /// <summary>As a user might write them.</summary>
    public static string Write(Dice dice, Irreps irreps)
    {
        string space = dice.Pick("", " ", " ", "  ", "\t"), plus = dice.Pick("+", " + ", " + ", $"{space}+{space}");
        return space + string.Join(plus, irreps.Select(e => Term(dice, e))) + dice.Pick("", "", space);
    }

    private static string Term(Dice dice, MulIrrep term)
    {
        bool isHarmonic = term.Irrep.Parity == (term.Irrep.L % 2 == 0 ? 1 : -1);
        string irrep = isHarmonic && dice.Chance(5) ? $"{term.Irrep.L}y" : $"{term.Irrep}";
        string multiplicity = dice.Chance(3) ? $"0{term.Multiplicity}" : $"{term.Multiplicity}";
        return term.Multiplicity == 1 && dice.Chance(60) ? irrep : multiplicity + dice.Pick("x", "x", "x", " x", "x ") + irrep;
    }

    /// <summary>What a slip of the fingers makes of a string.</summary>
    public static string Typo(Dice dice, string text)
    {
        const string Keys = "0123456789eoxy+-@. EO×é\u0000\ud83d";
        int at = dice.Below(text.Length + 1);
        string key = dice.Pick([.. Keys.Select(k => k.ToString()), "x0e", "@", "+ +", "1000000000x3o + ", "99e", "7o", "13e", "0x"]);
        return dice.Below(4) switch
        {
            0 => text.Insert(at, key),
            1 when text.Length > 0 => text.Remove(Math.Min(at, text.Length - 1), 1),
            2 when text.Length > 0 => text.Remove(Math.Min(at, text.Length - 1), 1).Insert(Math.Min(at, text.Length - 1), key),
            _ => dice.Pick("", " ", "+", "0e +", "16x0e + 8x1", "2x", "x0e", "-1x0e", "0x0e", "0x1o + 0x2e", "4x0e + 4x0e", "2147483647x0e", "300000000x3o", "100000x0e", "50000x1o + 1o", "0e + 12o", "99o"),
        };
    }
}
