namespace E3Gen.Flow.Tests.Stopped;

/// <summary>Several names for one thing, and one name for several things.</summary>
public static partial class Stops
{
    private static Stop[] Names =>
    [
        new("another name for a variable",
            """
            [return: Irreps(X)] public Tensor Renamed([Irreps(X)] Tensor x)
            {
                Tensor y = x;
                ref Tensor [|alias = ref y|];
                alias = Mix(x);
                return y;
            }
            """,
            "E3G0510", "another name for a variable"),
        Stop.Vector("a name for either of two variables",
            "{ Tensor a = x, b = x; ref Tensor [|r = ref (_kind > 0 ? ref a : ref b)|]; r = y; return a; }",
            "E3G0510", "another name for a variable", "private readonly int _kind = int.Parse(\"1\");"),
        Stop.Vector("a parameter that becomes a name for another", "{ Tensor a = x, b = x; [|Set(ref a, ref b, y)|]; return b; }",
            "E3G0510", "another name for a variable",
            "private static void Set(ref Tensor t, ref Tensor u, Tensor s) { t = ref u; t = s; }"),
        Stop.Vector("a name for the elements of a collection",
            "{ Tensor[] a = [x]; foreach (ref [|Tensor|] t in a.AsSpan()) { t = y; } return a[0]; }",
            "E3G0510", "another name for an element"),
        Stop.Vector("a name that a method returns", "{ Tensor[] a = [x]; [|At(a)|] = y; return a[0]; }",
            "E3G0510", "assigned in a way that is not followed", "private static ref Tensor At(Tensor[] a) => ref a[0];"),
    ];

    /// <summary>Arguments by reference.</summary>
    private static Stop[] References =>
    [
        Stop.Vector("a captured variable by 'ref'",
            "{ Tensor h = x; Tensor Body(ref Tensor t) { t = y; return h; } return [|Body(ref h)|]; }", "E3G0510", "that others see, too"),
        Stop.Vector("a captured variable by 'out'",
            "{ Tensor h = x; Tensor Body(out Tensor t) { t = y; return h; } return [|Body(out h)|]; }", "E3G0510", "that others see, too"),
        Stop.Vector("a captured variable by 'in'", "{ Tensor h = x; Tensor Body(in Tensor t) { h = y; return t; } return Body(in [|h|]); }",
            "E3G0510", "a function sees it too"),
        Stop.Vector("one variable twice", "{ Tensor h = x; return [|Both(ref h, ref h, y)|]; }",
            "E3G0510", "that others see, too", "private static Tensor Both(ref Tensor a, ref Tensor b, Tensor s) { a = s; return b; }"),
        Stop.Vector("two mistakes with one variable", "{ var a = [|x.relu()|]; var b = a.abs(); a = x; return b + [|a.exp()|]; }",
            "E3G0501", "acts on single components"),
        Stop.Vector("a field by 'out'", "{ [|Set(y, out _w!)|]; return x * [|_w|].sum(); }",
            "E3G0510", "Not proven to be equivariant: '",
            "private Tensor _w = torch.zeros(1); private static void Set(Tensor t, out Tensor w) => w = t;"),
        Stop.Vector("an element by 'ref'", "{ Tensor[] a = [x]; return [|Set(ref a[0], a, y)|]; }",
            "E3G0510", "that others see, too", "private static Tensor Set(ref Tensor t, Tensor[] a, Tensor s) { t = s; return a[0]; }"),
        Stop.Vector("a variable that code without source may assign", "{ Tensor h = x; [|Interlocked.Exchange(ref h, y)|]; return h; }",
            "E3G0510", "may assign its reference arguments"),
        Stop.Vector("a constructor that assigns a variable", "{ Tensor h = x; _ = [|new Setter(ref h, y)|]; return h; }",
            "E3G0510", "takes arguments by reference",
            types: "public sealed class Setter { public Setter(ref Tensor t, Tensor s) => t = s; }"),
    ];

    /// <summary>What is one thing or another, depending on the path.</summary>
    private static Stop[] Joins =>
    [
        new("either of two lists",
            """
            [return: Irreps(X)] public Tensor Either([Irreps(X)] Tensor x, bool first)
            {
                List<Tensor> a = [x], b = [x, x];
                List<Tensor> c = [|first ? a : b|];
                c.Add(Mix(x));
                return a[0];
            }
            """,
            "E3G0510", "may be one thing or another"),
        Stop.Vector("either of two objects",
            "{ var (a, b) = (new Box(x), new Box(x)); var c = [|_kind > 0 ? a : b|]; c.V = y; return a.V; }",
            "E3G0510", "may be one thing or another", "private readonly int _kind = int.Parse(\"1\");",
            "public sealed class Box(Tensor v) { public Tensor V = v; }"),
        Stop.Vector("either of two functions",
            "{ Func<Tensor, Tensor> f = t => t; [|if (_kind > 0) { f = t => t.relu(); }|] return f(x); }",
            "E3G0510", "may be one thing or another", "private readonly int _kind = int.Parse(\"1\");"),
        Stop.Vector("either of two modules in a loop",
            "{ var l = _a; for (int k = _kind; k > 0; k--) { l = _b; } return [|l.call(x.t())|].t(); }", "E3G0503", "A constant is added",
            """
            private readonly int _kind = int.Parse("1");
            private readonly Linear _a = nn.Linear(4, 4, hasBias: false), _b = nn.Linear(4, 4, hasBias: true);
            """),
        Stop.Vector("either of two objects of other classes", "{ Base b = [|_kind > 0 ? new Base() : _other|]; return b.Any(x); }",
            "E3G0510", "may be one thing or another",
            "private readonly int _kind = int.Parse(\"1\"); private readonly Base _other = new Other();",
            "public sealed class Other : Base { public override Tensor Any(Tensor x) => x.relu(); }"),
        Stop.Vector("a list that is filled on one path only",
            """
            {
                Tensor u = x.clone(), t = x.clone();
                var l = new List<Tensor>();
                [|if (_kind > 0) { l.Add(u); l.Add(t); t.copy_(y); }|]
                return l[1];
            }
            """,
            "E3G0404", "3x0e", "private readonly int _kind = int.Parse(\"1\");"),
        Stop.Vector("a tensor that is put elsewhere in a loop, and then written to",
            "{ Tensor h = x.clone(); for (int n = _kind; n > 0; n--) { _held = h; } [|h.copy_(y)|]; return _held; }",
            "E3G0515", "others see the tensor",
            "private readonly int _kind = int.Parse(\"1\"); [Irreps(\"1o\")] private Tensor _held = torch.zeros(1, 3);"),
    ];
}
