using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow;

/// <summary>Whether two states are equal up to the numbering of objects and symbols: then a loop has reached its fixed point.</summary>
internal sealed class Same
{
    private readonly State _a, _b;
    private readonly Dictionary<int, int> _forth = [], _back = [];
    private readonly HashSet<(int, int)> _compared = [];

    private Same(State a, State b) => (_a, _b) = (a, b);

    /// <param name="a">What was known before the loop's last pass.</param>
    /// <param name="b">What is known after it.</param>
    /// <param name="older">Objects with higher numbers were made by the loop: those that nothing refers to do not count.</param>
    public static bool States(State a, State b, int older)
    {
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        var same = new Same(a, b);
        if (b.Escaped.Any(id => id <= older && !a.Escaped.Contains(id)))
        {
            return false;
        }

        return a.Variables.Count == b.Variables.Count
            && a.Variables.All(v => b.Variables.TryGetValue(v.Key, out var other) && same.Values(v.Value, other))
            && a.Objects.All(o => o.Key > older || !b.Objects.TryGetValue(o.Key, out var other) || same.Contents(o.Value, other));
    }

    private bool Values(Value a, Value b) => (a, b) switch
    {
        // What is one object in both states is compared, too: its symbols must go on standing for the same
        // numbers as those of other values.
        (Unknown, Unknown) => true,
        (Data x, Data y) => Equals(x.Constant, y.Constant) && x.IsNull == y.IsNull && x.DType == y.DType && Extents(x.Extent, y.Extent),
        (Reference x, Reference y) => !_compared.Add((x.Id, y.Id)) || (_a.Content(x) is { } c && _b.Content(y) is { } d && Contents(c, d)),
        (Group x, Group y) => x.Elements.Length == y.Elements.Length && x.Elements.Zip(y.Elements, Values).All(same => same),
        _ => a == b,
    };

    private bool Contents(Content a, Content b) => (a, b) switch
    {
        (Lost, Lost) => true,
        (TensorValue x, TensorValue y) => x.HasMoreInFront == y.HasMoreInFront && x.Parity == y.Parity && x.Origins == y.Origins
            && x.IsZero == y.IsZero && x.Numbers == y.Numbers && x.Written == y.Written && x.Memory.SequenceEqual(y.Memory)
            && x.Axes.Length == y.Axes.Length && x.Axes.Zip(y.Axes, Axes).All(same => same),
        (Sequence x, Sequence y) =>
            x.IsListed == y.IsListed && x.Elements.Length == y.Elements.Length && x.All.Zip(y.All, Values).All(same => same),
        (Map x, Map y) => x.Order.IsDefault == y.Order.IsDefault && (x.Order.IsDefault || x.Order.SequenceEqual(y.Order))
            && x.Entries.Count == y.Entries.Count && x.Entries.All(e => y.Entries.TryGetValue(e.Key, out var v) && Values(e.Value, v))
            && (x.Others is null ? y.Others is null : y.Others is not null && Values(x.Others, y.Others)),
        (Instance x, Instance y) =>
            x.Fields.Count == y.Fields.Count && x.Fields.All(e => y.Fields.TryGetValue(e.Key, out var v) && Values(e.Value, v)),
        (OneOf x, OneOf y) => x.Modules.Length == y.Modules.Length && x.Modules.Zip(y.Modules, Values).All(same => same),
        (Made x, Made y) => x.Parts.Length == y.Parts.Length && x.Parts.Zip(y.Parts, Values).All(same => same)
            && x.Arguments.Count == y.Arguments.Count
            && x.Arguments.All(e => y.Arguments.TryGetValue(e.Key, out var v) && Values(e.Value, v)),
        _ => false,
    };

    private bool Axes(Axis a, Axis b) => a.Irreps == b.Irreps && Extents(a.Extent, b.Extent)
        && (a.Runs.IsDefault ? b.Runs.IsDefault : !b.Runs.IsDefault && a.Runs.SequenceEqual(b.Runs));

    /// <summary>Symbols may have other numbers, as long as those that are the same in one state are the same in the other.</summary>
    private bool Extents(Extent? a, Extent? b)
    {
        if (a is null || b is null)
        {
            return a is null && b is null;
        }

        if (a.Known is not null || b.Known is not null)
        {
            return a.Equals(b);
        }

        if (a.Factor != b.Factor || a.Symbols.Length != b.Symbols.Length)
        {
            return false;
        }

        for (int i = 0; i < a.Symbols.Length; i++)
        {
            var (x, y) = (a.Symbols[i], b.Symbols[i]);
            bool known = _forth.TryGetValue(x, out int forth), back = _back.TryGetValue(y, out int other);
            if (!known && !back)
            {
                (_forth[x], _back[y]) = (y, x);
            }
            else if (!known || !back || forth != y || other != x)
            {
                return false;
            }
        }

        return true;
    }
}
