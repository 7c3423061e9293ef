namespace E3Gen.Flow.Tests.Stopped;

/// <summary>Arrays, lists, dictionaries, and what is computed from them.</summary>
public static partial class Stops
{
    /// <summary>Sequences that are computed when they are asked for.</summary>
    private static Stop[] Sequences =>
    [
        Stop.Vector("a part of a list that changes", "{ List<Tensor> l = [x, x]; var q = l.Skip(1); l[1] = [|y|]; return q.First(); }",
            "E3G0510", "another is computed from"),
        Stop.Vector("the beginning of a list that changes",
            "{ List<Tensor> l = [x, x]; var q = l.Take(1); l[0] = [|y|]; return q.First(); }", "E3G0510", "another is computed from"),
        Stop.Vector("a list backwards that changes",
            "{ List<Tensor> l = [x]; var q = l.AsEnumerable().Reverse(); l[0] = [|y|]; return q.First(); }",
            "E3G0510", "another is computed from"),
        Stop.Vector("two lists side by side, one of which changes",
            "{ List<Tensor> l = [x]; var q = l.Zip(l, (a, b) => a); l[0] = [|y|]; return q.First(); }",
            "E3G0510", "another is computed from"),
        Stop.Vector("two lists one after the other, the second of which changes",
            "{ List<Tensor> a = [x], b = [x]; var q = a.Concat(b); b[0] = [|y|]; return q.Last(); }",
            "E3G0510", "another is computed from"),
        Stop.Vector("a list and one more, which grows",
            "{ List<Tensor> l = [x]; var q = l.Append(x); [|l.Insert(0, y)|]; return q.First(); }", "E3G0510", "another is computed from"),
        Stop.Vector("a sequence of a sequence of a list that changes",
            "{ List<Tensor> l = [x, x]; var q = l.Skip(1).Select(t => t * 2); l[1] = [|y|]; return q.First(); }",
            "E3G0510", "another is computed from"),
        Stop.Vector("a list that is cast and changes",
            "{ List<object> l = [x]; var q = l.Cast<Tensor>(); l[0] = [|y|]; return q.First(); }", "E3G0510", "another is computed from"),
        Stop.Vector("a function of a variable that is assigned later",
            "{ Tensor h = x; var q = [|new[] { 1 }.Select(_ => h)|]; h = y; return q.First(); }",
            "E3G0510", "whenever an element is asked for"),
        Stop.Vector("a function that assigns a variable",
            "{ Tensor h = x; var q = [|new[] { 1 }.Select(_ => h = y)|].ToArray(); return h; }",
            "E3G0510", "whenever an element is asked for"),
        Stop.Vector("a function that writes, and that nobody may call",
            "{ var h = y.clone(); var q = [|new[] { x }.Select(t => h.copy_(t))|]; return h; }",
            "E3G0510", "whenever an element is asked for"),
        Stop.Vector("a function of a tensor that is written to later",
            "{ var h = x.clone(); var q = new[] { 1 }.Select(_ => h * 1.0); [|h.copy_(y)|]; return q.First(); }",
            "E3G0510", "while a sequence is yet to be computed"),
        Stop.Vector("a query", "{ var q = [|from k in new[] { 1 } select x|]; return q.First(); }",
            "E3G0510", "is an expression that is not followed"),
        Stop.Vector("elements that are chosen by a function", "=> [|new[] { y, x }.Where(t => t.shape[1] > 5)|].First();",
            "E3G0510", "changes what it is given"),
        Stop.Vector("elements of a type", "=> [|new[] { x, _p }.OfType<Parameter>()|].First();",
            "E3G0510", "changes what it is given", "private readonly Parameter _p = new(torch.randn(1, 3));"),
        Stop.Vector("groups", "=> [|new[] { x }.GroupBy(t => t.ndim)|].First().First();", "E3G0510", "not followed"),
        Stop.Vector("a function for each of many", "{ Tensor h = _held; [|x.unbind(0).ToList().ForEach(t => { h = y; })|]; return h; }",
            "E3G0510", "calls a function for each of many", "[Irreps(\"1o\")] private readonly Tensor _held = torch.zeros(1, 3);"),
    ];

    /// <summary>What shows a collection as it is at any time.</summary>
    private static Stop[] Views =>
    [
        Stop.Vector("a list that can only be read, by another name",
            "{ List<Tensor> l = [x, x]; var q = l.AsReadOnly(); l[1] = y; return [|q[1]|]; }", "E3G0402", "3x0e"),
        Stop.Vector("a list as a sequence, which changes",
            "{ List<Tensor> l = [x, x]; var q = l.AsEnumerable(); l[0] = y; return [|q.First()|]; }", "E3G0402", "3x0e"),
        Stop.Vector("the values of a dictionary that changes",
            "{ var d = new Dictionary<string, Tensor> { [\"a\"] = x }; var q = d.Values; d[\"a\"] = [|y|]; return q.First(); }",
            "E3G0510", "another is computed from"),
        Stop.Vector("the span of an array that changes", "{ Tensor[] a = [x]; Span<Tensor> s = a; s[0] = y; return [|a[0]|]; }",
            "E3G0402", "3x0e"),
        Stop.Vector("the span that an array gives out", "{ Tensor[] a = [x]; var s = a.AsSpan(); s[0] = y; return [|a[0]|]; }",
            "E3G0402", "3x0e"),
        Stop.Vector("an array that is gone through while it changes",
            "{ Tensor[] a = [x, x]; Tensor h = x; foreach (var t in a) { h = t; a[1] = y; } return [|h|]; }", "E3G0402", "3x0e"),
        Stop.Vector("an array in an array that changes", "{ Tensor[][] a = [[x]]; var b = a[0]; b[0] = y; return [|a[0][0]|]; }",
            "E3G0402", "3x0e"),
        Stop.Vector("a list that gets shorter while it is gone through",
            "{ List<Tensor> l = [x, x]; Tensor h = x; [|foreach (var t in l) { h = t; l.Clear(); }|] return h; }",
            "E3G0510", "goes through a collection that changes"),
    ];

    /// <summary>Methods of the framework that change what they get.</summary>
    private static Stop[] Mutators =>
    [
        Stop.Vector("Array.Fill", "{ Tensor[] a = [x]; [|Array.Fill(a, y)|]; return a[0]; }", "E3G0510", "changes what it is given"),
        Stop.Vector("Array.Reverse", "{ Tensor[] a = [y, x]; [|Array.Reverse(a)|]; return a[1]; }", "E3G0510", "changes what it is given"),
        Stop.Vector("Array.Reverse of numbers", "{ long[] order = [0, 1]; [|Array.Reverse(order)|]; return x.permute(order); }",
            "E3G0510", "changes what it is given"),
        Stop.Vector("Array.Sort of numbers", "{ long[] order = [1, 0]; [|Array.Sort(order)|]; return x.t().permute(order); }",
            "E3G0510", "changes what it is given"),
        Stop.Vector("Array.Copy of numbers",
            "{ long[] order = [0, 1]; [|Array.Copy(new long[] { 1, 0 }, order, 2)|]; return x.permute(order); }",
            "E3G0510", "changes what it is given"),
        Stop.Vector("Span.Fill", "{ Tensor[] a = [x]; Span<Tensor> s = a; [|s.Fill(y)|]; return a[0]; }",
            "E3G0510", "changes what it is given"),
        Stop.Vector("the reverse of a span of numbers", "{ long[] order = [0, 1]; [|order.AsSpan().Reverse()|]; return x.permute(order); }",
            "E3G0510", "changes what it is given"),
        Stop.Vector("List.Reverse", "{ List<Tensor> a = [y, x]; [|a.Reverse()|]; return a[1]; }", "E3G0510", "changes what it is given"),
        Stop.Vector("List.RemoveRange", "{ List<Tensor> a = [y, x]; [|a.RemoveRange(0, 1)|]; return a[0]; }",
            "E3G0510", "changes what it is given"),
        Stop.Vector("List.RemoveAll", "{ List<Tensor> a = [y, x]; [|a.RemoveAll(t => t.ndim > 5)|]; return a[1]; }",
            "E3G0510", "not followed"),
        Stop.Vector("List.CopyTo", "{ List<Tensor> a = [y]; Tensor[] b = [x]; [|a.CopyTo(b)|]; return b[0]; }",
            "E3G0510", "changes what it is given"),
        Stop.Vector("a part of a list", "=> [|new List<Tensor> { y, x }.GetRange(1, 1)|][0];", "E3G0510", "changes what it is given"),
        Stop.Vector("Dictionary.Remove", "{ var d = new Dictionary<int, Tensor> { [1] = x }; [|d.Remove(1, out var t)|]; return t!; }",
            "E3G0510", "not followed"),
    ];

    private static Stop[] Elements =>
    [
        Stop.Vector("an element of an array by an index that is not known", "=> [|new[] { x, y }[_kind]|];",
            "E3G0404", "1x1o or", "private readonly int _kind = int.Parse(\"1\");"),
        Stop.Vector("an element put where it is not known", "{ Tensor[] a = [x, x]; a[_kind] = y; return [|a[0]|]; }",
            "E3G0510", "is not known to be a tensor", "private readonly int _kind = int.Parse(\"1\");"),
        Stop.Vector("a key that stands for another number",
            "{ List<int> l = [1]; var d = new Dictionary<int, Tensor>(); d[1] = x; d[l.Count] = y; return [|d[1]|]; }", "E3G0402", "3x0e"),
        Stop.Vector("a key that is there already",
            """
            { var d = new Dictionary<string, Tensor> { { "a", y } }; d.TryAdd("a", x); return [|d["a"]|]; }
            """,
            "E3G0402", "3x0e"),
        Stop.Vector("a key that is not known", "{ var d = new Dictionary<int, Tensor> { [1] = x }; d[_kind] = [|y|]; return d[1]; }",
            "E3G0404", "1x1o", "private readonly int _kind = int.Parse(\"1\");"),
        Stop.Vector("an element that is not there", "=> [|new List<Tensor> { x }[3]|];", "E3G0510", "is an element that is not there"),
        Stop.Vector("a range of an array", "=> [|new[] { y, x }[1..]|][0];", "E3G0510", "is a part of a collection"),
        Stop.Vector("a range of a list", "{ List<Tensor> l = [y, x]; return [|l[1..]|][0]; }", "E3G0510", "is a part of a collection"),
        Stop.Vector("a pattern of a list", "=> [|new[] { x } is [_]|] ? x : -x;", "E3G0513", "decides what happens here"),
        Stop.Vector("parts that a pattern names", "=> [|(y, y)|] is (var a, _) ? x * a.sum() : x;",
            "E3G0510", "is taken apart by a pattern"),
        Stop.Vector("a spread of what is not known", "{ Tensor[] a = [[|.. Functions.Any(x).unbind(0)|], x]; return a[0]; }",
            "E3G0510", "is spread into a collection"),
        Stop.Vector("a stack", "{ var s = [|new Stack<Tensor>()|]; s.Push(x); return s.Pop(); }",
            "E3G0510", "makes an object that is not followed"),
        Stop.Vector("a list that is made of what is not known", "{ var l = [|new List<Tensor>(_all)|]; return l[0]; }",
            "E3G0510", "not followed", "private readonly HashSet<Tensor> _all = [];"),
        Stop.Vector("the largest of elements by a function", "=> [|new[] { x }.MaxBy(t => t.ndim)|]!;", "E3G0510", "not followed"),
        Stop.Vector("a parameter list that is exchanged", "{ List<Tensor> l = [_a]; l.Insert(0, _b); return [|x * l[0]|]; }",
            "E3G0504", "1x1o", "private readonly Parameter _a = new(torch.randn(1)), _b = new(torch.randn(3));"),
    ];
}
