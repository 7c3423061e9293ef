namespace E3Gen.Flow.Tests.Stopped;

/// <summary>What is stated: what it says nothing of, who keeps it, and who takes it on trust.</summary>
public static partial class Stops
{
    private static Stop[] Promises =>
    [
        new("irreps of what is no tensor", "[|[return: Irreps(X)] public Tensor Of([Irreps(X)] (Tensor A, int B) pair) => pair.A;|]",
            "E3G0510", "which is no tensor"),
        Stop.Vector("an argument of which the callee states nothing", "=> Scaled(x, [|x|]);",
            "E3G0510", "states nothing about 'scale'",
            "[return: Irreps(\"1o\")] private static Tensor Scaled([Irreps(\"1o\")] Tensor t, Tensor scale) => t * 2;"),
        Stop.Vector("a result of which nothing is stated", "=> [|_inner.Act(x)|];",
            "E3G0510", "of which nothing is stated", "private readonly Inner _inner = null!;",
            "public abstract class Inner { public abstract Tensor Act([Irreps(\"1o\")] Tensor t); }"),
        Stop.Vector("an argument by 'out' of which nothing is stated", "{ [|Cut(x, out var s)|]; return s; }",
            "E3G0510", "gives 's', of which nothing is stated",
            "private static void Cut([Irreps(\"1o\")] Tensor t, out Tensor s) => s = t;"),
        Stop.Vector("what a record states of what it is made of", "=> new Box([|y|]).V;",
            "E3G0401", "'Box' wants", types: "public sealed record Box([Irreps(\"1o\")] Tensor V);"),
        Stop.Vector("what a record states, of what is not known", "=> new Box([|x.relu()|]).V;",
            "E3G0501", "'relu'", types: "public sealed record Box([Irreps(\"1o\")] Tensor V);"),
        Stop.Vector("what the parameter of a class states", "=> new Box([|x.relu()|]).Get();",
            "E3G0501", "'relu'", types: "public sealed class Box([Irreps(\"1o\")] Tensor v) { public Tensor Get() => v; }"),
        new("a module that takes an object",
            "", "E3G0501", "'relu'",
            """
            public sealed class Batch { [Irreps("1o")] public Tensor V = null!; }
            [EquivariantModule]
            public sealed partial class Other : nn.Module<Batch, Batch>
            {
                public override Batch forward(Batch b) => new() { V = [|b.V.relu()|] };
            }
            """),
        new("an invariant with another number of axes",
            "[return: Invariant(Axes = 1)] public Tensor Lengths([Irreps(X)] Tensor x) => [|x.norm(-1, keepdim: true)|];",
            "E3G0510", "1 is stated"),
        new("an origin that is no point", "[return: Positions] public Tensor Points([Positions] Tensor p) => [|torch.zeros_like(p)|];",
            "E3G0510", "origin is no invariant point"),
    ];

    /// <summary>Methods that state what they take and yield may change what they get.</summary>
    private static Stop[] Helpers =>
    [
        Stop.Vector("a method that fills an invariant", "{ var z = torch.zeros(6, 3); Fill(z); return [|x + z|]; }",
            "E3G0503", "A constant is added", "private static void Fill([Invariant] Tensor t) => t.fill_(1);"),
        Stop.Vector("a method that fills a vector", "{ var h = x.clone(); Fill(h); return h; }",
            "E3G0515", "others see the tensor", "private static void Fill([Irreps(\"1o\")] Tensor t) => [|t.fill_(1)|];"),
        Stop.Vector("a method of a class that is no module, which fills a vector", "{ var h = x.clone(); Other.Fill(h); return h; }",
            "E3G0515", "others see the tensor",
            types: "public static class Other { public static void Fill([Irreps(\"1o\")] Tensor t) => [|t.fill_(1)|]; }"),
        Stop.Vector("a method that changes its object",
            "{ var b = new Box(x); [|b.Swap(x)|]; return b.V; }", "E3G0510", "may be changed by the method",
            types:
            """
            public sealed class Box(Tensor v)
            {
                public Tensor V = v;
                [return: Irreps("1o")] public Tensor Swap([Irreps("1o")] Tensor t) { V = t.relu(); return t; }
            }
            """),
        Stop.Vector("a method that changes an array", "{ Tensor[] l = [x, x]; [|Swap(l)|]; return l[0]; }",
            "E3G0510", "may be changed by the method",
            "[return: Irreps(\"1o\")] private static Tensor Swap([Irreps(\"1o\")] Tensor[] l) => l[0];"),
        Stop.Vector("a method that makes runs unequal", "{ var s = torch.ones(1).expand(3).clone(); Fill(s); return [|x * s|]; }",
            "E3G0504", "1x1o", "private static void Fill([Invariant] Tensor t) => t[0] = 2;"),
    ];

    /// <summary>What is taken on trust must be said in words that can be read.</summary>
    private static Stop[] Trust =>
    [
        Stop.Vector("irreps that are not constant", "=> [|x.AssumeIrreps(_irreps)|];",
            "E3G0510", "assumes irreps that are not constant", "private readonly string _irreps = Console.ReadLine()!;"),
        Stop.Vector("irreps that are known to be others", "=> [|y|].AssumeIrreps(\"1o\");", "E3G0401", "AssumeIrreps"),
        Stop.Vector("a method that is taken on trust and states nothing", "=> [|Act(x)|];",
            "E3G0510", "states no irreps of its result", "[AssumeEquivariant(\"as measured\")] private static Tensor Act(Tensor t) => t;"),
        Stop.Vector("what a method gets that is taken on trust",
            "=> Act([|y|]);", "E3G0401", "'Act' wants",
            """
            [AssumeEquivariant("as measured")] [return: Irreps("1o")] private static Tensor Act([Irreps("1o")] Tensor t) => t;
            """),
    ];
}
