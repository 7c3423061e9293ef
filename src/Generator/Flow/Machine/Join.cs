using System.Collections.Immutable;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>
/// What is known after either of two control-flow paths. Tensors of one kind on both paths are a tensor of that kind; values that
/// differ in anything else are unknown. A value that differs gets a new identity, so components of one are never
/// identified with components of the other.
/// </summary>
/// <param name="at">Where the paths meet.</param>
/// <param name="numbers">Makes identities.</param>
internal sealed class Join(SyntaxNode at, Counter numbers)
{
    private readonly Dictionary<(int, int), Value> _pairs = [];
    private State _a = State.Empty, _b = State.Empty;
    private ImmutableDictionary<int, Content> _objects = ImmutableDictionary<int, Content>.Empty;
    private readonly HashSet<Function> _functions = [];
    private ImmutableHashSet<int> _escaped = [];

    public State Of(State? a, State? b)
    {
        if (a is null || b is null || ReferenceEquals(a, b))
        {
            return a ?? b ?? throw new ArgumentNullException(nameof(a));
        }

        Begin(a, b);
        var variables = a.Variables;
        foreach (var entry in b.Variables)
        {
            // A variable that one path has not reached is not read before it is assigned: C# sees to that.
            variables = variables.TryGetValue(entry.Key, out var value)
                ? variables.SetItem(entry.Key, Both(value, entry.Value))
                : variables.Add(entry.Key, entry.Value);
        }

        return Forgotten(a.Of(b, variables, _objects, _escaped));
    }

    /// <summary>Both states, and a value of each.</summary>
    public (State State, Value Value) Of(State a, Value x, State b, Value y)
    {
        var state = Of(a, b);
        if (ReferenceEquals(a, b))
        {
            Begin(a, b);
        }

        var value = Both(x, y);
        return (Forgotten(state.Of(state, state.Variables, _objects, _escaped)), value);
    }

    private void Begin(State a, State b)
    {
        (_a, _b) = (a, b);
        _escaped = a.Escaped.Union(b.Escaped);
        _objects = a.Objects;
        if (ReferenceEquals(a.Objects, b.Objects))
        {
            return;
        }

        foreach (var entry in b.Objects)
        {
            if (!_objects.TryGetValue(entry.Key, out var content))
            {
                _objects = _objects.Add(entry.Key, entry.Value);
            }
            else if (!ReferenceEquals(content, entry.Value))
            {
                var both = Both(content, entry.Value); // may make objects of its own
                _objects = _objects.SetItem(entry.Key, both);
            }
        }
    }

    private Content Both(Content a, Content b)
    {
        switch (a, b)
        {
            case (TensorValue x, TensorValue y):
                return Both(x, y) ?? (Content)new Lost(Ambiguous(x, y));
            case (Lost, _):
                return a;
            case (_, Lost):
                return b;
            case (Sequence x, Sequence y):
                return x.IsListed && y.IsListed && x.Elements.Length == y.Elements.Length
                    ? new Sequence([.. x.Elements.Zip(y.Elements, Both)])
                    : new Sequence([], Both(Each(x.All, _a), Each(y.All, _b)));
            case (Map x, Map y):
                bool same = x.Entries.Count == y.Entries.Count && x.Entries.Keys.All(y.Entries.ContainsKey);
                return same && x.Others is null && y.Others is null
                    ? new Map(x.Entries.ToImmutableDictionary(e => e.Key, e => Both(e.Value, y.Entries[e.Key]))) { Order = OneOrder(x, y) }
                    : new Map(ImmutableDictionary<object, Value>.Empty, Both(
                        Each(x.Entries.Values.Append(x.Others ?? Value.Null), _a),
                        Each(y.Entries.Values.Append(y.Others ?? Value.Null), _b)));
            case (Instance x, Instance y) when SymbolEqualityComparer.Default.Equals(x.Type, y.Type):
                var fields = x.Fields;
                foreach (var field in y.Fields)
                {
                    fields = fields.TryGetValue(field.Key, out var value)
                        ? fields.SetItem(field.Key, Both(value, field.Value))
                        : fields.Remove(field.Key);
                }

                return new Instance(x.Type, fields.RemoveRange(fields.Keys.Where(k => !y.Fields.ContainsKey(k))));
            default:
                return new Lost(Reasons.NotTheSame(at));
        }
    }

    private static ImmutableArray<object> OneOrder(Map a, Map b) =>
        a.Order.IsDefault || b.Order.IsDefault || !a.Order.SequenceEqual(b.Order) ? default : a.Order;

    public Value Both(Value a, Value b)
    {
        switch (a, b)
        {
            case var _ when ReferenceEquals(a, b):
                return a;
            case (Unknown x, Unknown y):
                return Unknown.Both(x, y);
            case (Unknown, _):
                Escape(b);
                return a;
            case (_, Unknown):
                Escape(a);
                return b;
            case (Data { IsNull: true }, Reference or Function or This):
                return b; // null throws where it is used, and is not returned: nothing else can come of it
            case (Reference or Function or This, Data { IsNull: true }):
                return a;
            case (Data x, Data y):
                return x == y ? a : new Data(
                    Equals(x.Constant, y.Constant) ? x.Constant : null,
                    x.Extent is { } extent && extent.Equals(y.Extent) ? extent : null,
                    x.IsNull && y.IsNull,
                    x.DType == y.DType ? x.DType : NumberKind.Unknown);
            case (Reference x, Reference y) when x.Id == y.Id:
                return a;
            case (Reference x, Reference y):
                return _pairs.TryGetValue((x.Id, y.Id), out var known) ? known : _pairs[(x.Id, y.Id)] = New(x, y);
            case (Group x, Group y) when x.Elements.Length == y.Elements.Length:
                return new Group([.. x.Elements.Zip(y.Elements, Both)]);
            case (This x, This y) when SymbolEqualityComparer.Default.Equals(x.Type, y.Type):
                bool same = Equals(x.Construction, y.Construction);
                return same || Modules(x, _a) is not { } one || Modules(y, _b) is not { } other || Choice(one, other) is not { } either
                    ? new This(
                        x.Type, x.IsExact && y.IsExact, same ? x.Construction : null, same && x.Which == y.Which ? x.Which : This.Any)
                    : either;
            case (This or Reference, This or Reference)
                when Modules(a, _a) is { } first && Modules(b, _b) is { } second && Choice(first, second) is { } choice:
                return choice;
            case (Function x, Function y) when SymbolEqualityComparer.Default.Equals(x.Method, y.Method) && x.Frame == y.Frame
                && (x.Instance is null || x.Instance == y.Instance):
                return a;
            case (IndexItem x, IndexItem y) when x == y:
                return a;
            default:
                Escape(a);
                Escape(b);
                return new Unknown(Reasons.NotTheSame(at));
        }
    }

    /// <summary>What each of several values of one path is.</summary>
    private Value Each(IEnumerable<Value> values, State path)
    {
        var (a, b) = (_a, _b);
        (_a, _b) = (path, path);
        var pairs = _pairs.ToList();
        _pairs.Clear();
        var each = values.DefaultIfEmpty(Value.Null).Aggregate(Both);
        _pairs.Clear();
        pairs.ForEach(p => _pairs.Add(p.Key, p.Value));
        (_a, _b) = (a, b);
        return each;
    }

    /// <summary>What an object holds on one path; what was made here holds the same on both.</summary>
    private Content? Find(State path, Reference reference) =>
        path.Content(reference) ?? (_objects.TryGetValue(reference.Id, out var made) ? made : null);

    private Value New(Reference x, Reference y)
    {
        if (Find(_a, x) is TensorValue tensor && Find(_b, y) is TensorValue other)
        {
            int id = numbers.Next();
            _objects = _objects.SetItem(id, Both(tensor, other) ?? (Content)new Lost(Ambiguous(tensor, other)));
            return new Reference(id);
        }

        switch (Find(_a, x), Find(_b, y))
        {
            case (Lost lost, _):
                Escape(y);
                return new Unknown(lost.Because);
            case (_, Lost lost):
                Escape(x);
                return new Unknown(lost.Because);
            case (Made a, Made b) when SymbolEqualityComparer.Default.Equals(a.Type, b.Type) && a.Parts.IsEmpty && b.Parts.IsEmpty:
                int made = numbers.Next();
                _objects = _objects.SetItem(made, new Made(
                    a.Type, a.Arguments.Where(e => b.Arguments.TryGetValue(e.Key, out var v) && v == e.Value).ToImmutableDictionary(), []));
                return new Reference(made);
        }

        if (Modules(x, _a) is { } first && Modules(y, _b) is { } second && Choice(first, second) is { } choice)
        {
            return choice;
        }

        // Either object may be meant from here on: nobody follows what is done to them.
        foreach (int id in new[] { x.Id, y.Id })
        {
            Escape(new Reference(id));
            _objects = _objects.SetItem(id, new Lost(Reasons.NotTheSame(at)));
        }

        return new Unknown(Reasons.NotTheSame(at));
    }

    /// <summary>
    /// The modules that a value may be; null if it is something else. Modules do not change, so aliases are harmless.
    /// </summary>
    private IEnumerable<Value>? Modules(Value value, State path) => value switch
    {
        This { IsExact: true, Type: var type } when FlowTypes.IsModule(type) => [value],
        Reference reference => Find(path, reference) switch
        {
            Made { Type: var made } when FlowTypes.IsModule(made) => [value],
            OneOf choice => choice.Modules,
            _ => null,
        },
        _ => null,
    };

    /// <summary>One of several modules: each of another class, or of the same with other arguments.</summary>
    private Value? Choice(IEnumerable<Value> a, IEnumerable<Value> b)
    {
        var all = a.ToList();
        foreach (var module in b)
        {
            int known = all.FindIndex(m => m == module || IsLike(m, module));
            if (known < 0)
            {
                all.Add(module);
            }
            else if (module is This one && all[known] is This other && one.Which != other.Which)
            {
                all[known] = other with { Which = This.Any };
            }
        }

        if (all.Count > OneOf.Most)
        {
            return null;
        }

        int id = numbers.Next();
        _objects = _objects.SetItem(id, new OneOf([.. all]));
        return new Reference(id);
    }

    /// <summary>Whether two modules are of one class and made of the same numbers.</summary>
    private bool IsLike(Value a, Value b) => a is This one && b is This other
        ? one.IsExact == other.IsExact && SymbolEqualityComparer.Default.Equals(one.Type, other.Type)
            && Equals(one.Construction, other.Construction)
        : a is Reference x && b is Reference y && Find(_a, x) is Made m && Find(_b, y) is Made n
            && SymbolEqualityComparer.Default.Equals(m.Type, n.Type)
            && m.Parts.IsEmpty && n.Parts.IsEmpty && m.Arguments.Count == n.Arguments.Count
            && m.Arguments.All(e => n.Arguments.TryGetValue(e.Key, out var v) && v is Data && v == e.Value);

    private void Escape(Value value)
    {
        var (a, b) = (_a.Reach([value]), _b.Reach([value]));
        _escaped = _escaped.Union(a.Objects).Union(b.Objects);
        _functions.UnionWith(a.Functions);
        _functions.UnionWith(b.Functions);
    }

    /// <summary>A function that may be meant from here on or not may be called at any time: what it assigns is not known.</summary>
    private State Forgotten(State state) => _functions.Aggregate(state, (s, f) => s.Escape(f, new Unknown(Reasons.NotTheSame(at))));

    private Finding Ambiguous(TensorValue a, TensorValue b) => Reasons.Ambiguous(at, a, b);

    /// <summary>A zero that carries what another one does, where it is as wide.</summary>
    private static TensorValue Like(TensorValue zero, TensorValue other) =>
        zero with { Axes = [.. zero.Axes.Zip(other.Axes, (z, o) => !z.Turns && o.Turns && z.Extent.Known == o.Extent.Known ? o : z)] };

    /// <summary>A tensor that is one or the other; null where they transform differently.</summary>
    public TensorValue? Both(TensorValue a, TensorValue b)
    {
        if (ReferenceEquals(a, b))
        {
            return a;
        }

        if (a.IsZero != b.IsZero)
        {
            // Zeros fit irreps of as many columns; where nobody knows how many, the tensor that is there decides.
            var (zero, other) = a.IsZero ? (a, b) : (b, a);
            if (other.Written is not null || other.Weight != 0 || zero.Axes.Length != other.Axes.Length
                || zero.HasMoreInFront != other.HasMoreInFront
                || zero.Axes.Zip(other.Axes, (z, o) => o.Turns && z.Extent.Known != o.Extent.Known).Any(wrong => wrong))
            {
                return null;
            }

            zero = zero with { Axes = [.. zero.Axes.Zip(other.Axes, (z, o) => o.Turns ? o : z)], Parity = other.Parity, IsZero = false };
            (a, b) = (zero, other);
        }

        if (a.IsZero && b.IsZero && a is { Written: null, Weight: 0, HasMoreInFront: false }
            && b is { Written: null, Weight: 0, HasMoreInFront: false } && a.Axes.Length == b.Axes.Length)
        {
            // Both are zero, and both fit what either of them was said to carry.
            (a, b) = (Like(a, b), Like(b, a));
            a = a with { Parity = a.Turns ? 1 : a.Parity };
            b = b with { Parity = a.Parity };
        }

        if (a.Parity != b.Parity || a.Origins != b.Origins || a.Written is not null || b.Written is not null)
        {
            return null;
        }

        int shared = Math.Min(a.Axes.Length, b.Axes.Length);
        bool differ = a.Axes.Length != b.Axes.Length;
        if (differ && a.Axes.Take(a.Axes.Length - shared).Concat(b.Axes.Take(b.Axes.Length - shared)).Any(x => x.Turns))
        {
            return null;
        }

        var axes = new List<Axis>();
        for (int i = shared - 1; i >= 0; i--)
        {
            var (x, y) = (a.FromLast(i)!, b.FromLast(i)!);
            if (x.Irreps != y.Irreps)
            {
                return null;
            }

            bool sameRuns = x.Runs.IsDefault ? y.Runs.IsDefault : !y.Runs.IsDefault && x.Runs.SequenceEqual(y.Runs);
            axes.Add(new Axis(x.Extent.Equals(y.Extent) ? x.Extent : Extent.Symbol(numbers.Next()), x.Irreps, sameRuns ? x.Runs : default));
        }

        return new TensorValue([.. axes], numbers.Next())
        {
            HasMoreInFront = differ || a.HasMoreInFront || b.HasMoreInFront,
            Parity = a.Parity,
            Origins = a.Origins,
            IsZero = a.IsZero && b.IsZero,
            IsBound = a.IsBound || b.IsBound || a.IsZero || b.IsZero,
            Numbers = a.Numbers == b.Numbers ? a.Numbers : NumberKind.Unknown,
            Memory = [.. a.Memory.Union(b.Memory).OrderBy(m => m)],
            From = a.From,
        };
    }
}

/// <summary>Numbers for identities, symbols and objects.</summary>
internal sealed class Counter
{
    public int Last { get; private set; }

    public int Next() => ++Last;
}
