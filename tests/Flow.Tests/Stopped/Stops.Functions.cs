namespace E3Gen.Flow.Tests.Stopped;

/// <summary>Which code a call runs, and what functions see of the code around them.</summary>
public static partial class Stops
{
    private static Stop[] Calls =>
    [
        new("a delegate that was passed",
            "[return: Irreps(X)] public Tensor Applied([Irreps(X)] Tensor x, [|Func<Tensor, Tensor> function|]) => function(x);",
            "E3G0512", "'function'"),
        new("a delegate in a field",
            """
            private readonly Func<Tensor, Tensor> _function = Functions.Any;
            [return: Irreps(X)] public Tensor Applied([Irreps(X)] Tensor x) => [|_function|](x);
            """,
            "E3G0510", "of which nothing is known"),
        new("a delegate that a property sets",
            """
            public Func<Tensor, Tensor> Function { get; set; } = t => t;
            [return: Irreps(X)] public Tensor Applied([Irreps(X)] Tensor x) => [|Function|](x);
            """,
            "E3G0510", "can be assigned from outside"),
        new("a function that an override may replace",
            "[return: Irreps(X)] public Tensor Applied([Irreps(X)] Tensor x, [|Base other|]) => other.Any(x);",
            "E3G0510", "an object of which nothing is known"),
        new("a function without source", "[return: Irreps(X)] public Tensor Applied([Irreps(X)] Tensor x) => [|Functions.Any(x)|];",
            "E3G0510", "has no source here"),
        new("hardtanh, which returns what it gets",
            "[return: Irreps(\"8x0o\")] public Tensor Odd([Irreps(\"8x0o\")] Tensor x) => [|nn.functional.hardtanh(x)|];",
            "E3G0510", "'hardtanh'"),
        Stop.Vector("a method without source as a delegate", "{ Func<Tensor, Tensor> f = Functions.Any; return [|f(x)|]; }",
            "E3G0510", "has no source here"),
        Stop.Vector("a lambda that runs asynchronously",
            "{ Func<Tensor, Task<Tensor>> f = async t => { await Task.Yield(); return t; }; return [|f(x)|].Result; }",
            "E3G0510", "runs asynchronously"),
        Stop.Vector("a lambda as data",
            "{ System.Linq.Expressions.Expression<Func<Tensor, Tensor>> e = t => t; return [|e.Compile()|](x); }",
            "E3G0510", "has no source here"),
        Stop.Vector("a call that is bound when it runs", "{ dynamic d = x; return [|d.relu()|]; }",
            "E3G0510", "is an expression that is not followed"),
        Stop.Vector("more calls in each other than are followed", "=> [|F0(x)|];",
            "E3G0510", "is called too deep",
            string.Concat(Enumerable.Range(0, 30).Select(i => $"private static Tensor F{i}(Tensor t) => F{i + 1}(t); "))
                + "private static Tensor F30(Tensor t) => t;"),
    ];

    private static Stop[] Recursion =>
    [
        new("recursion",
            """
            [return: Irreps(X)] public Tensor Twice([Irreps(X)] Tensor x) => [|Again(x, 3)|];
            private static Tensor Again(Tensor x, int times) => times == 0 ? x : Again(x * 2, times - 1);
            """,
            "E3G0510", "recursion is not followed"),
        new("recursion of a local function",
            """
            [return: Irreps(X)] public Tensor Twice([Irreps(X)] Tensor x)
            {
                Tensor Again(Tensor t, int depth) => depth == 0 ? t : [|Again(Mix(t), depth - 1)|];
                return Again(x, 3);
            }
            """,
            "E3G0510", "recursion is not followed"),
        Stop.Vector("two functions that call each other",
            """
            {
                Tensor h = x, t = x;
                void First(int k) { if (k > 0) { Second(k - 1); } }
                void Second(int k) { h = t; t = y; [|First(k - 1)|]; }
                First(5);
                return h;
            }
            """,
            "E3G0510", "recursion is not followed"),
        Stop.Vector("a lambda that calls itself",
            "{ Func<Tensor, int, Tensor> f = null!; f = (t, k) => k == 0 ? t : [|f(t, k - 1)|]; return f(x, 3); }",
            "E3G0510", "recursion is not followed"),
    ];

    /// <summary>Functions that assign variables of the code around them, or keep them.</summary>
    private static Stop[] Closures =>
    [
        Stop.Vector("functions that keep the variable of a loop",
            "{ var fs = new List<Func<Tensor>>(); foreach (var t in new[] { y, x }) { fs.Add(() => [|t|]); } return fs[1](); }",
            "E3G0510", "keeps a variable of a loop"),
        Stop.Vector("a function that keeps a variable of the first turn",
            """
            {
                Func<Tensor> f = () => x;
                foreach (int k in new[] { 0, 1 }) { Tensor h = k == 0 ? y : x; if (k == 0) { f = () => [|h|]; } }
                return f();
            }
            """,
            "E3G0510", "keeps a variable of a loop"),
        Stop.Vector("functions in an array that keep variables of turns",
            """
            {
                var fs = new Func<Tensor>[2];
                for (int i = 0; i < 2; i++) { Tensor h = i == 0 ? y : x; fs[i] = () => [|h|]; }
                return fs[0]();
            }
            """,
            "E3G0510", "keeps a variable of a loop"),
        Stop.Vector("functions that are put together", "{ Tensor h = x; Action a = () => { }; [|a += () => { h = y; }|]; a(); return h; }",
            "E3G0510", "may be assigned by a function"),
        Stop.Vector("the result of functions that are put together", "{ Func<double> f = () => 1; [|f += () => 2|]; return _held * f(); }",
            "E3G0510", "puts functions together", "[Irreps(\"1o\")] private readonly Tensor _held = torch.zeros(1, 3);"),
        Stop.Vector("an event", "{ Tensor h = x; [|Changed += () => { h = y; }|]; Changed?.Invoke(); return h; }",
            "E3G0510", "may be assigned by a function", "private event Action? Changed;"),
        Stop.Vector("a value that is made when it is asked for",
            "{ Tensor h = x; var lazy = [|new Lazy<int>(() => { h = y; return 0; })|]; _ = lazy.Value; return h; }",
            "E3G0510", "makes an object of a function"),
        Stop.Vector("a task", "{ Tensor h = x; [|Task.Run(() => { h = y; })|].Wait(); return h; }", "E3G0510", "has no source here"),
        Stop.Vector("a task that is started", "{ Tensor h = x; var t = [|new Task(() => { h = y; })|]; t.Start(); t.Wait(); return h; }",
            "E3G0510", "makes an object of a function"),
        Stop.Vector("functions in parallel", "{ Tensor h = x; [|Parallel.Invoke(() => { h = y; })|]; return h; }",
            "E3G0510", "changes what it is given"),
        Stop.Vector("a function in a function that others get",
            "{ Tensor h = x; Action a = () => { h = y; }; [|Task.Run(() => a())|].Wait(); return h; }", "E3G0510", "not followed"),
        Stop.Vector("a local function in a function that others get",
            "{ Tensor h = x; void Set() { h = y; } [|Task.Run(() => Set())|].Wait(); return h; }", "E3G0510", "not followed"),
        Stop.Vector("a function that a field holds", "{ Tensor h = x; _act = [|() => { h = y; }|]; Run(); return h; }",
            "E3G0510", "may be assigned by a function", "private Action? _act; private void Run() => _act!();"),
        Stop.Vector("a function of a generic local function",
            "{ Tensor Inner<T>() { var h = x; Action a = () => { h = y; }; a(); return h; } return [|Inner<int>()|]; }", "E3G0402", "3x0e"),
        Stop.Vector("a function as text", "{ Func<Tensor, Tensor> f = t => t; return [|$\"{f}\".Length > 3|] ? _held : -_held; }",
            "E3G0513", "decides what happens here", "[Irreps(\"1o\")] private readonly Tensor _held = torch.zeros(1, 3);"),
    ];

    /// <summary>Overrides, hidden members, interfaces.</summary>
    private static Stop[] Dispatch =>
    [
        Stop.Vector("a method of the base class",
            "=> [|Call(x)|];", "E3G0501", "'relu'",
            "private readonly Derived _inner = new(); private Tensor Call(Tensor t) => _inner.Twice(t);",
            """
            public abstract class Origin { public virtual Tensor Act(Tensor t) => t.relu(); }
            public sealed class Derived : Origin
            {
                public override Tensor Act(Tensor t) => t;
                public Tensor Twice(Tensor t) => base.Act(t);
            }
            """),
        Stop.Vector("a method that a derived class replaces",
            "=> [|_inner.Twice(x)|];", "E3G0501", "'relu'", "private readonly Derived _inner = new();",
            """
            public abstract class Origin { public virtual Tensor Act(Tensor t) => t; public Tensor Twice(Tensor t) => Act(t); }
            public sealed class Derived : Origin { public override Tensor Act(Tensor t) => t.relu(); }
            """),
        Stop.Vector("a module's forward that is hidden",
            "=> [|_inner.call(x)|];", "E3G0501", "'relu'", "private readonly Derived _inner = new();",
            """
            public class Origin() : nn.Module<Tensor, Tensor>("origin") { public override Tensor forward(Tensor x) => x.relu(); }
            public sealed class Derived : Origin { public new Tensor forward(Tensor x) => x; }
            """),
        new("a module's forward that is inherited",
            "", "E3G0501", "'relu'",
            """
            public class Origin() : nn.Module<Tensor, Tensor>("origin") { public override Tensor forward(Tensor x) => x.relu(); }
            [EquivariantModule]
            public sealed partial class Derived : Origin
            {
                [return: Irreps("1o")] public override Tensor forward([Irreps("1o")] Tensor x) => [|base.forward(x)|];
            }
            """),
        new("an inherited method that implements an interface",
            "", "E3G0405", "'Act' declares nothing",
            """
            public interface IAct { [return: Irreps("1o")] Tensor Act([Irreps("1o")] Tensor t); }
            public class Origin { public Tensor Act(Tensor t) => t.relu(); }
            public sealed class [|Derived|] : Origin, IAct;
            """),
        new("a method that implements an interface explicitly",
            "", "E3G0501", "'relu'",
            """
            public interface IAct<T> { [return: Irreps("1o")] Tensor Act([Irreps("1o")] Tensor t); }
            public sealed class Derived : IAct<int> { Tensor IAct<int>.Act(Tensor t) => [|t.relu()|]; }
            """),
        new("an interface that implements another",
            "", "E3G0501", "'relu'",
            """
            public interface IAct { [return: Irreps("1o")] Tensor Act([Irreps("1o")] Tensor t); }
            public interface IOther : IAct { Tensor IAct.Act(Tensor t) => [|t.relu()|]; }
            """),
        new("a static method that implements an interface",
            "", "E3G0501", "'relu'",
            """
            public interface IAct { [return: Irreps("1o")] static abstract Tensor Act([Irreps("1o")] Tensor t); }
            public readonly struct Relu : IAct { public static Tensor Act(Tensor t) => [|t.relu()|]; }
            """),
        new("a method of a module that only an interface shows", "Tensor IRun.Run(Tensor x) => [|Mix(x).relu()|];",
            "E3G0501", "'relu'", "public interface IRun { Tensor Run(Tensor x); } public sealed partial class Sample : IRun;"),
        Stop.Vector("an extension", "=> [|x.Act()|];",
            "E3G0501", "'relu'", types: "public static class Extensions { extension(Tensor t) { public Tensor Act() => t.relu(); } }"),
        Stop.Vector("a property that is an extension", "=> [|x.Acted|];",
            "E3G0501", "'relu'", types: "public static class Extensions { extension(Tensor t) { public Tensor Acted => t.relu(); } }"),
        new("an extension that states something",
            "", "E3G0510", "has a value that is not followed",
            """
            public static class Extensions
            {
                extension([Irreps("1o")] Tensor t) { [return: Irreps("1o")] public Tensor Act() => [|t|].relu(); }
            }
            """),
        new("a property that a derived class may replace",
            "", "E3G0510", "is a property that a derived class may replace",
            """
            [EquivariantModule]
            public partial class Origin : nn.Module<Tensor, Tensor>
            {
                protected virtual bool Keeps => true;
                protected virtual Tensor Scale { get; } = torch.ones(1);
                [return: Irreps("1o")] public override Tensor forward([Irreps("1o")] Tensor x) => x * [|Scale|];
            }
            """),
    ];
}
