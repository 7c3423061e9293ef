namespace E3Gen.Flow.Tests.Twins;

/// <summary>One of several modules, and functions in fields.</summary>
internal static class Choosing
{
    private const string Odd = "var odd = torch.linalg.cross(v, x.narrow(1, 4, 3)).mul(v).sum(-1, keepdim: true); ";

    public static IReadOnlyList<Twin> Twins { get; } =
    [
        new("either of two modules", "return _act.call(⟨s⇄v⟩).sum(-1, keepdim: true) * v;", "private readonly nn.Module<Tensor, Tensor> _act = Environment.ProcessorCount > 3 ? nn.SiLU() : nn.GELU();"),
        new("either of two odd functions", Odd + "return _act.call(odd) * v;",
            "private readonly nn.Module<Tensor, Tensor> _act; public Sample(bool soft) : base(\"sample\") => _act = soft ? nn.Softsign() : ⟨nn.Tanh()⇄nn.ReLU()⟩;") { Result = "1e" },
        new("by a switch", "return _act.call(s).mean([-1], keepdim: true) * v;",
            "private readonly nn.Module<Tensor, Tensor> _act; public Sample(string name = \"silu\") : base(\"sample\") => _act = name switch { \"silu\" => nn.SiLU(), \"none\" => nn.Identity(), _ => ⟨throw new ArgumentException(name)⇄nn.Dropout(0.5)⟩ };"),
        new("by a helper that knows the name", "return _act.call(s).mean([-1], keepdim: true) * v;",
            "private readonly nn.Module<Tensor, Tensor> _act = Pick(⟨\"silu\"⇄\"drop\"⟩); private static nn.Module<Tensor, Tensor> Pick(string name) => name == \"drop\" ? nn.Dropout(0.5) : nn.SiLU();"),
        new("or a module of the user's own", "return _act.call(s).mean([-1], keepdim: true) * v;",
            "private readonly nn.Module<Tensor, Tensor> _act; public Sample(bool own) : base(\"sample\") => _act = own ? new Swish() : nn.SiLU();",
            "public sealed class Swish : nn.Module<Tensor, Tensor> { public Swish() : base(\"swish\") { } public override Tensor forward(Tensor x) => x * ⟨torch.sigmoid(x)⇄torch.rand_like(x)⟩; }"),
        new("in a sequence", "return _net.call(s) * v;",
            "private readonly Sequential _net; public Sample(bool soft) : base(\"sample\") => _net = nn.Sequential(nn.Linear(4, 8), soft ? nn.SiLU() : nn.GELU(), nn.Linear(8, ⟨1⇄3⟩));"),
        new("of two widths", "return _l.call(s) * v;", "private readonly Linear _l; public Sample(bool wide) : base(\"sample\") { if (wide) { _l = nn.Linear(4, ⟨1⇄3⟩); } else { _l = nn.Linear(4, 1, hasBias: false); } }"),
        new("a module or nothing", "return _l is null ? v : _l.call(s) * v;", "private readonly Linear? _l; public Sample(bool gate) : base(\"sample\") => _l = gate ? nn.Linear(4, ⟨1⇄3⟩) : null;"),
        new("a function in a field", "return _act(⟨s⇄v⟩).sum(-1, keepdim: true) * v;", "private readonly Func<Tensor, Tensor> _act = static t => t * torch.sigmoid(t);"),
        new("a function that stays", "return _act(s).mean([-1], keepdim: true) * v;", "private ⟨readonly⇄⟩ Func<Tensor, Tensor> _act = t => t.tanh(); ⟨⇄public void Set(Func<Tensor, Tensor> act) => _act = act;⟩"),
        new("a function that nobody else sets", "return Act(s).mean([-1], keepdim: true) * v;", "⟨private⇄public⟩ Func<Tensor, Tensor> Act { get; ⟨⇄set;⟩ } = t => t.tanh();"),
        new("a function of the object itself", "return _act(v);",
            """
            private readonly Func<Tensor, Tensor> _act;
            private bool _acts = false;
            public Sample() : base("sample") => _act = ⟨static t => t * 2⇄Own⟩;
            public void Begin() => _acts = true;
            private Tensor Own(Tensor t) => _acts ? t.relu() : t;
            """),
        new("a function that a module is made with", "return _own.call(v);", "private readonly Own _own = new(t => ⟨t * 2⇄t.relu()⟩);",
            "public sealed class Own : nn.Module<Tensor, Tensor> { private readonly Func<Tensor, Tensor> _f; public Own(Func<Tensor, Tensor> f) : base(\"own\") => _f = f; public override Tensor forward(Tensor x) => _f(x); }"),
    ];
}
