namespace E3Gen.Flow.Tests.Stopped;

/// <summary>Which code runs, how often, and what runs at its end.</summary>
public static partial class Stops
{
    private static Stop[] Jumps =>
    [
        new("goto",
            """
            [return: Irreps(X)] public Tensor Twice([Irreps(X)] Tensor x)
            {
                int i = 0;
                [|again: x = Mix(x);|] if (++i < 3) { goto again; }
                return x;
            }
            """,
            "E3G0510", "is a jump"),
        new("goto case",
            """
            [return: Irreps(X)] public Tensor Twice([Irreps(X)] Tensor x, int kind)
            {
                switch (kind) { case 0: x = Mix(x); [|goto case 1;|] case 1: x = Mix(x); break; }
                return x;
            }
            """,
            "E3G0510", "is a jump"),
        new("an iterator",
            "public IEnumerable<Tensor> Steps([Irreps(X)] Tensor x) { for (Tensor h = x; ; h = Mix(h)) { [|yield return h;|] } }",
            "E3G0510", "an iterator"),
        new("a call of an iterator",
            """
            [return: Irreps(X)] public Tensor Last([Irreps(X)] Tensor x) => [|Steps(x)|].Take(3).Last();
            private static IEnumerable<Tensor> Steps(Tensor x) { yield return x; }
            """,
            "E3G0510", "an iterator"),
        new("async", "public async Task<Tensor> Later([Irreps(X)] Tensor x) { [|await Task.Yield()|]; return Mix(x); }",
            "E3G0510", "asynchronous"),
        new("more steps than are followed",
            """
            [|[return: Irreps("1o")]
            public Tensor Many([Irreps("1o")] Tensor x)
            {
                foreach (int i in Enumerable.Range(0, 60))
                foreach (int j in Enumerable.Range(0, 60))
                foreach (int k in Enumerable.Range(0, 60)) { x = -x; }
                return x;
            }|]
            """,
            "E3G0510", "is too much to be followed"),
        Stop.Vector("a call of an asynchronous method", "=> [|Later(x)|].Result;",
            "E3G0510", "asynchronous", "private static async Task<Tensor> Later(Tensor t) { await Task.Yield(); return t; }"),
    ];

    private static Stop[] Branches =>
    [
        new("a branch by whether a vector is a number",
            """
            [return: Irreps(X)] public Tensor Checked([Irreps(X)] Tensor x)
            {
                if ([|x.isnan().any().item<bool>()|]) { Console.WriteLine("nan"); }
                return x;
            }
            """,
            "E3G0513", "decides what happens here"),
        new("a message of a component",
            """
            [return: Irreps(X)] public Tensor Checked([Irreps(X)] Tensor x)
            {
                if ([|x[0, 9].item<float>() > 0|]) { throw new InvalidOperationException(); }
                return x;
            }
            """,
            "E3G0513", "decides what happens here"),
        new("a catch of what depends on the frame",
            """
            [return: Irreps(X)] public Tensor Caught([Irreps(X)] Tensor x)
            {
                try { if ([|x[0, 9].item<float>() > 0|]) { throw new InvalidOperationException(); } }
                catch (InvalidOperationException) { return -x; }
                return x;
            }
            """,
            "E3G0513", "decides what happens here"),
        new("a switch by a component",
            "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) => [|x[0, 9].ToInt32()|] switch { 0 => x, _ => -x };",
            "E3G0513", "decides what happens here"),
        Stop.Vector("a switch statement by a component", "{ switch ([|x[0, 0].ToInt32()|]) { case 0: return x; default: return -x; } }",
            "E3G0513", "decides what happens here"),
        Stop.Vector("a pattern of a component", "{ if ([|x[0, 0].item<double>() is > 0|]) { return -x; } return x; }",
            "E3G0513", "decides what happens here"),
        Stop.Vector("a pattern of a tuple with a component in it",
            "=> [|(x[0, 0].item<double>() > 0, 1)|] switch { (true, _) => x, _ => -x };", "E3G0513", "decides what happens here"),
        Stop.Vector("tuples that are compared with a component in them", "=> [|(x[0, 0].item<double>() > 0, 1) == (true, 1)|] ? x : -x;",
            "E3G0513", "decides what happens here"),
        Stop.Vector("a number that stands for what is null, by a component",
            "{ double? d = [|x[0, 0].item<double>() > 0|] ? 1.0 : null; return x * (d ?? 2.0); }", "E3G0513", "decides what happens here"),
        Stop.Vector("a filter of exceptions by a component",
            "{ try { Console.WriteLine(); } catch (Exception) when ([|x[0, 0].item<double>() > 0|]) { return -x; } return x; }",
            "E3G0513", "decides what happens here"),
        Stop.Vector("as many turns as a component says",
            "{ int n = 0; foreach (int k in Enumerable.Range(0, (int)[|x[0, 0].item<double>()|])) { n++; } return n > 3 ? -x : x; }",
            "E3G0508", "item"),
        Stop.Vector("the sum of a list with a component in it",
            "{ var l = new List<double> { x[0, 0].item<double>() }; return [|l.Sum() > 0|] ? -x : x; }",
            "E3G0513", "decides what happens here"),
    ];

    /// <summary>Conditions that do something.</summary>
    private static Stop[] Guards =>
    [
        Stop.Vector("a guard of a switch expression that assigns a variable",
            "{ Tensor h = x; return _kind switch { 1 when (h = y).ndim > 5 => x, _ => [|h|] }; }", "E3G0404", "'h' is",
            "private readonly int _kind = int.Parse(\"1\");"),
        Stop.Vector("a guard of a switch statement that assigns a variable",
            "{ Tensor h = x; switch (_kind) { case 1 when (h = y).ndim > 5: return x; default: return [|h|]; } }", "E3G0404", "'h' is",
            "private readonly int _kind = int.Parse(\"1\");"),
        Stop.Vector("a guard that assigns a variable by a local function",
            "{ Tensor h = x; bool Set() { h = y; return false; } return _kind switch { 1 when Set() => x, _ => [|h|] }; }",
            "E3G0404", "'h' is", "private readonly int _kind = int.Parse(\"1\");"),
        Stop.Vector("a guard that writes into a tensor", "{ var h = x.clone(); return 0 switch { _ when Spoil(h, y) => x, _ => [|h|] }; }",
            "E3G0404", "'h' is", "private static bool Spoil(Tensor t, Tensor s) { t.copy_(s); return false; }"),
        Stop.Vector("an argument that is evaluated only where something is there",
            "{ Tensor h = y; _text?.Equals((h = x).ndim); return [|h|]; }", "E3G0404", "'h' is",
            "private readonly string? _text = Environment.GetEnvironmentVariable(\"NONE\");"),
        Stop.Vector("the right side of a condition", "{ Tensor h = y; if (_kind > 0 && (h = x).ndim > 9) { return x; } return [|h|]; }",
            "E3G0404", "'h' is", "private readonly int _kind = int.Parse(\"1\");"),
    ];

    /// <summary>Exceptions are branches where somebody catches them.</summary>
    private static Stop[] Exceptions =>
    [
        Stop.Vector("a conversion that throws for some components",
            "{ try { [|Convert.ToByte(x[0, 0].item<double>())|]; } catch (OverflowException) { return -x; } return x; }",
            "E3G0513", "decides what happens here"),
        Stop.Vector("a check that throws for some components",
            """
            {
                try { [|ArgumentOutOfRangeException.ThrowIfNegative(x[0, 0].item<double>())|]; } catch (ArgumentException) { return -x; }
                return x;
            }
            """,
            "E3G0513", "decides what happens here"),
        Stop.Vector("a division that throws for some components",
            "{ try { _ = [|1 / x[0, 0].ToInt32()|]; } catch (DivideByZeroException) { return -x; } return x; }",
            "E3G0513", "decides what happens here"),
        Stop.Vector("an array that is as long as a component",
            "{ try { _ = [|new int[x[0, 0].ToInt32()]|]; } catch (OverflowException) { return -x; } return x; }",
            "E3G0513", "decides what happens here"),
        Stop.Vector("an element that is there for some components",
            "{ var a = new int[3]; try { _ = [|a[x[0, 0].ToInt32()]|]; } catch (IndexOutOfRangeException) { return -x; } return x; }",
            "E3G0513", "decides what happens here"),
        Stop.Vector("a cast that is checked",
            "{ try { _ = checked([|(byte)x[0, 0].ToInt32()|]); } catch (OverflowException) { return -x; } return x; }",
            "E3G0513", "decides what happens here"),
        Stop.Vector("a handler that sees what the block had begun",
            "{ Tensor h = x; [|try { h = y; Console.WriteLine(); h = x; } catch (Exception) { return h; }|] return h; }",
            "E3G0404", "1x1o or 3x0e"),
    ];

    /// <summary>What runs at the end of a block.</summary>
    private static Stop[] Endings =>
    [
        Stop.Vector("a finally block that writes to what is returned",
            "{ var h = x.clone(); [|try { return h; } finally { h.copy_(y); }|] }", "E3G0402", "3x0e"),
        Stop.Vector("a finally block that an exception passes through",
            """
            {
                Tensor g = x;
                try { try { throw new InvalidOperationException(); } finally { g = y; } } catch (InvalidOperationException) { }
                return [|g|];
            }
            """,
            "E3G0404", "'g' is"),
        Stop.Vector("an object that does something when it is disposed of",
            "{ var h = x.clone(); [|using (new Spoiler(h, y)) { }|] return h; }", "E3G0510", "disposes of a Spoiler",
            types: "public sealed class Spoiler(Tensor t, Tensor s) : IDisposable { public void Dispose() => t.copy_(s); }"),
        Stop.Vector("a variable that does something at its end",
            "{ var h = x.clone(); [|using var spoiler = new Spoiler(h, y);|] return h; }", "E3G0510", "disposes of a Spoiler",
            types: "public sealed class Spoiler(Tensor t, Tensor s) : IDisposable { public void Dispose() => t.copy_(s); }"),
        Stop.Vector("an enumerator that does something",
            "{ var h = x.clone(); foreach (int k in [|new Spoiler(h, y)|]) { } return _held; }",
            "E3G0510", "is a collection that is not followed", "[Irreps(\"1o\")] private readonly Tensor _held = torch.zeros(1, 3);",
            "public sealed class Spoiler(Tensor t, Tensor s) { public IEnumerator<int> GetEnumerator() { t.copy_(s); yield return 1; } }"),
    ];
}
