using E3Gen.Generator.Flow;
using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Contracts;

internal enum ContractKind
{
    /// <summary>The last axis carries irreps.</summary>
    Irreps,

    /// <summary>Nothing in it depends on the frame.</summary>
    Invariant,

    /// <summary>Points.</summary>
    Positions,
}

/// <summary>What a declaration states of a tensor.</summary>
/// <param name="Kind">Which statement it is.</param>
/// <param name="Irreps">The irreps; 1o for positions.</param>
/// <param name="Rows">Number of axes before the last, or of all axes of an invariant; null: any number.</param>
/// <param name="IsWidthChecked">Whether the number of columns is checked when the program runs, as generated operations do.</param>
internal sealed record Contract(ContractKind Kind, Irreps Irreps, int? Rows, bool IsWidthChecked = false)
{
    private readonly Irreps _simple = Irreps.RemoveZeroMultiplicities().Simplify();

    public static Contract Invariant { get; } = new(ContractKind.Invariant, Irreps.Empty, null);

    public static Contract Positions(int rows) => new(ContractKind.Positions, new Irrep(1, -1), rows);

    /// <summary>What a tensor lacks to be what is stated; null where it is.</summary>
    public BrokenPromise? Broken(TensorValue x)
    {
        if (Kind == ContractKind.Invariant)
        {
            return !x.IsInvariant ? new("it depends on the frame", IsMistake: true)
                : Rows is not { } axes || (!x.HasMoreInFront && x.Axes.Length == axes) ? null
                : x.HasMoreInFront ? new("has a number of axes that is not known", $"make its shape known, or state it without Axes")
                : new($"has {Axes(x.Axes.Length)}, but {axes} {(axes == 1 ? "is" : "are")} stated",
                    $"state it with Axes = {x.Axes.Length}, or reshape it");
        }

        double weight = Kind == ContractKind.Positions ? 1 : 0;
        if (x.Weight != weight)
        {
            string why = weight == 0
                ? "it moves with the origin; only differences of positions are vectors"
                : "it does not move with the origin: a position plus a vector is a position";
            return x.Weight == 0 && x.IsZero ? new("the origin is no invariant point") : new(why, IsMistake: true);
        }

        if (Rows is { } rows && (x.HasMoreInFront || x.Axes.Length != rows + 1))
        {
            return x.HasMoreInFront
                ? new("has a number of axes that is not known", "state with [Irreps(\"…\")] what it is made of, or make its shape known")
                : new($"has {Axes(x.Axes.Length - 1)} before its last, but {rows} {(rows == 1 ? "is" : "are")} stated",
                    $"state it with Rows = {Math.Max(0, x.Axes.Length - 1)}, or reshape it");
        }

        if (x.Axes.Length == 0)
        {
            return new("has axes that are not known", "make its shape known, or state the result with .AssumeIrreps(\"…\")");
        }

        var last = x.Axes[x.Axes.Length - 1];
        if (x.Axes.Take(x.Axes.Length - 1).Any(a => a.Turns) || x.Written is not null)
        {
            return new("its irreps do not lie along its last axis alone", IsMistake: false);
        }

        if (last.Irreps is { } irreps)
        {
            return irreps == _simple ? null : new(Difference.Describe(Irreps, irreps), IsMistake: true);
        }

        if (last.Extent.Known is not { } columns)
        {
            bool scalars = _simple.All(e => e.Irrep.L == 0 && e.Irrep.Parity == x.Parity) || x.IsZero;
            const string Way = "make its shape known, or state the result with .AssumeIrreps(\"…\")";
            return scalars && IsWidthChecked ? null
                : scalars ? new("has a number of columns that is not known", Way)
                : new($"it is {x}", IsMistake: true);
        }

        if (columns != Irreps.Dim)
        {
            return new(columns is > 0 and < int.MaxValue
                ? Difference.Describe(Irreps, new Irreps([new MulIrrep((int)columns, new Irrep(0, x.Parity))]))
                : $"it has {columns} columns", IsMistake: true);
        }

        return x.IsZero || _simple.All(e => e.Irrep.L == 0 && e.Irrep.Parity == x.Parity)
            ? null
            : new(Difference.Describe(Irreps, new Irreps([new MulIrrep((int)columns, new Irrep(0, x.Parity))])), IsMistake: true);
    }

    private static string Axes(int count) => count == 1 ? "1 axis" : $"{count} axes";

    public override string ToString() => Kind switch
    {
        ContractKind.Invariant => "an invariant",
        ContractKind.Positions => "positions",
        _ => Irreps.ToString(),
    };

    public bool Equals(Contract? other) => other is not null && Kind == other.Kind && _simple == other._simple && Rows == other.Rows;

    public override int GetHashCode() => Irreps.Dim;
}

/// <summary>Why a tensor is not what is stated.</summary>
/// <param name="Why">What is known of it, or not known.</param>
/// <param name="Way">What to do.</param>
/// <param name="IsMistake">Whether it is known to be something else.</param>
internal sealed record BrokenPromise(string Why, string? Way = null, bool IsMistake = false);
