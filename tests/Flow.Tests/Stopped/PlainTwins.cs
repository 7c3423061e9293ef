namespace E3Gen.Flow.Tests.Stopped;

/// <summary>The correct twins of what is stopped: nothing is to be said of them.</summary>
internal static class PlainTwins
{
    public static IReadOnlyList<Stop> All { get; } = [.. Constants, .. Sequences, .. Kept, .. Throwing, .. References];

    /// <summary>Constants that are what they look like.</summary>
    private static Stop[] Constants =>
    [
        new("a switch by a count", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { var l = new List<int> { 1 }; return l.Count switch { 1 => x, _ => x.relu() }; }", "", ""),
        new("an enum in a switch", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { var k = DayOfWeek.Monday; return k switch { DayOfWeek.Monday => x, _ => x.relu() }; }", "", ""),
        new("an element that was set", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { var a = new int[1]; a[0] = 2; return a[0] is 2 ? x : x.relu(); }", "", ""),
        new("an axis that begins at zero", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { var a = new long[1]; return x - x.mean([a[0]], true); }", "", ""),
        new("a product of numbers", "[return: Irreps(\"1o\")] public Tensor Moved([Positions] Tensor p) { int n = 3; double m = n * 2; return p * m - p * 6; }", "", ""),
        new("a number that single precision rounds", "[return: Irreps(\"1o\")] public Tensor Moved([Positions] Tensor p) { int n = 16777217; float f = n; return p * f - p * 16777216.0; }", "", ""),
        new("keys of one type", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { var d = new Dictionary<int, Tensor>(); d[1] = x; d[2] = x.relu(); return d[1]; }", "", ""),
        new("an entry that is there", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { var d = new Dictionary<string, Tensor> { [\"a\"] = x }; return d.TryGetValue(\"a\", out var y) ? y : x.relu(); }", "", ""),
    ];

    /// <summary>Functions of numbers that do not depend on the frame.</summary>
    private static Stop[] Sequences =>
    [
        new("a predicate of numbers", "private readonly double _limit = 2; [return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { var t = _limit; return new[] { 1.0, 2.0 }.Any(k => Math.Abs(k) < t) ? 2 * x : x; }", "", ""),
        new("a sum of lengths", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) => x * new[] { 1.0, 2.0 }.Where(k => k > 1).Sum(k => k * 2);", "", ""),
    ];

    /// <summary>What nobody else finds, or is the same in all frames.</summary>
    private static Stop[] Kept =>
    [
        new("a public number of invariants", "public double Number; [return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { Number = x[.., ..8].sum().item<double>(); return x; }", "", ""),
        new("a component in a private field", "private double _last; [return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { _last = x[0, 9].item<double>(); return x; }", "", ""),
    ];

    /// <summary>What throws in all frames or in none.</summary>
    private static Stop[] Throwing =>
    [
        new("numbers that depend on nothing", "private readonly int[] _a = new int[2]; [return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { int k = _a.Length / _a[0]; try { return x * checked(_a[k] * 2); } catch (IndexOutOfRangeException) { return x; } }", "", ""),
        new("a component in a message", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { Console.WriteLine($\"{x[0, 9].item<float>():F2} of {Math.Sqrt(x[0, 10].item<double>())}\"); return x; }", "", ""),
        new("sizes of what is assumed", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { var y = x.sort(0).Values; int n = (int)(y.shape[0] / 2); return y[..n].view(n, -1).AssumeIrreps(X); }", "", ""),
    ];

    /// <summary>The same with nothing wrong in it.</summary>
    private static Stop[] References =>
    [
        new("a captured parameter that is assigned the same", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { var a = new Kept(x.relu()); a.Set(x); return a.Get(); } private sealed class Kept(Tensor t) { public void Set(Tensor u) => t = u; public Tensor Get() => t; }", "", ""),
        new("an extension as a value that takes it", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x, [Irreps(\"3x0e\")] Tensor y) { Func<Tensor, Tensor> f = y.Other; return f(x); } } public static class Others { public static Tensor Other(this Tensor t, Tensor u) => u;", "", ""),
        new("a flag that an extension flips", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) { bool k = false; k.Flip(); return k ? x : x.relu(); } } public static class Flips { extension(ref bool b) { public void Flip() => b = true; }", "", ""),
    ];
}
