namespace E3Gen.Flow.Tests.Twins;

/// <summary>Collections, records, and values that are taken apart.</summary>
internal static class Collecting
{
    public static IReadOnlyList<Twin> Twins { get; } =
    [
        new("a dictionary in the order of its keys", "var d = new Dictionary<string, Tensor> { [⟨\"s\"⇄\"v\"⟩] = ⟨s⇄v⟩, [⟨\"v\"⇄\"s\"⟩] = ⟨v⇄s⟩ }; var all = new List<Tensor>(); foreach (var (_, t) in d) { all.Add(t); } return torch.cat(all, -1);")
        { Result = "4x0e + 1o" },
        new("a key that is replaced keeps its place", "var d = new Dictionary<int, Tensor> { [0] = v, [1] = v }; d[⟨0⇄1⟩] = s; var all = new List<Tensor>(); foreach (var pair in d) { all.Add(pair.Value); } return torch.cat(all, -1);")
        { Result = "4x0e + 1o" },
        new("values in order", "var d = new Dictionary<string, Tensor>(); d.Add(\"zz\", ⟨v⇄s⟩); d.Add(\"aa\", ⟨s⇄v⟩); return d.Values.First().narrow(-1, 0, 3);"),
        new("modules by name", "foreach (var (name, linear) in _mix) { s = linear.call(s); } return v * s;", "private readonly Dictionary<string, Linear> _mix = new() { [\"a\"] = nn.Linear(4, 8), [\"b\"] = nn.Linear(8, ⟨1⇄3⟩) };"),
        new("tuples in a field", "int at = 0; Tensor last = s; foreach (var (mul, dim) in Blocks) { last = x.narrow(1, at, mul * dim); at += mul * dim; } return last.view(-1, 4, 3).mean([1]);",
            "private static readonly (int, int)[] Blocks = [(4, 1), (4, ⟨3⇄2⟩)];"),
        new("a record that is taken apart", "var (a, b) = new Pair(⟨s, v⇄v, s⟩); return b * a.sum(-1, keepdim: true);", Types: "public sealed record Pair(Tensor First, Tensor Second);"),
        new("a record with a property of its own", "var (a, b) = new Pair(s, v); return b * a.mean([-1], keepdim: true);",
            Types: "public sealed record Pair(Tensor First, Tensor Second) { public Tensor Second { get; init; } = ⟨Second⇄Second.relu()⟩; }"),
        new("a Deconstruct by hand", "var (a, b) = new Pair { A = s, B = v }; return b * a.mean([-1], keepdim: true);",
            Types: "public sealed class Pair { public Tensor A = null!, B = null!; public void Deconstruct(out Tensor a, out Tensor b) { a = A; b = ⟨B⇄B.abs()⟩; } }"),
        new("a number that is taken apart", "var (a, b) = ⟨(5, 6)⇄5⟩; return v * (a + b);",
            Types: "public static class Numbers { public static void Deconstruct(this int x, out int a, out int b) { a = Random.Shared.Next(); b = x; } }"),
        new("parts that are converted", "⟨Bent a = v;⇄(Bent a, int b) = (v, 1);⟩ return a.Value;",
            Types: "public readonly struct Bent(Tensor value) { public Tensor Value { get; } = value; public static implicit operator Bent(Tensor t) => new(t⟨⇄.relu()⟩); }"),
        new("taken apart within each other", "var ((a, b), c) = (new Pair(s, v), s); return ⟨b * c.mean([-1], keepdim: true)⇄b.mul(c.narrow(-1, 0, 3))⟩;", Types: "public sealed record Pair(Tensor First, Tensor Second);"),
        new("a record with another member", "var p = new Pair(s, v); var q = p with { Second = p.Second ⟨* 2⇄+ 2⟩ }; return q.Second + p.Second;", Types: "public sealed record Pair(Tensor First, Tensor Second);"),
        new("a struct with another member", "var p = new Pair(s, v); return p.Map(t => ⟨t * 2⇄t.relu()⟩).Second;",
            Types: "public readonly record struct Pair(Tensor First, Tensor Second) { public Pair Map(Func<Tensor, Tensor> f) => this with { Second = f(Second) }; }"),
        new("a copy that is one", "var p = new Pair(s, v); var q = p with { First = s }; return q.Second;",
            Types: "public sealed record Pair(Tensor First, Tensor Second) { ⟨⇄private Pair(Pair other) { First = other.First; Second = other.Second.relu(); }⟩ }"),
        new("a method of a module as a value", "return Residual(v, _inner.call);", "private readonly Inner _inner = new(); private static Tensor Residual(Tensor x, Func<Tensor, Tensor> f) => x + f(x);",
            "public sealed class Inner : nn.Module<Tensor, Tensor> { public Inner() : base(\"inner\") { } public override Tensor forward(Tensor x) => ⟨x * 2⇄x.relu()⟩; }"),
        new("an array without new", "return Scales.Select(k => ⟨v * k⇄v + k⟩).Aggregate((a, b) => a + b);", "private static readonly double[] Scales = { 1.0, 2.0 };"),
    ];
}
