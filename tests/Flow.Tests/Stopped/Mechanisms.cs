namespace E3Gen.Flow.Tests.Stopped;

/// <summary>Code that seems to be one thing and is another, each beside a twin that is what it seems to be.</summary>
public static class Mechanisms
{
    private const string Relu = "E3G0501", Unfollowed = "E3G0510", Bias = "E3G0503";

    private const string Hiding = """
        public class Outer : nn.Module<Tensor, Tensor> { public Outer() : base("O") { } public override Tensor forward(Tensor x) => x.relu(); }
        public class Hides : Outer { public new virtual Tensor forward(Tensor x) => x; }
        public class Right : nn.Module<Tensor, Tensor> { public Right() : base("R") { } public override Tensor forward(Tensor x) => x; }
        public sealed class HidesRight : Right { public new Tensor forward(Tensor x) => x.relu(); }
        public sealed class HidesCall : Right { public new Tensor call(Tensor x) => x.relu(); }
        public sealed class Overrides : Outer { public override Tensor forward(Tensor x) => x; }
        """;

    private const string Bag = """
        public sealed class Bag : IEnumerable<Tensor>
        {
            private readonly List<Tensor> _list = [];
            public Tensor this[int i] => _list[i];
            public void Add(Tensor t) => _list.Add(t.relu());
            public IEnumerator<Tensor> GetEnumerator() => _list.GetEnumerator();
            IEnumerator IEnumerable.GetEnumerator() => _list.GetEnumerator();
        }
        """;

    private const string Store = "[Irreps(\"1o\")] public static Tensor C = torch.zeros(1, 3);";

    public static IReadOnlyList<Mechanism> All { get; } =
        [.. Hidden, .. Hooks, .. Changes, .. Constants, .. Collections, .. Names, .. Unmarked, .. Generated, .. Records, .. Entries];

    private static Mechanism[] Hidden =>
    [
        new("a part whose forward is hidden", "=> _m.call(x);", "private readonly Sequential _m = nn.Sequential(new Hides());", Hiding, Relu),
        new("a call of a forward that hides another", "=> _m.forward(x);", "private readonly HidesRight _m = new();", Hiding, Relu),
        new("a call that runs what is hidden", "=> _m.call(x);", "private readonly Hides _m = new();", Hiding, Relu),
        new("a call that hides another", "=> _m.call(x);", "private readonly HidesCall _m = new();", Hiding, Relu),
        new("a call of the forward that hides", "=> _m.forward(x);", "private readonly Hides _m = new();", Hiding),
        new("a call that runs an override", "=> _m.call(x) + _s.call(x);", "private readonly Overrides _m = new(); private readonly Sequential _s = nn.Sequential(new Overrides());", Hiding),
    ];

    private static Mechanism[] Hooks =>
    [
        new("a module that hooks itself", "=> _m.call(x);", "private readonly C _m = new();", "public sealed class C : nn.Module<Tensor, Tensor> { public C() : base(\"C\") { register_forward_hook((m, i, o) => o.relu()); } public override Tensor forward(Tensor x) => x; }", Unfollowed),
        new("a module whose base hooks itself", "=> _m.call(x);", "private readonly C _m = new();", "public class B : nn.Module<Tensor, Tensor> { public B() : base(\"B\") { register_forward_hook((m, i, o) => o.relu()); } public override Tensor forward(Tensor x) => x; } public sealed class C : B;", Unfollowed),
        new("a module that another class hooks", "=> _m.call(x);", "private readonly Identity _m = nn.Identity();", "public static class Hooks { public static void On(nn.Module<Tensor, Tensor> m) => m.register_forward_hook((n, a, o) => o.relu()); }", Unfollowed),
        new("a part that another class hooks", "=> _m.call(x);", "private readonly Sequential _m = nn.Sequential(nn.Identity());", "public static class Hooks { public static void On(Identity m) => m.register_forward_hook((n, a, o) => o.relu()); }", "E3G0510"),
        new("a hook that the module's owner hangs", "=> _m.call(x.t()).t();", "private readonly Linear _m = nn.Linear(4, 4, hasBias: false); public Sample() : base(\"S\") { _m.register_forward_hook((m, i, o) => o.relu()); }", "", Unfollowed),
        new("hooks on modules of another class", "=> _m.call(x);", "private readonly Identity _m = nn.Identity();", "public static class Hooks { public static void On(ReLU m) => m.register_forward_hook((n, a, o) => o.relu()); }"),
    ];

    private static Mechanism[] Changes =>
    [
        new("a bias that is set through an element", "=> _m[0].call(x.t()).t();", "private readonly Linear[] _m = [nn.Linear(4, 4, hasBias: false)]; public Sample() : base(\"S\") { foreach (var l in _m) { l.bias = new Parameter(torch.ones(4)); } }", "", Bias),
        new("a bias that the constructor sets", "=> _m.call(x.t()).t();", "private readonly Linear _m = nn.Linear(4, 4, hasBias: false); public Sample() : base(\"S\") { _m.bias = new Parameter(torch.ones(4)); }", "", Bias),
        new("a bias that is set by apply", "=> _m.call(x.t()).t();", "private readonly Linear _m = nn.Linear(4, 4, hasBias: false); public Sample() : base(\"S\") => apply(m => { if (m is Linear l) { l.bias = new Parameter(torch.ones(4)); } });", "", Bias),
        new("a part that is added elsewhere", "=> _m.call(x);", "private readonly Sequential _m = nn.Sequential(nn.Identity());", "public static class Adds { public static void To(nn.Module m) { foreach (var c in m.children()) { if (c is Sequential s) { s.append(nn.ReLU()); } } } }", "E3G0508"),
        new("numbers of an inner array", "{ var o = _o[0]; return x.permute(o) * 1.0; }", "private readonly long[][] _o = [[0, 1]]; public Sample() : base(\"S\") { var r = _o[0]; r[0] = 1; r[1] = 0; }", "", "E3G0508"),
        new("modules and numbers that are only read", "{ foreach (var l in _m) { x = l.call(x.t()).t(); } return _m.Aggregate(x, (y, l) => l.call(y.t()).t()) * _n[0][1]; }", "private readonly Linear[] _m = [nn.Linear(4, 4, hasBias: false)]; private readonly int[][] _n = [[1, 2]];"),
    ];

    private static Mechanism[] Constants =>
    [
        new("a static field that reads a later one", "=> A ? x : x.relu();", "private static readonly bool A = B; private static readonly bool B = true;", "", Relu),
        new("a static field that code reads before it is set", "=> H.K ? x : x.relu();", "", "public static class H { private static readonly bool _a = B(); private static bool B() => _k; private static readonly bool _k = true; public static bool K => _a; }", Relu),
        new("a static property that reads a later one", "=> K ? x : x.relu();", "private static bool K { get; } = L; private static bool L { get; } = true;", "", Relu),
        new("a constructor that returns early", "=> _k ? x : x.relu();", "private readonly bool _k; public Sample() : base(\"S\") { if (Environment.ProcessorCount > 0) { return; } _k = true; }", "", Relu),
        new("a field of each thread", "=> K ? x : x.relu();", "[ThreadStatic] private static bool K = true;", "", Relu),
        new("a struct without its constructor", "=> new S().K ? x : x.relu();", "", "public readonly record struct S(int N) { public bool K { get; } = true; }", "E3G0513"),
        new("a method of a struct, which may be all zeros", "=> x;", "", "public readonly struct S { public S(int k) { } private bool K { get; } = true; [return: Irreps(\"1o\")] public Tensor Of([Irreps(\"1o\")] Tensor x) => K ? x : x.relu(); }", Relu),
        new("constants that are set first", "=> A && B && _k ? x : x.relu();", "private const bool C = true; private static readonly bool A = C; private static bool B { get; } = A; private readonly bool _k; public Sample() : base(\"S\") { _k = true; }"),
    ];

    private static Mechanism[] Collections =>
    [
        new("a set that sorts its elements", "{ SortedSet<int> s = [1, 0]; return x * x.norm(s.First(), true, 2f); }", Id: Unfollowed),
        new("a collection of the user's", "{ Bag b = [x]; return b[0]; }", "", Bag, Unfollowed),
        new("params of a collection of the user's", "=> First(x);", "private static Tensor First(params Bag b) => b[0];", Bag, Unfollowed),
        new("an immutable array", "{ ImmutableArray<Tensor> a = [x.cos(), x]; a.RemoveAt(0); return a[0]; }", Id: Unfollowed),
        new("an extension that is called like a method of lists", "{ List<Tensor> l = [x]; l.Clear(1); return l[0]; }", "", "public static class Extensions { extension(List<Tensor> l) { public void Clear(int k) => l[k - 1] = l[0].relu(); } }", Relu),
        new("arrays, lists and spans", "{ Tensor[] a = [x]; List<Tensor> l = [.. a, x]; ReadOnlySpan<Tensor> s = [x, x]; IReadOnlyList<Tensor> r = [x]; ImmutableArray<Tensor> i = [x]; return a[0] + l[1] + s[1] + r[0] + i[0]; }"),
    ];

    private static Mechanism[] Names =>
    [
        new("a module in a namespace called TorchSharp", "=> _m.call(x);", "private readonly TorchSharp.Mine.Identity _m = new();", "namespace TorchSharp.Mine { public sealed class Identity : nn.Module<Tensor, Tensor> { public Identity() : base(\"i\") { } public override Tensor forward(Tensor x) => x.relu(); } }", Relu),
        new("a function in a namespace called TorchSharp", "=> TorchSharp.Mine.torch.clone(x);", "", "namespace TorchSharp.Mine { public static class torch { public static Tensor clone(Tensor input) => input.relu(); } }", Relu),
        new("a function in a namespace called System", "{ var h = x.clone(); System.Mine.Debug.Note(h); return h; }", "", "namespace System.Mine { public static class Debug { public static void Note(Tensor t) => t.fill_(1); } }", "E3G0402"),
        new("a conversion in a namespace called System", "{ Lab.System.W w = x; Tensor r = w; return r; }", "", "namespace Lab.System { public sealed class W(Tensor t) { public readonly Tensor V = t; public static implicit operator W(Tensor t) => new(t.relu()); public static implicit operator Tensor(W w) => w.V; } }", Relu),
        new("a class called List", "=> Of(new(x));", "[return: Irreps(\"1o\")] private static Tensor Of([Irreps(\"1o\")] Mine.List<Tensor> list) => list[0];", "namespace Mine { public sealed class List<U>(Tensor t) { public Tensor this[int i] => t.relu(); } }", Unfollowed),
        new("a class called like the one of assumptions", "=> Mine.IrrepsAssumption.AssumeIrreps(x, \"1o\");", "", "namespace Mine { public static class IrrepsAssumption { public static Tensor AssumeIrreps(Tensor x, string irreps) => x.relu(); } }", Relu),
    ];

    private static Mechanism[] Unmarked =>
    [
        new("a jump before a stated field is set", "{ H.Set(x); return H.C; }", "", $"public static class H {{ {Store} public static void Set([Irreps(\"1o\")] Tensor t) {{ goto a; a: C = t.relu(); }} }}", Unfollowed),
        new("another name for a stated field", "{ H.Set(x); return H.C; }", "", $"public static class H {{ {Store} public static void Set(Tensor t) {{ ref Tensor r = ref C; r = t.relu(); }} }}", Unfollowed),
        new("an iterator that sets a stated field", "{ H.Set(x); return H.C; }", "", $"public static class H {{ {Store} public static void Set([Irreps(\"1o\")] Tensor t) {{ foreach (int k in Run(t)) {{ }} }} private static IEnumerable<int> Run(Tensor t) {{ yield return 1; C = t.relu(); }} }}", Unfollowed),
        new("a jump in what a method calls", "{ var h = x.clone(); H.Set(h); return h; }", "", "public static class H { public static void Set([Irreps(\"1o\")] Tensor t) => Inner(t); private static void Inner(Tensor t) { goto a; a: t.fill_(1); } }", Unfollowed),
        new("recursion that writes to an argument", "{ var h = x.clone(); H.Set(h); return h; }", "", "public static class H { public static void Set([Irreps(\"1o\")] Tensor t) => Inner(t, 1); private static void Inner(Tensor t, int n) { if (n > 0) { Inner(t, n - 1); } else { t.fill_(1); } } }", Unfollowed),
        new("an override that writes to an argument", "{ var h = x.clone(); H.Set(h, new Writing()); return h; }", "", "public static class H { public static void Set([Irreps(\"1o\")] Tensor t, Step s) => s.Do(t); } public class Step { public virtual void Do(Tensor t) { } } public class Writing : Step { public override void Do(Tensor t) => t.fill_(1); }", Unfollowed),
        new("a function that writes to an argument", "{ var h = x.clone(); H.Set(h, t => t.fill_(1)); return h; }", "", "public static class H { public static void Set([Irreps(\"1o\")] Tensor t, Action<Tensor> s) => s(t); }", Unfollowed),
        new("an iterator that writes to an argument", "{ var h = x.clone(); H.Set(h); return h; }", "", "public static class H { public static void Set([Irreps(\"1o\")] Tensor t) { foreach (int n in Run(t)) { } } private static IEnumerable<int> Run(Tensor t) { t.fill_(1); yield return 1; } }", Unfollowed),
        new("recursion that writes nothing", "=> H.Of(x, 3).AssumeIrreps(\"1o\");", "", "public static class H { public static Tensor Of(Tensor t, int n) => n > 0 ? Of(t + t, n - 1) : t; }"),
        new("a jump in a class that breaks nothing", "=> x;", "", "public static class H { public static IEnumerable<Tensor> Run(Sample m, Tensor x) { for (;;) { yield return m.call(x); } } public static void Go(Sample m, Tensor x) { again: m.call(x); goto again; } }"),
    ];

    private static Mechanism[] Generated =>
    [
        new("a helper in a generated file", "=> H.Of(x);", Id: Relu, File: "// <auto-generated/>\nusing E3Gen; using static TorchSharp.torch; public static class H { [return: Irreps(\"1o\")] public static Tensor Of([Irreps(\"1o\")] Tensor t) => t.relu(); }"),
        new("a helper that says to be ours", "=> H.Of(x);", "", "public static class H { [System.CodeDom.Compiler.GeneratedCode(\"E3Gen\", \"1\")] [return: Irreps(\"1o\")] public static Tensor Of([Irreps(\"1o\")] Tensor t) => t.relu(); }", Relu),
        new("a helper that says to be another generator's", "=> H.Of(x);", "", "[System.CodeDom.Compiler.GeneratedCode(\"Other\", \"1\")] public static class H { [return: Irreps(\"1o\")] public static Tensor Of([Irreps(\"1o\")] Tensor t) => t.relu(); }", Relu),
        new("a right helper in a generated file", "=> H.Of(x);", File: "// <auto-generated/>\nusing E3Gen; using static TorchSharp.torch; public static class H { [return: Irreps(\"1o\")] public static Tensor Of([Irreps(\"1o\")] Tensor t) => t * 2; }"),
    ];

    private static Mechanism[] Records =>
    [
        new("a record whose interface states", "=> new R(x.relu()).V;", "", "public interface IHas { [Irreps(\"1o\")] Tensor V { get; } } public sealed record R(Tensor V) : IHas;", Relu),
        new("a record whose property states", "=> new R(x.relu()).V;", "", "public sealed record R([property: Irreps(\"1o\")] Tensor V);", Relu),
        new("a record that states two things", "=> x;", "", "public sealed record R([Irreps(\"1o\")] [property: Irreps(\"3x0e\")] Tensor V);", "E3G0405"),
        new("what a base's constructor gets", "=> new D(x).V;", "", "public class B { [Irreps(\"1o\")] public Tensor V { get; } public B([Irreps(\"1o\")] Tensor v) { V = v; } } public sealed class D(Tensor w) : B(w.relu());", Unfollowed),
        new("what another constructor gets", "=> new B(x, 1).V;", "", "public class B { [Irreps(\"1o\")] public Tensor V { get; } public B([Irreps(\"1o\")] Tensor v) { V = v; } public B(Tensor v, int k) : this(v.relu()) { } }", Unfollowed),
        new("records and bases that get what they state", "=> new R(x).V + new S(x).V + new D(x).V;", "", "public interface IHas { [Irreps(\"1o\")] Tensor V { get; } } public sealed record R(Tensor V) : IHas; public record S([Irreps(\"1o\")] Tensor V); public sealed record D([Irreps(\"1o\")] Tensor W) : S(W);"),
    ];

    private static Mechanism[] Entries =>
    [
        new("an internal method", "=> x;", "internal Tensor Of([Irreps(\"1o\")] Tensor t) => t.relu(); internal Tensor Other(Tensor t) => t.relu();", "", Relu),
        new("an out parameter", "=> x;", "public void Of([Irreps(\"1o\")] Tensor t, bool k, out Tensor y) { y = t; if (k) { return; } y = t.relu(); }", "", Relu),
        new("a function that is handed out", "=> x;", "public Func<Tensor> Of([Irreps(\"1o\")] Tensor t) => () => t.relu();", "", Unfollowed),
        new("a stated result of an operation", "=> x;", "[Linear(\"1o\", \"2x1o\")] private partial Tensor Up(Tensor t); [return: Irreps(\"2x1o\")] public Tensor Of(Tensor t) => Up(t);"),
        new("a stated result of an operation on more axes", "=> x;", "[Linear(\"1o\", \"2x1o\")] private partial Tensor Up(Tensor t); [return: Irreps(\"2x1o\")] public Tensor Of(Tensor t) => Up(t); public Tensor Twice([Irreps(\"1o\")] Tensor t) => Of(t.unsqueeze(0));", "", Unfollowed),
        new("an internal method with an out parameter", "=> x;", "internal void Of([Irreps(\"1o\")] Tensor t, out Tensor y) => y = t * 2;"),
    ];
}
