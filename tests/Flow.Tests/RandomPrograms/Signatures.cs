using E3Gen.Flow.Tests.RandomPrograms.Language;

namespace E3Gen.Flow.Tests.RandomPrograms;

/// <summary>What programs take and state.</summary>
internal static class Signatures
{
    private static readonly string[] Mixed = ["2x0e + 1x1o", "1x0e + 2x1o", "4x0e + 2x1o", "2x0o + 1x1e", "3x0e", "2x1o + 1x1e", "1x0e + 1x1o + 1x2e", "2x0e + 1x0o + 1x1o", "3x0o", "1x2e", "4x1o"];

    public static IReadOnlyList<Argument> Draw(Dice dice)
    {
        int rows = dice.Pick(2, 3, 4, 4, 5), channels = dice.Pick(2, 3, 4);
        List<Argument> arguments = [First(dice, rows, channels)];
        int others = dice.Below(4);
        for (int i = 0; i < others; i++)
        {
            arguments.Add(Other(dice, "uvwqs"[i].ToString(), rows, channels));
        }

        return arguments;
    }

    /// <summary>What is stated about a result; not the truth where that cannot be stated or should not be.</summary>
    public static StatedResult State(Dice dice, Value result, IReadOnlyList<Argument> arguments, bool isTrue)
    {
        if (isTrue && result.Nature.CanBeStated)
        {
            return State(result.Nature, (int)result.Tensor.dim());
        }

        long columns = result.Tensor.dim() == 0 ? 0 : result.Tensor.size(-1);
        List<Nature> natures = [new(Kind.Invariant)];
        if (columns > 0)
        {
            natures.Add(new Nature(Kind.Features, -1, new Irreps([new MulIrrep((int)columns, new Irrep(0, dice.Pick(-1, 1)))])));
        }

        if (columns > 0 && columns % 3 == 0)
        {
            natures.Add(new Nature(Kind.Features, -1, new Irreps([new MulIrrep((int)columns / 3, new Irrep(1, -1))])));
            natures.Add(new Nature(Kind.Features, -1, new Irreps([new MulIrrep((int)columns / 3, new Irrep(1, dice.Pick(-1, 1)))])));
        }

        if (columns == 3 && arguments.Any(a => a.IsPoints))
        {
            natures.Add(new Nature(Kind.Points));
        }

        return State(dice.PickLate(natures), (int)result.Tensor.dim());
    }

    private static StatedResult State(Nature nature, int axes) => new(
        nature.Kind switch
        {
            Kind.Points => axes == 2 ? "Positions" : $"Positions(Rows = {axes - 1})",
            Kind.Features => Argument.State(nature.Irreps!, axes - 1),
            _ => "Invariant",
        },
        nature);

    private static Argument First(Dice dice, int rows, int channels) => dice.Below(10) switch
    {
        0 or 1 => Argument.Points("points", rows),
        2 or 3 => Argument.Features("vectors", "1x1o", rows),
        4 or 5 => Argument.Features("channels", "1x1o", rows, channels),
        6 => Argument.Features("single", dice.Pick("1x1o", "1x1e", "1x0e + 1x1o")),
        _ => Argument.Features("nodes", dice.Pick(Mixed), rows),
    };

    private static Argument Other(Dice dice, string name, int rows, int channels) => dice.Below(16) switch
    {
        0 => Argument.Features(name, "1x1o", rows),
        1 => Argument.Features(name, dice.Pick(Mixed), rows),
        2 => Argument.Features(name, dice.Pick("1x1o", "1x1e"), rows, channels),
        3 => Argument.Points(name, rows),
        4 => Argument.Invariant(name, rows),
        5 => Argument.Invariant(name, rows, 1),
        6 => Argument.Invariant(name, rows, channels),
        7 => Argument.Invariant(name, rows, rows),
        8 => Argument.Invariant(name, channels),
        9 => Argument.Invariant(name),
        10 or 11 => Argument.Indexes(name, dice.Pick(rows, rows, 6), rows),
        12 => Argument.Mask(name, rows),
        13 => Argument.Mask(name, rows, 1),
        14 => Argument.Features(name, dice.Pick("1x0o", "1x0e"), rows),
        _ => Argument.Features(name, "1x1e", rows),
    };
}
