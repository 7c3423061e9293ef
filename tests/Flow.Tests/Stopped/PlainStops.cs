namespace E3Gen.Flow.Tests.Stopped;

/// <summary>What depends on the frame through plain numbers, or through what C# does with constants and references.</summary>
internal static class PlainStops
{
    public static IReadOnlyList<Stop> All { get; } = [.. Constants, .. Sequences, .. Kept, .. Throwing, .. References];

    /// <summary>What C# makes of constants: they are of the type of their expression, cut off and rounded as it says.</summary>
    private static Stop[] Constants =>
    [
        new("a count in a pattern", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { var l = new List<int> { 1 }; return l.Count switch { 1 => [|x.relu()|], _ => x }; }", "E3G0501", ""),
        new("a length that is not one", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { var l = new[] { x }; if (l.Length is not 1) { return x; } return [|x.relu()|]; }", "E3G0501", ""),
        new("a negative number in a pattern", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = 1; return (-k) switch { -1 => [|x.relu()|], _ => x }; }", "E3G0501", ""),
        new("a letter as a number", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { char c = 'a'; int k = c; return k switch { 97 => [|x.relu()|], _ => x }; }", "E3G0501", ""),
        new("a byte as a double", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { byte c = 1; double k = c; return k is 1.0 ? [|x.relu()|] : x; }", "E3G0501", ""),
        new("elements that a loop converts", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { foreach (long k in new int[] { 1 }) { if (k is 1) { return [|x.relu()|]; } } return x; }", "E3G0501", ""),
        new("an enum as an object", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { object k = DayOfWeek.Monday; return k is 1 ? x : [|x.relu()|]; }", "E3G0501", ""),
        new("an element that nobody has set", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { var a = new int[1]; if (a[0] is int k) { return [|x.relu()|]; } return x; }", "E3G0501", ""),
        new("the first of none", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { var l = new List<int>(); return l.FirstOrDefault() is int k ? [|x.relu()|] : x; }", "E3G0501", ""),
        new("no number is not zero", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int? n = null; var a = new int[1]; return n == a[0] ? x : [|x.relu()|]; }", "E3G0501", ""),
        new("an entry that is missing", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x, [Irreps(\"3x0e\")] Tensor y) { var d = new Dictionary<string, long>(); d.TryGetValue(\"b\", out var k); return [|x * y.sum(k)|]; }", "E3G0504", ""),
        new("a product that overflows", "[return: Irreps(\"1o\")] public Tensor Moved([Positions] Tensor p) { int n = 65536; return p + [|p * (n * n)|] - p; }", "E3G0514", ""),
        new("a cast that cuts off", "[return: Irreps(\"1o\")] public Tensor Moved([Positions] Tensor p) { double a = 1.9; nint m = (nint)a; long k = m; return [|p * k|] - 1.9 * p + p; }", "E3G0514", ""),
        new("a number that single precision rounds", "[return: Irreps(\"1o\")] public Tensor Moved([Positions] Tensor p) { int n = 16777217; float f = n; return [|p * f - p * 16777217.0|]; }", "E3G0402", ""),
        new("a nullable cast that cuts off", "[return: Irreps(\"1o\")] public Tensor Moved([Positions] Tensor p) { double a = 1.9; if ((int?)a is int k) { return [|p * k - 1.9 * p|]; } return p - p; }", "E3G0402", ""),
        new("a tuple that is cut off", "[return: Irreps(\"1o\")] public Tensor Moved([Positions] Tensor p) { var a = (1.9, 0); var b = ((int K, int L))a; return [|p * b.K - 1.9 * p|]; }", "E3G0402", ""),
        new("keys of several types", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { var d = new Dictionary<object, Tensor>(); d[1] = [|x.relu()|]; d[1L] = x; return d[1]; }", "E3G0501", ""),
    ];

    /// <summary>Functions that Linq calls, and all that it gets, count.</summary>
    private static Stop[] Sequences =>
    [
        new("a predicate that sees a component", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { double t = x[0, 9].item<double>(); return [|new[] { 0.0 }.Any(k => k < t)|] ? 2 * x : x; }", "E3G0513", ""),
        new("a sum of what a component makes", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { double t = [|x[0, 9].item<double>()|]; return x * new[] { 1.0, 2.0 }.Sum(k => k * t); }", "E3G0508", ""),
        new("a component among numbers", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = (int)x[0, 9].item<float>(); var l = new List<int> { 1 }; return [|Enumerable.Contains(l, k)|] ? 2 * x : x; }", "E3G0513", ""),
        new("a list of a component, and a number", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = (int)x[0, 9].item<float>(); var l = new List<int> { k }; return [|l.Contains(1)|] ? 2 * x : x; }", "E3G0513", ""),
        new("the place of a component", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = (int)x[0, 9].item<float>(); var a = new[] { 1, 2 }; return [|Array.IndexOf(a, k) == 0|] ? 2 * x : x; }", "E3G0513", ""),
        new("a filter by a component", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { double t = [|x[0, 9].item<double>()|]; return x * new[] { 1.0, 2.0 }.Where(k => k < 1.5 + t).Sum(); }", "E3G0508", ""),
        new("an order by a component", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { double t = [|x[0, 9].item<double>()|]; return x * new[] { 1.0, 2.0 }.OrderBy(k => k * t).First(); }", "E3G0508", ""),
        new("the hash of an object", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) => x * (double)(([|new System.Text.StringBuilder().GetHashCode()|] % 7) + 1);", "E3G0510", ""),
    ];

    /// <summary>Numbers that depend on the frame are left where others find them.</summary>
    private static Stop[] Kept =>
    [
        new("a component in a public number", "public double Number; [return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { Number = [|x[0, 9].item<double>()|]; return x; }", "E3G0515", ""),
        new("a component in a property", "public bool Flag { get; set; } [return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { Flag = [|x[0, 9].item<double>() > 0|]; return x; }", "E3G0515", ""),
        new("a component in an array that others read", "public double[] Numbers = [0]; [return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { Numbers = [|new[] { x[0, 9].item<double>() }|]; return x; }", "E3G0515", ""),
        new("a component as a place", "private readonly int[] _a = new int[2]; [return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = (int)[|x[0, 9].item<float>()|]; _a[k] = 1; return _a[0] == 1 ? 2 * x : x; }", "E3G0508", ""),
        new("a component as a key", "private readonly Dictionary<int, bool> _d = new(); [return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = (int)[|x[0, 9].item<float>()|]; _d[k] = true; return _d.ContainsKey(1) ? 2 * x : x; }", "E3G0508", ""),
        new("a component as a length to copy", "private readonly int[] _a = new int[2], _b = [1, 1]; [return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = (int)[|x[0, 9].item<float>()|]; Array.Copy(_b, _a, k); return _a[0] == 1 ? 2 * x : x; }", "E3G0508", ""),
    ];

    /// <summary>Whether something throws depends on the frame, caught or not.</summary>
    private static Stop[] Throwing =>
    [
        new("an index that may be too large", "private readonly List<int> _l = [1, 2]; [return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = (int)x[0, 9].item<float>(); try { _ = [|_l[k]|]; } catch (ArgumentOutOfRangeException) { return 2 * x; } return x; }", "E3G0513", ""),
        new("a product that may overflow", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = (int)x[0, 9].item<float>(); try { _ = checked([|k * 2000000000|]); } catch (OverflowException) { return 2 * x; } return x; }", "E3G0513", ""),
        new("one more, that may overflow", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = (int)x[0, 9].item<float>(); try { checked { [|k++|]; } } catch (OverflowException) { return 2 * x; } return x; }", "E3G0513", ""),
        new("a decimal that may be too large", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { double t = x[0, 9].item<double>(); try { _ = [|(decimal)t|]; } catch (OverflowException) { return 2 * x; } return x; }", "E3G0513", ""),
        new("a divisor that may be zero", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = (int)x[0, 9].item<float>(); int b = 1; try { [|b /= k|]; } catch (DivideByZeroException) { return 2 * x; } return x; }", "E3G0513", ""),
        new("a part of a text", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = (int)x[0, 9].item<float>(); try { _ = \"ab\"[[|k|]..]; } catch (ArgumentOutOfRangeException) { return 2 * x; } return x; }", "E3G0513", ""),
        new("a text of some length", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = (int)x[0, 9].item<float>(); try { _ = [|new string('a', k)|]; } catch (ArgumentOutOfRangeException) { return 2 * x; } return x; }", "E3G0513", ""),
        new("a conversion that nobody guards", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = (int)[|x[0, 9].item<float>()|]; Convert.ToByte(k); return x; }", "E3G0508", ""),
        new("an index that nobody guards", "private readonly int[] _a = new int[2]; [return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = (int)[|x[0, 9].item<float>()|]; _ = _a[k]; return x; }", "E3G0508", ""),
        new("a divisor that nobody guards", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = (int)[|x[0, 9].item<float>()|]; _ = 1 / k; return x; }", "E3G0508", ""),
        new("a check that throws", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = (int)[|x[0, 9].item<float>()|]; ArgumentOutOfRangeException.ThrowIfNegative(k); return x; }", "E3G0508", ""),
        new("an axis that may not be there", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = (int)[|x[0, 9].item<float>()|]; _ = x.sum(k); return x; }", "E3G0508", ""),
    ];

    /// <summary>What is changed by reference, or in the object that a constructor captured it in.</summary>
    private static Stop[] References =>
    [
        new("a captured parameter that is assigned", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { var a = new Kept(x); a.Set([|x.relu()|]); return a.Get(); } private sealed class Kept(Tensor t) { public void Set(Tensor u) => t = u; public Tensor Get() => t; }", "E3G0501", ""),
        new("a captured flag that is assigned", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { var a = new Kept(false); a.Set(); return a.Get() ? [|x.relu()|] : x; } private sealed class Kept(bool k) { public void Set() => k = true; public bool Get() => k; }", "E3G0501", ""),
        new("a field that an extension flips", "private bool _k = false; public Sample() : base(\"Sample\") { _k.Flip(); RegisterComponents(); } [return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) => _k ? [|x.relu()|] : x; } public static class Flips { public static void Flip(this ref bool b) => b = true;", "E3G0501", ""),
        new("a variable that an extension flips", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { bool k = false; k.Flip(); return k ? [|x.relu()|] : x; } } public static class Flips { extension(ref bool b) { public void Flip() => b = true; }", "E3G0501", ""),
        new("an extension as a value", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x, [Irreps(\"3x0e\")] Tensor y) { Func<Tensor, Tensor> f = y.Keep; return [|f(x)|]; } } public static class Keeps { public static Tensor Keep(this Tensor t, Tensor u) => t;", "E3G0402", ""),
    ];
}
