namespace E3Gen.Flow.Tests.Stopped;

/// <summary>What is not proven of functions that others hold on to, and of what is computed late.</summary>
public static partial class Stops
{
    private const string Held = "[Irreps(\"1o\")] private Tensor _held = torch.zeros(1, 3); ";

    private static Stop[] Given =>
    [
        Stop.Vector("a dictionary that begins as a collection expression",
            "{ Dictionary<string, Tensor> d = [|[]|]; d[\"a\"] = y; return d[\"a\"]; }", "E3G0510", "makes a collection that is not followed"),
        Stop.Vector("a collection of the user's own, by a collection expression", "{ Bag b = [|[x]|]; return b[0]; }", "E3G0510", "",
            types:
            """
            public sealed class Bag : System.Collections.IEnumerable
            {
                private readonly List<Tensor> _all = new();
                public Tensor this[int i] => _all[i];
                public void Add(Tensor t) => _all.Add(t.relu());
                public System.Collections.IEnumerator GetEnumerator() => _all.GetEnumerator();
            }
            """),
        Stop.Vector("a method of the base class as a delegate", "=> [|_inner.Twice(x)|];", "E3G0510", "a method of the base class as a delegate",
            "private readonly Derived _inner = new();",
            """
            public abstract class Origin { public virtual Tensor Act(Tensor t) => t.relu(); }
            public sealed class Derived : Origin
            {
                public override Tensor Act(Tensor t) => t;
                public Tensor Twice(Tensor t) { Func<Tensor, Tensor> f = base.Act; return f(t); }
            }
            """),
        Stop.Vector("a variable that is assigned after a function of others got it",
            "{ Tensor h = x; var lazy = new Lazy<int>(() => { h = y; return 0; }); [|h = _held;|] _ = lazy.Value; return h; }",
            "E3G0510", "", Held),
        Stop.Vector("a variable that is assigned after functions were put together",
            "{ Tensor h = x; Action a = () => { }; a += () => { h = y; }; [|h = _held;|] a(); return h; }", "E3G0510", "", Held),
        Stop.Vector("a variable that is assigned after a field got a function of it",
            "{ Tensor h = x; _act = () => { h = y; }; [|h = _held;|] Run(); return h; }", "E3G0510", "",
            Held + "private Action? _act; private void Run() => _act!();"),
        Stop.Vector("a flag that a function sets, in a function that others get",
            "{ bool k = false; Action a = () => { k = true; }; Task.Run(() => a()).Wait(); return [|k|] ? -_held : _held; }",
            "E3G0513", "decides what happens here", Held),
        Stop.Vector("a flag that a function sets, in an array that others get",
            "{ bool k = false; Parallel.Invoke(() => { k = true; }); return [|k|] ? -_held : _held; }", "E3G0513", "decides what happens here", Held),
        Stop.Vector("a flag that a function sets, in a list that others go through",
            """
            {
                bool k = false;
                var l = new List<Action> { () => { k = true; } };
                l.RemoveAll(a => { a(); return false; });
                return [|k|] ? -_held : _held;
            }
            """,
            "E3G0513", "decides what happens here", Held),
        Stop.Vector("a flag that either of two functions sets",
            "{ bool k = false; Action a = _kind > 5 ? () => { } : () => { k = true; }; a(); return [|k|] ? -_held : _held; }",
            "E3G0513", "decides what happens here", Held + "private readonly int _kind = int.Parse(\"1\");"),
        Stop.Vector("a variable that a function of a loop variable assigns",
            "{ Tensor h = x; foreach (int i in new[] { 1 }) { Action a = () => { h = y * i; }; a(); } return [|h|]; }", "E3G0402", "3x0e"),
        Stop.Vector("local functions that keep the variable of a loop",
            """
            {
                Tensor h = x;
                var l = new List<Action>();
                foreach (var t in new[] { y, x }) { void Set() [|{ h = t; }|] l.Add(Set); }
                l[0]();
                return h;
            }
            """,
            "E3G0510", "keeps a variable of a loop"),
        Stop.Vector("functions of a loop variable that a method keeps",
            "{ var l = new List<Func<Tensor>>(); foreach (var t in new[] { y, x }) { Keep(l, () => [|t|]); } return l[0](); }",
            "E3G0510", "keeps a variable of a loop",
            "private static void Keep(List<Func<Tensor>> l, Func<Tensor> f) => l.Add(f);"),
        Stop.Vector("a sequence of a member that is exchanged later",
            "{ var b = new Box(x); var q = new[] { 1 }.Select(_ => b.V); b.V = [|y|]; return q.First(); }", "E3G0510", "",
            types: "public sealed class Box(Tensor v) { public Tensor V = v; }"),
        Stop.Vector("a sequence of an element that is exchanged later",
            "{ List<Tensor> l = [x]; var q = new[] { 1 }.Select(_ => l[0]); l[0] = [|y|]; return q.First(); }", "E3G0510", ""),
        Stop.Vector("a sequence whose function hides a write",
            "{ var h = y.clone(); var q = [|new[] { x }.Select(t => Put(h, t))|]; return h; }", "E3G0510", "",
            "private static Tensor Put(Tensor h, Tensor t) { h.copy_(t); return t; }"),
        Stop.Vector("a flag that a constructor sets by reference",
            "{ bool acts = false; _ = new Setter(ref acts); return [|acts|] ? -x : x; }", "E3G0513", "decides what happens here",
            types: "public sealed class Setter { public Setter(ref bool b) => b = true; }"),
        Stop.Vector("modules of an abstract class that a constructor fills a list with", "{ foreach (var l in _all) { x = [|l.call(x)|]; } return x; }",
            "E3G0501", "'ReLU'",
            """
            private readonly ModuleList<nn.Module<Tensor, Tensor>> _all = new();
            public Sample() : base("Sample") { _all.Add(nn.ReLU()); RegisterComponents(); }
            """),
        Stop.Vector("a product with a number", "=> [|x.matmul(y.sum())|];", "E3G0508", "matmul with a number"),
    ];
}
