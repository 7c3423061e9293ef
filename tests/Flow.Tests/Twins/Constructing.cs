namespace E3Gen.Flow.Tests.Twins;

/// <summary>What constructors leave in fields.</summary>
internal static class Constructing
{
    private const string Mlp = """
        public sealed class Mlp : nn.Module<Tensor, Tensor>
        {
            private readonly Sequential _net;
            public Mlp(int input, int hidden, int output) : base("mlp") { _net = nn.Sequential(nn.Linear(input, hidden), nn.SiLU(), nn.Linear(hidden, output)); RegisterComponents(); }
            public override Tensor forward(Tensor x) => _net.call(x);
        }
        """;

    private const string Wide = "public sealed class Wide : nn.Module<Tensor, Tensor> { private readonly Linear _l; public Wide(int n) : base(\"wide\") { BODY } public override Tensor forward(Tensor x) => _l.call(x); }";

    public static IReadOnlyList<Twin> Twins { get; } =
    [
        new("the arguments of a constructor", "return _gate.call(s) * v;", "private readonly Mlp _gate = new(4, 16, ⟨1⇄3⟩);", Mlp),
        new("arguments by way of another constructor", "return _gate.call(s) * v;", "private readonly Gate _gate = new();",
            "public sealed class Gate : nn.Module<Tensor, Tensor> { private readonly Linear _l; public Gate() : this(⟨1⇄3⟩) { } public Gate(int n) : base(\"gate\") => _l = nn.Linear(4, n); public override Tensor forward(Tensor x) => _l.call(x); }"),
        new("arguments by way of a base class", "return _gate.call(s) * v;", "private readonly Gate _gate = new();",
            "public abstract class Base : nn.Module<Tensor, Tensor> { private readonly Linear _l; protected Base(int n) : base(\"base\") => _l = nn.Linear(4, n); public override Tensor forward(Tensor x) => _l.call(x); } public sealed class Gate() : Base(1);".Replace("Gate() : Base(1);", "Gate : Base { public Gate() : base(⟨1⇄3⟩) { } }")),
        new("an argument that is changed", "return _wide.call(s) * v;", "private readonly Wide _wide = new(⟨3⇄1⟩);", Wide.Replace("BODY", "n = 4 - n; _l = nn.Linear(4, n);")),
        new("a local variable", "return _wide.call(s) * v;", "private readonly Wide _wide = new(⟨1⇄3⟩);", Wide.Replace("BODY", "int width = 2 * n - 1; _l = nn.Linear(4, width);")),
        new("two modules that were made in different ways", "return _a.call(s) * v;", "private readonly Mlp _a; public Sample(bool flag) : base(\"sample\") => _a = flag ? new Mlp(4, 16, 1) : new Mlp(4, 8, ⟨1⇄3⟩);", Mlp),
        new("every constructor", "return _l.call(s) * v;", "private readonly Linear _l; public Sample() : base(\"sample\") => _l = nn.Linear(4, 1); public Sample(int n) : base(\"sample\") => _l = nn.Linear(4, ⟨1⇄n⟩);"),
        new("a field that is read before it is assigned", "return x.narrow(1, _at, ⟨12⇄13⟩).narrow(1, 0, 12).view(-1, 4, 3).mean([1]);", "private readonly int _n, _at; public Sample() : base(\"sample\") { ⟨_n = 4;⇄⟩ _at = _n; ⟨⇄_n = 4;⟩ }"),
        new("a property that a class replaces", "return _gate.call(s) * v;", "private readonly Gate _gate = new();",
            """
            public abstract class Base : nn.Module<Tensor, Tensor>
            {
                private readonly Linear _l;
                protected Base() : base("base") => _l = nn.Linear(4, N);
                public ⟨⇄virtual⟩ int N { get; } = 1;
                public override Tensor forward(Tensor x) => _l.call(x);
            }
            public sealed class Gate : Base { ⟨⇄public override int N => 3;⟩ }
            """),
        new("a list of another object", "foreach (var gate in _gates) { v = v * gate.call(s); } return v;",
            """
            private readonly List<Linear> _gates = [];
            public Sample(Sample other) : base("sample") { _gates.Add(nn.Linear(4, 1)); ⟨⇄other._gates.Add(nn.Linear(4, 3));⟩ }
            """),
        new("an unknown width in front", "return _l.call(s) * v;", "private readonly Linear _l; private readonly int _hidden; public Sample(int hidden) : base(\"sample\") { _hidden = hidden; _l = nn.Linear(this._hidden, ⟨1⇄3⟩); }"),
        new("an unknown width behind", "return _l.call(s)⟨.sum(-1, keepdim: true)⇄⟩ * v;", "private readonly Linear _l; public Sample(int hidden) : base(\"sample\") => _l = nn.Linear(4, hidden);"),
        new("tuples of fields", "return v * _b;", "private readonly Tensor _a, _b; public Sample() : base(\"sample\") { (_a, _b) = (torch.ones(3), torch.ones(⟨1⇄3⟩)); }"),
        new("modules in a list", "for (int i = 0; i < 2; i++) { v = v * _gates[i].call(s); } return v;",
            "private readonly ModuleList<Linear> _gates = new(); public Sample(int n) : base(\"sample\") { for (int i = 0; i < n; i++) { _gates.Add(nn.Linear(4, ⟨1⇄3⟩)); } RegisterComponents(); }"),
        new("modules in a list that stays", "foreach (var gate in _gates) { v = v * gate.call(s); } return v;",
            "private readonly List<Linear> _gates = []; public Sample() : base(\"sample\") { _gates.Add(nn.Linear(4, 1)); } ⟨⇄public void Grow() => _gates.Add(nn.Linear(4, 3));⟩"),
        new("a list with another name", "foreach (var gate in _gates) { v = v * gate.call(s); } return v;",
            "private readonly List<Linear> _gates, _others; public Sample() : base(\"sample\") { var list = new List<Linear> { nn.Linear(4, 1) }; _gates = list; _others = ⟨[]⇄list⟩; } public void Grow() => _others.Add(nn.Linear(4, 3));"),
        new("a list that others have seen", "foreach (var gate in _gates) { v = v * gate.call(s); } return v;",
            "private readonly List<Linear> _gates; public Sample() : base(\"sample\") { var list = new List<Linear> { nn.Linear(4, 1) }; _gates = list; ⟨⇄Shared.List = list;⟩ }",
            "public static class Shared { public static List<Linear> List = []; }"),
        new("an array that its maker changes", "return x.narrow(1, _wide.Width, 12).view(-1, 4, 3).mean([1]);", "private readonly Widths _wide; public Sample() : base(\"sample\") { var a = new[] { 4 }; _wide = new Widths(a); a[0] = ⟨4⇄5⟩; }",
            "public sealed class Widths : nn.Module<Tensor, Tensor> { private readonly int[] _a; public Widths(int[] a) : base(\"widths\") => _a = ⟨[a[0]]⇄a⟩; public int Width => _a[0]; public override Tensor forward(Tensor x) => x; }"),
        new("a weight of another shape", "return _l.call(s) * v;", "private readonly Linear _l; public Sample() : base(\"sample\") { var l = nn.Linear(4, 1); ⟨_ = l.weight⇄l.weight = nn.Parameter(torch.ones(3, 4))⟩; _l = l; }"),
        new("an accessor that runs after the constructor", "return x.narrow(1, _at, 12).view(-1, 4, 3).mean([1]);", "private readonly int _at = 4; public int At { get => _at; ⟨⇄init => _at = value;⟩ }"),
        new("a loop in the constructor", "return _net.call(s) * v;",
            "private readonly Sequential _net = Nets.Mlp(4, 16, ⟨1⇄3⟩);",
            "public static class Nets { public static Sequential Mlp(params int[] widths) { var layers = new List<(string, nn.Module<Tensor, Tensor>)>(); for (int i = 0; i + 1 < widths.Length; i++) { layers.Add(($\"l{i}\", nn.Linear(widths[i], widths[i + 1]))); if (i + 2 < widths.Length) { layers.Add(($\"a{i}\", nn.SiLU())); } } return nn.Sequential(layers); } }"),
        new("a width that is stated by a list", "return _net.call(s) * v;", "private readonly Nets _net = new(4, 8, ⟨1⇄3⟩);",
            "public sealed class Nets : nn.Module<Tensor, Tensor> { private readonly ModuleList<Linear> _layers = new(); public Nets(params int[] widths) : base(\"nets\") { for (int i = 0; i + 1 < widths.Length; i++) { _layers.Add(nn.Linear(widths[i], widths[i + 1])); } RegisterComponents(); } public override Tensor forward(Tensor x) { foreach (var layer in _layers) { x = layer.call(x); } return x; } }"),
    ];
}
