namespace E3Gen.Flow.Tests.Stopped;

/// <summary>Objects of the user's own classes, their operators and conversions, null, and text.</summary>
public static partial class Stops
{
    private static Stop[] Objects =>
    [
        Stop.Vector("a copy of a record with other values", "{ var b = new Box(x, 1) with { V = y }; return [|b.V|]; }",
            "E3G0402", "3x0e", types: "public sealed record Box(Tensor V, int K);"),
        Stop.Vector("an object without a name", "{ var b = [|new { V = x }|]; return b.V; }",
            "E3G0510", "makes an object in a way that is not followed"),
        Stop.Vector("a constructor that calls another",
            "=> [|new Box(x, 0)|].V;", "E3G0510", "makes an object of a derived class",
            types:
            """
            public class Box { public Tensor V; public Box(Tensor v) { V = v; } public Box(Tensor v, int k) : this(v.relu()) { } }
            """),
        Stop.Vector("an object of a derived class", "=> [|new Derived(x)|].V;",
            "E3G0510", "makes an object of a derived class",
            types: "public class Box(Tensor v) { public Tensor V = v; } public sealed class Derived(Tensor v) : Box(v.relu());"),
        Stop.Vector("a value that can be changed", "{ var a = [|new Box(x)|]; var b = a; b.V = y; return a.V; }",
            "E3G0510", "makes an object that is not followed", types: "public struct Box(Tensor v) { public Tensor V = v; }"),
        Stop.Vector("an object of a function", "=> [|new Lazy<Tensor>(() => x)|].Value;", "E3G0510", "makes an object of a function"),
        Stop.Vector("a module of a vector",
            "=> [|new Inner(x)|].call(y);", "E3G0510", "new Inner(",
            types:
            """
            public sealed class Inner(Tensor t) : nn.Module<Tensor, Tensor>("inner") { public override Tensor forward(Tensor s) => t; }
            """),
        Stop.Vector("a parameter of a vector", "=> [|new Parameter(x)|];", "E3G0510", "makes a parameter of"),
        Stop.Vector("text of a vector", "{ return [|x.ToString() == \"a\"|] ? -x : x; }",
            "E3G0513", "decides what happens here"),
        Stop.Vector("an initialiser that adds to a list of an object", "{ var b = new Box { All = { y } }; return [|b.All[0]|]; }",
            "E3G0402", "3x0e", types: "public sealed class Box { public List<Tensor> All { get; } = []; }"),
        Stop.Vector("an initialiser that puts into a dictionary of an object",
            "{ var b = new Box { All = { [\"a\"] = y } }; return [|b.All[\"a\"]|]; }", "E3G0402", "3x0e",
            types: "public sealed class Box { public Dictionary<string, Tensor> All { get; } = new(); }"),
        Stop.Vector("a member of an object that is exchanged", "{ var a = new Box(x); var b = a; b.V = y; return [|a.V|]; }",
            "E3G0402", "3x0e", types: "public sealed class Box(Tensor v) { public Tensor V = v; }"),
        Stop.Vector("a number of a component in an object", "{ var b = new Box(x[0, 0].item<double>()); return [|b.V > 0|] ? x : -x; }",
            "E3G0513", "decides what happens here", types: "public sealed record Box(double V);"),
        Stop.Vector("a record that is compared", "{ var b = new Box(x[0, 0].item<double>() > 0); return [|b == new Box(true)|] ? x : -x; }",
            "E3G0513", "decides what happens here", types: "public sealed record Box(bool V);"),
        Stop.Vector("an Equals that looks at components",
            "=> [|new Box(x).Equals(null)|] ? x : -x;", "E3G0513", "decides what happens here",
            types:
            """
            public sealed class Box(Tensor v)
            {
                public override bool Equals(object? o) => v[0, 0].item<double>() > 0;
                public override int GetHashCode() => 0;
            }
            """),
    ];

    /// <summary>Operators and conversions.</summary>
    private static Stop[] Operators =>
    [
        Stop.Vector("an increment that writes",
            "{ var h = x.clone(); var a = new Sum(h); [|a++|]; return h; }", "E3G0510", "is an operator that is not followed",
            types:
            """
            public sealed class Sum(Tensor t)
            {
                private readonly Tensor _t = t;
                public static Sum operator ++(Sum a) { a._t.fill_(1); return a; }
            }
            """),
        Stop.Vector("a compound assignment that writes", "{ var a = new Sum(); var h = x.clone(); [|a += h|]; return h; }",
            "E3G0510", "is an operator that changes its object",
            types: "public sealed class Sum { public void operator +=(Tensor t) => t.fill_(1); }"),
        Stop.Vector("an operator that changes its operand",
            "{ var a = new Sum(x); _ = a + a; return [|a.V|]; }", "E3G0402", "3x0e",
            types:
            """
            public sealed class Sum(Tensor v)
            {
                public Tensor V = v;
                public static Sum operator +(Sum a, Sum b) { a.V = torch.ones(4, 3); return b; }
            }
            """),
        Stop.Vector("an equality that looks at components",
            "{ var a = new Box(x); return [|a == a|] ? x : -x; }", "E3G0513", "decides what happens here",
            types:
            """
            public sealed class Box(Tensor v)
            {
                private readonly Tensor _v = v;
                public static bool operator ==(Box a, Box b) => a._v[0, 0].item<double>() > 0;
                public static bool operator !=(Box a, Box b) => false;
                public override bool Equals(object? o) => false;
                public override int GetHashCode() => 0;
            }
            """),
        Stop.Vector("a conversion of the user's own",
            "{ Tensor t = [|new Box(x)|]; return t; }", "E3G0501", "'relu'",
            types:
            """
            public sealed class Box(Tensor v)
            {
                private readonly Tensor _v = v;
                public static implicit operator Tensor(Box b) => b._v.relu();
            }
            """),
        Stop.Vector("a cast that may not fit", "{ object o = x; return [|o as Parameter ?? y|]; }", "E3G0404", "1x1o or"),
        Stop.Vector("a cast that cuts off what stands behind the point", "{ double a = 1.9; return [|_points * (int)a - _points * 1.9|]; }",
            "E3G0402", "positions", "[Positions] private readonly Tensor _points = null!;"),
    ];

    /// <summary>What happens where something is null.</summary>
    private static Stop[] Nulls =>
    [
        new("what stands for an argument that is null",
            "[return: Irreps(X)] public Tensor Given([Irreps(X)] Tensor? given, [Irreps(X)] Tensor x) => given ?? [|x.relu()|];",
            "E3G0501", "'relu'"),
        new("null on one path, by a pattern",
            """
            [return: Irreps(X)] public Tensor Given([Irreps(X)] Tensor x, bool flag)
            {
                Tensor? t = flag ? null : x;
                return t is null ? [|x.relu()|] : t;
            }
            """,
            "E3G0501", "'relu'"),
        new("null on one path, by an operator",
            """
            [return: Irreps(X)] public Tensor Given([Irreps(X)] Tensor x, bool flag)
            {
                Tensor? t = flag ? null : x;
                if ((object?)t == null) { return [|x.relu()|]; }
                return t!;
            }
            """,
            "E3G0501", "'relu'"),
        new("null on one path, by a conditional access",
            """
            [return: Irreps(X)] public Tensor Given([Irreps(X)] Tensor x, bool flag)
            {
                Tensor a = torch.ones_like(x);
                Tensor? t = flag ? a : null;
                t?.zero_();
                return [|x + a|];
            }
            """,
            "E3G0503", "A constant is added"),
        Stop.Vector("a stated member that is null", "=> _held ?? [|x.relu()|];",
            "E3G0501", "'relu'", "[Irreps(\"1o\")] private Tensor? _held = null;"),
        Stop.Vector("a member that nothing assigns", "{ if (_held is null) { return [|x.relu()|]; } return x; }",
            "E3G0501", "'relu'", "private readonly Tensor? _held;"),
        Stop.Vector("a module that is null on one path",
            "=> _mix is null ? [|x.relu()|] : x;", "E3G0501", "'relu'",
            """
            private readonly Linear? _mix;
            public Sample(bool flag) : base("Sample") { _mix = flag ? nn.Linear(3, 3) : null; RegisterComponents(); }
            """),
        Stop.Vector("a cast of a module that may fail",
            "{ nn.Module m = _mix; var d = m as Dropout; return d is null ? [|x.relu()|] : x; }", "E3G0501", "'relu'",
            "private readonly Linear _mix = nn.Linear(3, 3);"),
        Stop.Vector("an assignment where something is null", "{ Tensor? t = _kind > 0 ? x : null; t ??= y; return [|t|]; }",
            "E3G0404", "'t' is", "private readonly int _kind = int.Parse(\"1\");"),
        Stop.Vector("an access that a component decides",
            "{ Tensor h = x; object? d = [|x[0, 0].item<double>() > 0|] ? \"a\" : null; d?.Equals((h = -x).ndim); return h; }",
            "E3G0513", "decides what happens here"),
    ];

    /// <summary>Numbers of components that become text.</summary>
    private static Stop[] Texts =>
    [
        Stop.Vector("the text of a component", "=> [|$\"{x[0, 0].item<double>()}\".Length > 9|] ? x : -x;",
            "E3G0513", "decides what happens here"),
        Stop.Vector("the text of a tuple with a component in it",
            "{ var t = (x[0, 0].item<double>() > 0, 1); return [|$\"{t}\".Length > 9|] ? x : -x; }",
            "E3G0513", "decides what happens here"),
        Stop.Vector("a tuple added to text", "{ var t = (x[0, 0].item<double>() > 0, 1); return [|(\"\" + t).Length > 9|] ? x : -x; }",
            "E3G0513", "decides what happens here"),
        Stop.Vector("the text of an object with a vector in it",
            "=> [|$\"{new Box(x.clone())}\" == \"a\"|] ? x : -x;", "E3G0513", "decides what happens here",
            types:
            """
            public sealed class Box(Tensor v) { public override string ToString() => v[0, 0].item<double>() > 0 ? "a" : "b"; }
            """),
        Stop.Vector("an object added to text",
            "=> [|(\"\" + new Box(x.clone())).Length > 3|] ? x : -x;", "E3G0513", "decides what happens here",
            types:
            """
            public sealed record Box(Tensor V) { public override string ToString() => V[0, 0].item<double>() > 0 ? "aaaaaa" : "b"; }
            """),
        Stop.Vector("the hash of a tensor", "=> [|y.clone().GetHashCode() > 0|] ? x : -x;", "E3G0513", "decides what happens here"),
        Stop.Vector("a number read from the text of a component", "=> x * double.Parse([|x[0, 0].item<double>()|].ToString());",
            "E3G0508", "item"),
    ];
}
