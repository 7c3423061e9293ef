namespace E3Gen.Flow.Tests.Stopped;

/// <summary>What is not proven, although some of it is equivariant: the way out is to write it in another way, or to take it on trust.</summary>
public static class Stops
{
    public static IReadOnlyList<Stop> All { get; } = [.. Jumps, .. Names, .. Calls, .. Randomness, .. Members, .. Open, .. Nulls, .. Statements];

    private static Stop[] Jumps =>
    [
        new("goto", "[return: Irreps(X)] public Tensor Twice([Irreps(X)] Tensor x) { int i = 0; [|again: x = Mix(x);|] if (++i < 3) { goto again; } return x; }", "E3G0510", "is a jump"),
        new("goto case", "[return: Irreps(X)] public Tensor Twice([Irreps(X)] Tensor x, int kind) { switch (kind) { case 0: x = Mix(x); [|goto case 1;|] case 1: x = Mix(x); break; } return x; }", "E3G0510", "is a jump"),
        new("recursion", "[return: Irreps(X)] public Tensor Twice([Irreps(X)] Tensor x) => [|Again(x, 3)|]; private static Tensor Again(Tensor x, int times) => times == 0 ? x : Again(x * 2, times - 1);", "E3G0510", "recursion is not followed"),
        new("recursion of a local function", "[return: Irreps(X)] public Tensor Twice([Irreps(X)] Tensor x) { Tensor Again(Tensor t, int depth) => depth == 0 ? t : [|Again(Mix(t), depth - 1)|]; return Again(x, 3); }", "E3G0510", "recursion is not followed"),
        new("an iterator", "public IEnumerable<Tensor> Steps([Irreps(X)] Tensor x) { for (Tensor h = x; ; h = Mix(h)) { [|yield return h;|] } }", "E3G0510", "an iterator"),
        new("a call of an iterator", "[return: Irreps(X)] public Tensor Last([Irreps(X)] Tensor x) => [|Steps(x)|].Take(3).Last(); private static IEnumerable<Tensor> Steps(Tensor x) { yield return x; }", "E3G0510", "an iterator"),
        new("async", "public async Task<Tensor> Later([Irreps(X)] Tensor x) { [|await Task.Yield()|]; return Mix(x); }", "E3G0510", "asynchronous"),
    ];

    private static Stop[] Names =>
    [
        new("another name for a variable", "[return: Irreps(X)] public Tensor Renamed([Irreps(X)] Tensor x) { Tensor y = x; ref Tensor [|alias = ref y|]; alias = Mix(x); return y; }", "E3G0510", "another name for a variable"),
        new("either of two lists", "[return: Irreps(X)] public Tensor Either([Irreps(X)] Tensor x, bool first) { List<Tensor> a = [x], b = [x, x]; List<Tensor> c = [|first ? a : b|]; c.Add(Mix(x)); return a[0]; }", "E3G0510", "may be one thing or another"),
    ];

    private static Stop[] Calls =>
    [
        new("a delegate that was passed", "[return: Irreps(X)] public Tensor Applied([Irreps(X)] Tensor x, [|Func<Tensor, Tensor> function|]) => function(x);", "E3G0512", "'function'"),
        new("a delegate in a field", "private readonly Func<Tensor, Tensor> _function = Functions.Any; [return: Irreps(X)] public Tensor Applied([Irreps(X)] Tensor x) => [|_function|](x);", "E3G0510", "of which nothing is known"),
        new("a delegate that a property sets", "public Func<Tensor, Tensor> Function { get; set; } = t => t; [return: Irreps(X)] public Tensor Applied([Irreps(X)] Tensor x) => [|Function|](x);", "E3G0510", "can be assigned from outside"),
        new("a function that an override may replace", "[return: Irreps(X)] public Tensor Applied([Irreps(X)] Tensor x, [|Base other|]) => other.Any(x);", "E3G0510", "an object of which nothing is known"),
        new("a function without source", "[return: Irreps(X)] public Tensor Applied([Irreps(X)] Tensor x) => [|Functions.Any(x)|];", "E3G0510", "has no source here"),
        new("hardtanh, which returns what it gets", "[return: Irreps(\"8x0o\")] public Tensor Odd([Irreps(\"8x0o\")] Tensor x) => [|nn.functional.hardtanh(x)|];", "E3G0510", "'hardtanh'"),
    ];

    private static Stop[] Randomness =>
    [
        new("random numbers", "[return: Irreps(X)] public Tensor Noisy([Irreps(X)] Tensor x) => x * [|torch.rand(1)|];", "E3G0510", "draws random numbers"),
        new("random numbers like others", "[return: Irreps(X)] public Tensor Noisy([Irreps(X)] Tensor x) => x + [|torch.randn_like(x)|];", "E3G0510", "draws random numbers"),
        new("dropout of scalars", "[return: Irreps(\"8x0e\")] public Tensor Dropped([Irreps(\"8x0e\")] Tensor x) => [|nn.functional.dropout(x, 0.5)|];", "E3G0510", "draws random numbers"),
        new("a dropout module", "private readonly Dropout _dropout = nn.Dropout(0.1); [return: Irreps(\"8x0e\")] public Tensor Dropped([Irreps(\"8x0e\")] Tensor x) => [|_dropout.call(x)|];", "E3G0508", "draws random numbers"),
        new("numbers of another generator", "private readonly Random _random = new(); [return: Irreps(X)] public Tensor Noisy([Irreps(X)] Tensor x) => x * [|_random.NextDouble()|];", "E3G0510", "_random"),
        new("a clock", "[return: Irreps(X)] public Tensor Timed([Irreps(X)] Tensor x) => x * [|DateTime.Now|].Ticks;", "E3G0510", "DateTime.Now"),
    ];

    private static Stop[] Members =>
    [
        new("a constant vector in a stated field", "[Irreps(\"1o\")] private readonly Tensor _axis = [|torch.ones(1, 3)|];", "E3G0403", "'_axis' holds 1x1o"),
        new("an argument of the constructor in a stated field", "[Irreps(\"1o\")] private readonly Tensor _axis; public Sample(Tensor axis) : base(\"Sample\") { _axis = [|axis|]; RegisterComponents(); }", "E3G0510", "number of axes that is not known"),
        new("a tensor without rows", "[Irreps(\"0e\")] private readonly Tensor _strength = [|torch.ones(1)|];", "E3G0510", "Rows = 0"),
        new("more rows than stated", "[return: Irreps(X)] public Tensor Stacked([Irreps(X)] Tensor x) => [|torch.stack([x, x])|];", "E3G0510", "Rows = 2"),
        new("a member that changes and states nothing", "private Tensor _last = torch.zeros(1, 20); [return: Irreps(X)] public Tensor Last([Irreps(X)] Tensor x) { var last = [|_last|]; _last = x; return last; }", "E3G0510", "may hold anything"),
        new("a parameter that is used in two ways", "[return: Irreps(X)] public Tensor Both([|Tensor x|]) => Mix(x) + Mix(Grow(x));", "E3G0512", "'x'"),
        new("a parameter that goes nowhere directly", "[return: Irreps(X)] public Tensor Scaled([|Tensor x|]) => Mix(x * 2);", "E3G0512", "'x'"),
        new("a parameter of another object", "[return: Irreps(X)] public Tensor Of([|Holder holder|]) => holder.Value;", "E3G0510", "an object of which nothing is known"),
    ];

    /// <summary>Members that others assign: what they begin with says nothing.</summary>
    private static Stop[] Open =>
    [
        new("a flag that others set", "public bool Flag { get; set; } [return: Irreps(X)] public Tensor Flagged([Irreps(X)] Tensor x) { if (Flag) { x = [|x.relu()|]; } return x; }", "E3G0501", "'relu'"),
        new("a number that others set", "internal int _kind = 1; [return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) => _kind == 1 ? x : [|x.relu()|];", "E3G0501", "'relu'"),
        new("a number that is set while the object is made", "public int Kind { get; init; } = 1; [return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) => Kind == 1 ? x : [|x.relu()|];", "E3G0501", "'relu'"),
        new("a module that others set", "public nn.Module<Tensor, Tensor> Act { get; set; } = nn.Identity(); [return: Irreps(X)] public Tensor Acted([Irreps(X)] Tensor x) => [|Act|].call(x);", "E3G0510", "can be assigned from outside"),
        new("a list of functions that others change", "public readonly List<Func<Tensor, Tensor>> Acts = [t => t * 2]; [return: Irreps(X)] public Tensor Acted([Irreps(X)] Tensor x) { foreach (var act in [|Acts|]) { x = act(x); } return x; }", "E3G0510", "nothing is known"),
        new("a tensor that others set", "internal Tensor _scale = torch.ones(1); [return: Irreps(X)] public Tensor Scaled([Irreps(X)] Tensor x) => x * [|_scale|];", "E3G0510", "can be assigned from outside"),
    ];

    /// <summary>What happens where something is null.</summary>
    private static Stop[] Nulls =>
    [
        new("what stands for an argument that is null", "[return: Irreps(X)] public Tensor Given([Irreps(X)] Tensor? given, [Irreps(X)] Tensor x) => given ?? [|x.relu()|];", "E3G0501", "'relu'"),
        new("null on one path, by a pattern", "[return: Irreps(X)] public Tensor Given([Irreps(X)] Tensor x, bool flag) { Tensor? t = flag ? null : x; return t is null ? [|x.relu()|] : t; }", "E3G0501", "'relu'"),
        new("null on one path, by an operator", "[return: Irreps(X)] public Tensor Given([Irreps(X)] Tensor x, bool flag) { Tensor? t = flag ? null : x; if ((object?)t == null) { return [|x.relu()|]; } return t!; }", "E3G0501", "'relu'"),
        new("null on one path, by a conditional access", "[return: Irreps(X)] public Tensor Given([Irreps(X)] Tensor x, bool flag) { Tensor a = torch.ones_like(x); Tensor? t = flag ? a : null; t?.zero_(); return [|x + a|]; }", "E3G0503", "A constant is added"),
    ];

    private static Stop[] Statements =>
    [
        new("a branch by whether a vector is a number", "[return: Irreps(X)] public Tensor Checked([Irreps(X)] Tensor x) { if ([|x.isnan().any().item<bool>()|]) { Console.WriteLine(\"nan\"); } return x; }", "E3G0513", "decides what happens here"),
        new("a message of a component", "[return: Irreps(X)] public Tensor Checked([Irreps(X)] Tensor x) { if ([|x[0, 9].item<float>() > 0|]) { throw new InvalidOperationException(); } return x; }", "E3G0513", "decides what happens here"),
        new("a catch of what depends on the frame", "[return: Irreps(X)] public Tensor Caught([Irreps(X)] Tensor x) { try { if ([|x[0, 9].item<float>() > 0|]) { throw new InvalidOperationException(); } } catch (InvalidOperationException) { return -x; } return x; }", "E3G0513", "decides what happens here"),
        new("an argument put into a list of others", "[return: Irreps(X)] public Tensor Kept([Irreps(X)] Tensor x, [|List<object> list|]) { list.Add(x); return (Tensor)list[0]; }", "E3G0510", "list"),
        new("a switch by a component", "[return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) => [|x[0, 9].ToInt32()|] switch { 0 => x, _ => -x };", "E3G0513", "decides what happens here"),
    ];
}
