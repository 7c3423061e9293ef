namespace E3Gen.Flow.Tests.Planted;

/// <summary>What people get wrong.</summary>
public static class Mistakes
{
    public static IReadOnlyList<Mistake> All { get; } = [.. Strings, .. Physics, .. Shape, .. Flow, .. Nonlinearities, .. Constants, .. Columns, .. Mixed, .. Functions, .. Habits, .. Frames];

    /// <summary>Irreps strings.</summary>
    private static Mistake[] Strings =>
    [
        new("a negative multiplicity", "(Nodes, Nodes, Bias = true)", "(Nodes, \"32x0e + [|-16|]x1o\", Bias = true)", "E3G0102", "-16"),
        new("half a multiplicity", "\"32x0e + 16x1o\", \"8x0e + 4x1o\"", "\"32x0e + 16x1o\", \"8x0e + [|4.5|]x1o\"", "E3G0102", "4.5"),
        new("l beyond the tables", "Keep = \"0e + 1o + 2e\"", "Keep = \"0e + 1o + [|24e|]\"", "E3G0103", "24"),
        new("commas between irreps", "[Gate(\"32x0e\", \"16x1o + 8x2e\"", "[Gate(\"32x0e\", \"16x1o[|,|] 8x2e\"", "E3G0105", ","),
        new("a reference misspelt", "[Linear(\"@Convolve\"", "[Linear(\"[|@Convolv|]\"", "E3G0107", "Convolv"),
        new("a circle of references", "[Linear(\"@Convolve\"", "[Linear(\"[|@Update|]\"", "E3G0108", "Update"),
    ];

    /// <summary>What O(3) does not allow.</summary>
    private static Mistake[] Physics =>
    [
        new("a product of the wrong parity", "[Path(\"1o x 1o -> 1e\")]", "[Path(\"1o x 1o -> 1e\"), Path(\"1o x 1o -> [|1o|]\")]", "E3G0201", "parities multiply"),
        new("a product outside of the triangle", "[Path(\"1o x 1o -> 1e\")]", "[Path(\"1o x 1o -> 1e\"), Path(\"1o x 1o -> [|3e|]\")]", "E3G0202", "from 0 to 2"),
        new("a path to an irrep that is not in the output", "[Path(\"1o x 1o -> 1e\")]", "[Path(\"1o x 1o -> 1e\"), Path(\"1o x 1o -> [|2e|]\")]", "E3G0209", "2e"),
        new("a path with a star", "[Path(\"1o x 1o -> 1e\")]", "[Path(\"1o x 1o -> 1e\"), Path(\"[|1o * 1o -> 0e|]\")]", "E3G0210", "not a path"),
        new("an output without a path", "\"16x0e + 16x1e\"", "\"16x0e + 16x1e + [|16x2e|]\"", "E3G0203", "2e"),
        new("an output that a linear map cannot make", "(Nodes, Nodes, Bias = true)", "(Nodes, \"32x0e + 16x1o + [|4x2e|]\", Bias = true)", "E3G0203", "2e"),
        new("an irrep to keep that the convolution cannot reach", "Keep = \"0e + 1o + 2e\"", "Keep = \"0e + 1o + 2e + [|0o|]\"", "E3G0203", "0o"),
        new("harmonics with the parity of a pseudovector", "[SphericalHarmonics(Edges)]", "[SphericalHarmonics(\"0e + 1o + [|2o|]\")]", "E3G0211", "2o"),
        new("too few gates", "Gates = \"24x0e\"", "Gates = [|\"16x0e\"|]", "E3G0206", "24"),
        new("vectors among the activated scalars", "[Gate(\"32x0e\", ", "[Gate(\"32x0e + [|4x1o|]\", ", "E3G0207", "4x1o"),
        new("a silu of odd scalars", "[Gate(\"32x0e\", \"16x1o + 8x2e\", Gates = \"24x0e\")]", "[Gate(\"32x0e + 4x0o\", \"16x1o + 8x2e\", Gates = \"24x0e\", OddScalars = [|ActivationFunction.Silu|])]", "E3G0208", "Silu"),
    ];

    /// <summary>How things are declared.</summary>
    private static Mistake[] Shape =>
    [
        new("a class that is not partial", "public sealed partial class Chirality", "public sealed class [|Chirality|]", "E3G0301", "partial"),
        new("no base class", "public sealed partial class Chirality : nn.Module<Tensor, Tensor>", "public sealed partial class [|Chirality|]", "E3G0302", "nn.Module"),
        new("a static operation", "public partial Tensor Twist", "public static partial Tensor [|Twist|]", "E3G0304", "static"),
        new("an operation without its weights", "Tensor edges, Tensor weights, Graph graph);", "Tensor edges, Graph graph);", "E3G0305", "weights", "(Tensor nodes, Tensor edges, Graph graph)"),
        new("a path of harmonics", "[SphericalHarmonics(Edges)]", "[SphericalHarmonics(Edges), [|Path(\"1o x 0e -> 1o\")|]]", "E3G0310", "Harmonics"),
        new("a mode that does not exist", "Mode = ConnectionMode.UUU", "Mode = [|(ConnectionMode)77|]", "E3G0311", "77"),
    ];

    /// <summary>A value in the wrong place.</summary>
    private static Mistake[] Flow =>
    [
        new("gate scalars forgotten", "[Linear(\"@Convolve\", \"@Activate.Input\")]", "[Linear(\"@Convolve\", Hidden)]", "E3G0401", "32x0e differs from 56x0e in multiplicity", "Update(messages)"),
        new("multiplicity of another layer", "Tensor h = Mix(nodes);", "Tensor h = Mix([|nodes.narrow(-1, 0, 77)|]);", "E3G0401", "15x1o differs from 16x1o in multiplicity"),
        new("edges and weights swapped", "Convolve(h, edges, weights, graph)", "Convolve(h, weights, [|edges|], graph)", "E3G0401", "'Convolve' wants"),
        new("vectors where harmonics belong", "Convolve(h, edges, weights, graph)", "Convolve(h, [|vectors|], weights, graph)", "E3G0401", "'Convolve' wants 1x0e+1x1o+1x2e but 'vectors' is 1x1o"),
        new("nodes instead of edges", "Convolve(h, edges, weights, graph)", "Convolve(h, [|h|], weights, graph)", "E3G0401", "'h' is 32x0e+16x1o"),
        new("one slice too wide", "h.narrow(-1, 0, 16) * Factor", "[|h.narrow(-1, 0, 17) * Factor|]", "E3G0402", "17x0e differs from 16x0e in multiplicity"),
        new("an annotation that was not updated", "[return: Irreps(\"8x0e + 8x0o\")]", "[return: Irreps(\"8x0e + 8x0e\")]", "E3G0402", "8x0o", "torch.cat([even * squared, odd], -1)"),
        new("a member of another type", "_last = centred.detach();", "_last = [|gated.detach()|];", "E3G0403", "'_last' holds 32x0e+16x1o"),
        new("an exception handler that leaves another type", "Tensor messages = Convolve(h, edges, weights, graph);", "try { graph.ToString(); } catch (System.Exception) { h = positions; }\n        Tensor messages = Convolve([|h|], edges, weights, graph);", "E3G0404", "'h' is"),
        new("the wrong type into a local function", "Tensor h = Mix(nodes);", "Tensor Twice(Tensor t) => Mix([|t|]) * 2;\n        Tensor h = Twice(positions);", "E3G0401", "'t' is a position"),
        new("the wrong type into a lambda", "Tensor h = Mix(nodes);", "System.Func<Tensor, Tensor> twice = t => Mix([|t|]) * 2;\n        Tensor h = twice(vectors);", "E3G0401", "'t' is 1x1o"),
        new("the wrong type into a delegate", "Tensor h = Mix(nodes);", "System.Func<Tensor, Tensor> mix = Mix;\n        Tensor h = mix([|positions|]);", "E3G0401", "'Mix' wants 32x0e+16x1o but 'positions' is a position"),
        new("a part of an array", "Tensor h = Mix(nodes);", "Tensor[] parts = nodes.split([32, 48], -1);\n        Tensor h = Mix([|parts[1]|]);", "E3G0401", "'parts[1]' is 16x1o"),
        new("columns overwritten by others", "Tensor h = Mix(nodes);", "Tensor h = Mix(nodes);\n        h[.., ..3] = [|positions|];", "E3G0514", "'[…] =' acts on positions"),
    ];

    /// <summary>Functions of single components.</summary>
    private static Mistake[] Nonlinearities =>
    [
        new("relu of everything", "Tensor gated = Activate(Update(messages));", "Tensor gated = [|Activate(Update(messages)).relu()|];", "E3G0501", "16x1o"),
        new("silu instead of a gate", "nn.functional.silu(scalars + _shift)", "[|nn.functional.silu(kept)|].narrow(-1, 0, 32) + _shift", "E3G0501", "'silu'"),
        new("tanh of vectors", "Tensor arrows = kept[.., 32..80];", "Tensor arrows = [|kept[.., 32..80].tanh()|];", "E3G0501", "'tanh' acts on single components of 16x1o"),
        new("exp of vectors, as a function", "Tensor arrows = kept[.., 32..80];", "Tensor arrows = [|torch.exp(kept[.., 32..80])|];", "E3G0501", "'exp'"),
        new("sigmoid in place", "Tensor mean = y.mean([0], keepdim: true);", "[|y.sigmoid_()|];\n        Tensor mean = y.mean([0], keepdim: true);", "E3G0501", "'sigmoid_'"),
        new("absolute values of vectors", "Tensor size = arrows.norm(-1, keepdim: true);", "Tensor size = [|arrows.abs()|].norm(-1, keepdim: true);", "E3G0501", "'abs'"),
        new("a module of torch on vectors", "private readonly Chirality _chirality = new();", "private readonly Chirality _chirality = new();\n    private readonly SiLU _silu = nn.SiLU();\n    public Tensor Hidden([Irreps(\"4x1o\")] Tensor x) => [|_silu.call(x)|];", "E3G0501", "'SiLU'"),
        new("vectors clamped", "Tensor arrows = x.slice(-1, 16, 28, 1);", "Tensor arrows = [|x.slice(-1, 16, 28, 1).clamp(-1, 1)|];", "E3G0501", "'clamp'"),
        new("the wrong axis narrowed", "x.narrow(-1, 8, 8).tanh()", "[|x.narrow(0, 8, 8).tanh()|]", "E3G0501", "4x1o"),
        new("norm along the wrong axis", "arrows.norm(-1, keepdim: true)", "[|arrows.norm(0, keepdim: true)|]", "E3G0501", "'norm'"),
        new("the largest of the neighbours", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = [|y.amax([0], keepdim: true)|];", "E3G0501", "'amax'"),
        new("a mask by sign", "Tensor arrows = kept[.., 32..80];", "Tensor arrows = kept[.., 32..80];\n        arrows = arrows * ([|arrows > 0|]);", "E3G0501", "'>'"),
        new("squares that are not summed", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = [|y.pow(2)|].mean([0], keepdim: true).sqrt();", "E3G0504", "'pow' multiplies components of 32x0e+16x1o"),
        new("division by a vector", "arrows / (size + 1e-6)", "arrows / [|x.slice(-1, 16, 28, 1) / arrows|]".Replace("[|x.slice(-1, 16, 28, 1) / arrows|]", "size * ([|size / arrows|]).norm(-1, keepdim: true)"), "E3G0501", "'/'"),
        new("sigmoid of odd scalars", "x.narrow(-1, 8, 8).tanh()", "[|x.narrow(-1, 8, 8).sigmoid()|]", "E3G0502", "'sigmoid' of 8x0o"),
        new("relu of odd scalars", "x.narrow(-1, 8, 8).tanh()", "[|nn.functional.relu(x.narrow(-1, 8, 8))|]", "E3G0502", "'relu'"),
        new("a root of odd scalars", "x.narrow(-1, 8, 8).tanh()", "[|x.narrow(-1, 8, 8).pow(0.5)|]", "E3G0502", "'pow'"),
        new("odd scalars clamped from below", "x.narrow(-1, 8, 8).tanh()", "[|x.narrow(-1, 8, 8).clamp(0)|]", "E3G0502", "'clamp'"),
        new("even and odd scalars through one function", "x.narrow(-1, 0, 8).sigmoid()", "[|x.narrow(-1, 0, 16).sigmoid()|].narrow(-1, 0, 8)", "E3G0502", "8x0o"),
        new("relu in a local function", "Tensor y = torch.cat([active, arrows], -1);", "Tensor Act(Tensor t) => [|t.relu()|];\n        Tensor y = torch.cat([active, Act(arrows)], -1);", "E3G0501", "16x1o"),
        new("relu in a lambda", "Tensor y = torch.cat([active, arrows], -1);", "System.Func<Tensor, Tensor> act = t => [|t.relu()|];\n        Tensor y = torch.cat([active, act(arrows)], -1);", "E3G0501", "16x1o"),
    ];

    /// <summary>Constants and sums.</summary>
    private static Mistake[] Constants =>
    [
        new("a bias on vectors", "Tensor arrows = kept[.., 32..80];", "Tensor arrows = [|kept[.., 32..80] + 0.1|];", "E3G0503", "16x1o"),
        new("a learnt bias on everything", "nn.functional.silu(scalars + _shift)", "([|kept + _shift|])[.., ..32]", "E3G0503", "16x1o would point in a fixed direction"),
        new("a small number against division by zero", "arrows / (size + 1e-6)", "arrows / ([|arrows + 1e-6|]).norm(-1, keepdim: true)", "E3G0503", "4x1o"),
        new("ones", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = [|y + torch.ones_like(y)|];", "E3G0503", "32x0e+16x1o"),
        new("a Scalar", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = [|y.sub(Half)|];", "E3G0503", "16x1o"),
        new("a tensor made of a number", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = [|y + torch.tensor(1f)|];", "E3G0503", "16x1o"),
        new("a constant on odd scalars", "x.narrow(-1, 8, 8).tanh()", "([|1 - x.narrow(-1, 8, 8)|]).tanh()", "E3G0503", "8x0o"),
        new("a compound assignment", "Tensor mean = y.mean([0], keepdim: true);", "[|y += 1|];\n        Tensor mean = y.mean([0], keepdim: true);", "E3G0503", "16x1o"),
        new("lengths added to vectors", "Tensor size = arrows.norm(-1, keepdim: true);", "Tensor size = arrows.norm(-1, keepdim: true);\n        arrows = [|arrows + arrows.norm(-1)|];", "E3G0503", "4x1o"),
        new("a number where a mask is not set", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = [|y.masked_fill(weights, -1e9)|];", "E3G0503", "16x1o"),
        new("vectors squared", "(scaled * arrows).sum(-1, keepdim: true)", "([|scaled * arrows|]).relu().sum(-1, keepdim: true)", "E3G0504", "[TensorProduct]"),
        new("gates multiplied without a gate", "torch.cat([even * squared, odd], -1)", "torch.cat([even * squared, odd], -1) + 0 * ([|even.mul(arrows.narrow(-1, 3, 9))|])".Replace("torch.cat([even * squared, odd], -1) + 0 * ([|even.mul(arrows.narrow(-1, 3, 9))|])", "torch.cat([[|x.narrow(-1, 0, 12).mul(arrows)|].narrow(-1, 0, 8), odd], -1)"), "E3G0504", "4x1o"),
        new("a residual of another layer", "centred + Shortcut(nodes)", "[|centred + gated|]", "E3G0507", "8x2e is too much"),
        new("positions added to features", "Tensor h = Mix(nodes);", "Tensor h = Mix([|nodes.add(positions)|]);", "E3G0507", "1x1o"),
        new("even and odd scalars added", "even * squared, odd], -1)", "[|even + odd|], odd], -1)", "E3G0507", "8x0o differs in parity"),
        new("the axis of cat forgotten", "torch.cat([active, arrows], -1)", "[|torch.cat([active, arrows])|]", "E3G0507", "'cat' adds 32x0e and 16x1o"),
        new("messages pooled into other features", "index_add(0, batch, nodes, 1.ToScalar())", "index_add(0, batch, nodes, 1.ToScalar()).index_add(0, batch, nodes[.., ..32], 1.ToScalar())", "E3G0507", "16x1o", "torch.zeros(4, 80).index_add(0, batch, nodes, 1.ToScalar()).index_add(0, batch, nodes[.., ..32], 1.ToScalar())"),
    ];

    /// <summary>Slices through irreps.</summary>
    private static Mistake[] Columns =>
    [
        new("a slice one too long", "kept[.., ..32]", "[|kept[.., ..33]|]", "E3G0505", "Columns 0 to 32 cut through 16x1o"),
        new("a slice counted in irreps", "gated.narrow(-1, 0, 80)", "[|gated.narrow(-1, 0, 48)|].AssumeIrreps(Nodes)".Replace(".AssumeIrreps(Nodes)", ""), "E3G0505", "cut through 16x1o"),
        new("a slice from the wrong start", "kept[.., 32..80]", "[|kept[.., 31..79]|]", "E3G0505", "which lies in columns 32 to 79"),
        new("a slice beyond the end", "reduced.narrow(-1, 8, 12)", "[|reduced.narrow(-1, 8, 16)|]", "E3G0505", "8x0e+4x1o has 20 columns"),
        new("a slice of components", "x.slice(-1, 16, 28, 1)", "[|x.slice(-1, 16, 26, 1)|]", "E3G0505", "4x1o"),
        new("a slice by TensorIndex", "TensorIndex.Slice(0, 8)]", "TensorIndex.Slice(0, 8)] + [|h[TensorIndex.Ellipsis, TensorIndex.Slice(32, 40)]|]", "E3G0505", "16x1o"),
        new("a single component", "Tensor size = arrows.norm(-1, keepdim: true);", "Tensor size = [|arrows[.., 1]|].unsqueeze(-1);", "E3G0505", "Columns 1 to 1"),
        new("components selected", "Tensor size = arrows.norm(-1, keepdim: true);", "Tensor size = [|arrows.select(-1, 2)|].unsqueeze(-1);", "E3G0505", "Columns 2 to 2"),
        new("parts that cut irreps", "Tensor arrows = kept[.., 32..80];", "Tensor arrows = [|kept.chunk(2, -1)|][1];", "E3G0505", "Columns 40 to 79 cut through 16x1o"),
    ];

    /// <summary>Columns mixed, and what nobody can verify.</summary>
    private static Mistake[] Mixed =>
    [
        new("softmax over features", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = [|y.softmax(-1)|];", "E3G0506", "'softmax'"),
        new("layer_norm of vectors", "nn.functional.silu(scalars + _shift)", "[|nn.functional.layer_norm(kept, [80])|].narrow(-1, 0, 32)", "E3G0506", "'layer_norm' mixes the columns of 32x0e+16x1o"),
        new("the mean of the wrong axis", "y.mean([0], keepdim: true)", "[|y.mean([-1], keepdim: true)|]", "E3G0506", "'mean'"),
        new("a sum over everything", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = [|y.sum()|];", "E3G0506", "'sum'"),
        new("a sum whose axis is taken for a type", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = [|y.sum(0)|];", "E3G0506", "all axes are summed; write sum(dim: 0)"),
        new("features sorted", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = [|y.sort(-1)|].Values;", "E3G0506", "'sort'"),
        new("the largest feature", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = [|y.max(-1, keepdim: true)|].values;", "E3G0506", "'max'"),
        new("a dense layer", "private readonly Chirality _chirality = new();", "private readonly Chirality _chirality = new();\n    private readonly Linear _dense = nn.Linear(12, 12);\n    public Tensor Hidden([Irreps(\"4x1o\")] Tensor x) => [|_dense.call(x)|];", "E3G0506", "use [Linear]"),
        new("batch norm", "private readonly Chirality _chirality = new();", "private readonly Chirality _chirality = new();\n    private readonly BatchNorm1d _norm = nn.BatchNorm1d(12);\n    public Tensor Hidden([Irreps(\"4x1o\")] Tensor x) => [|_norm.call(x)|];", "E3G0506", "'BatchNorm1d'"),
        new("weights by hand", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = [|y.matmul(_shift)|];", "E3G0506", "'matmul'"),
        new("features reversed", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = [|y.flip(-1)|];", "E3G0506", "'flip'"),
        new("the wrong order of axes", "Tensor arrows = kept[.., 32..80];", "Tensor arrows = [|kept[.., 32..80].view(-1, 3, 16)|].view(-1, 48);", "E3G0506", "rows of 16 do not hold whole irreps"),
        new("dropout of components", "Tensor y = torch.cat([active, arrows], -1);", "Tensor y = torch.cat([active, [|nn.functional.dropout(arrows, 0.1)|]], -1);", "E3G0510", "draws random numbers"),
        new("axes swapped", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = [|y.transpose(0, 1).relu()|];", "E3G0501", "32x0e+16x1o"),
        new("running sums over the last axis", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = [|y.cumsum(1)|];", "E3G0506", "'cumsum'"),
        new("an axis that may be the last", "private readonly Chirality _chirality = new();", "private readonly Chirality _chirality = new();\n    public Tensor Any(Tensor h) => [|Reduce(h).cumsum(1)|];", "E3G0508", "count from the end"),
        new("components by index", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = [|y.index_select(-1, weights)|];", "E3G0506", "only whole rows may be taken by an index"),
        new("a sequence of modules", "private readonly Chirality _chirality = new();", "private readonly Chirality _chirality = new();\n    private readonly nn.Module<Tensor, Tensor> _mlp = nn.Sequential((\"a\", nn.Linear(12, 12)));\n    public Tensor Hidden([Irreps(\"4x1o\")] Tensor x) => [|_mlp.call(x)|];", "E3G0506", "'Linear' mixes the columns of 4x1o"),
    ];

    /// <summary>Functions that state no irreps, and values under new names.</summary>
    private static Mistake[] Functions =>
    [
        new("relu in a helper method", "private readonly Chirality _chirality = new();", "private readonly Chirality _chirality = new();\n    private static Tensor Act(Tensor t) => t.relu();\n    [return: Irreps(\"4x1o\")] public Tensor Hidden([Irreps(\"4x1o\")] Tensor x) => [|Act(x)|];", "E3G0501", "'relu' acts on single components of 4x1o"),
        new("a helper that helps itself to another", "private readonly Chirality _chirality = new();", "private readonly Chirality _chirality = new();\n    private Tensor Outer(Tensor t) => Inner(t) * 2;\n    private static Tensor Inner(Tensor t) { var u = t; return u + 1; }\n    [return: Irreps(\"4x1o\")] public Tensor Hidden([Irreps(\"4x1o\")] Tensor x) => [|Outer(x)|];", "E3G0503", "4x1o"),
        new("the parts of a helper swapped", "private readonly Chirality _chirality = new();", "private readonly Chirality _chirality = new();\n    private static (Tensor Odd, Tensor Even) Cut(Tensor t) => (t[.., ..4], t[.., 4..8]);\n    [return: Irreps(\"4x0e + 4x0o\")] public Tensor Hidden([Irreps(\"4x0e + 4x0o\")] Tensor x) { var (odd, even) = Cut(x); return [|torch.cat([even, odd], -1)|]; }", "E3G0402", "4x0o"),
        new("a helper that makes another type", "private readonly Chirality _chirality = new();", "private readonly Chirality _chirality = new();\n    private Tensor Small(Tensor t) { var s = Reduce(t); return s; }\n    [return: Irreps(\"32x0e + 16x1o\")] public Tensor Hidden([Irreps(\"32x0e + 16x1o\")] Tensor x) => [|Small(x)|];", "E3G0402", "8x0e differs from 32x0e in multiplicity"),
        new("a helper given the wrong type", "private readonly Chirality _chirality = new();", "private readonly Chirality _chirality = new();\n    private Tensor Small(Tensor t) => Reduce(t);\n    public Tensor Hidden([Irreps(\"32x0e + 16x1e\")] Tensor x) => [|Small(x)|];", "E3G0401", "'Reduce' wants 32x0e+16x1o but 't' is 32x0e+16x1e"),
        new("relu in Aggregate", "Tensor h = Mix(nodes);", "Tensor h = System.Linq.Enumerable.Aggregate([1, 2], nodes, (t, _) => [|Mix(t).relu()|]);", "E3G0501", "16x1o"),
        new("Aggregate that starts with another type", "Tensor h = Mix(nodes);", "Tensor h = Mix(nodes);\n        Tensor g = System.Linq.Enumerable.Aggregate(new[] { 1, 2 }, positions, (t, _) => Mix([|t|]));", "E3G0401", "'t' is a position"),
        new("relu in Select", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = y.mean([0], keepdim: true);\n        y = System.Linq.Enumerable.ToArray(System.Linq.Enumerable.Select(new[] { y, y }, t => [|t.relu()|]))[0];", "E3G0501", "16x1o"),
        new("a function of torch as a delegate", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = y.mean([0], keepdim: true);\n        System.Func<Tensor, Tensor> act = torch.tanh;\n        y = [|act(y)|];", "E3G0501", "'tanh'"),
        new("each of several tensors", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = y.mean([0], keepdim: true);\n        foreach (Tensor part in new[] { y, mean })\n        {\n            [|part.relu_()|];\n        }\n", "E3G0501", "'relu_'"),
        new("one of several tensors of another type", "Tensor h = Mix(nodes);", "Tensor h = Mix(nodes);\n        foreach (Tensor part in new[] { nodes, nodes[.., ..32] })\n        {\n            h = Mix([|part|]);\n        }\n", "E3G0401", "'part' is 32x0e"),
        new("a value named by a pattern", "Tensor h = Mix(nodes);", "Tensor h = positions is { } p ? Mix([|p|]) : nodes;", "E3G0401", "'p' is a position"),
        new("a value named by 'is var'", "Tensor h = Mix(nodes);", "Tensor h = positions is var p ? Mix([|p|]) : nodes;", "E3G0401", "'p' is a position"),
        new("a value that takes the place of null", "Tensor h = Mix(nodes);", "Tensor? p = null;\n        p ??= vectors;\n        Tensor h = Mix([|p|]);", "E3G0401", "'p' is 1x1o"),
        new("one branch of a switch", "Tensor h = Mix(nodes);", "Tensor h = Mix([|graph.NodeCount switch { 0 => nodes, 1 => nodes[.., ..32], _ => nodes + nodes }|]);", "E3G0404", "depending on the control-flow path taken"),
        new("a type that grows in a loop", "Tensor h = Mix(nodes);", "Tensor h = nodes;\n        for (int i = 0; i < nodes.shape[0]; i++)\n        {\n            h = Reduced([|h|]);\n        }\n\n        h = Mix(h);\n        Tensor Reduced([Irreps(Nodes)] Tensor t) => t[.., ..32];", "E3G0404", "32x0e+16x1o or 32x0e"),
        new("a variable that a closure sees", "Tensor h = Mix(nodes);", "Tensor Inner() => Mix([|positions|]);\n        Tensor h = Inner();", "E3G0401", "'positions' is a position"),
    ];

    /// <summary>What works for images and text.</summary>
    private static Mistake[] Habits =>
    [
        new("standard deviations of vectors", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = y.mean([0], keepdim: true);\n        y = (y - mean) / [|y.std(0, keepdim: true)|];", "E3G0501", "'std'"),
        new("the mean of all features subtracted", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = y.mean([0], keepdim: true);\n        y = y - [|y.mean([-1], keepdim: true)|];", "E3G0506", "'mean'"),
        new("the remainder of positions in a box", "Tensor h = Mix(nodes);", "Tensor h = Mix(nodes) * ([|positions % 2|]).norm(-1, keepdim: true);", "E3G0514", "'%' acts on positions"),
        new("waves of positions", "Tensor h = Mix(nodes);", "Tensor h = Mix(nodes) * [|torch.sin(positions * 10)|].mean();", "E3G0514", "'sin' acts on positions"),
        new("a vector scaled by its largest component", "Tensor h = Mix(nodes);", "edges = Harmonics(vectors / [|vectors.abs()|].max());\n        Tensor h = Mix(nodes);", "E3G0501", "'abs'"),
        new("leaky relu by hand", "Tensor arrows = kept[.., 32..80];", "Tensor arrows = kept[.., 32..80];\n        arrows = torch.where([|arrows > 0|], arrows, arrows * 0.1);", "E3G0501", "'>'"),
        new("the larger of a vector and zero", "Tensor arrows = kept[.., 32..80];", "Tensor arrows = [|torch.maximum(kept[.., 32..80], torch.zeros_like(kept[.., 32..80]))|];", "E3G0501", "'maximum'"),
        new("one axis reflected", "Tensor h = Mix(nodes);", "Tensor h = Mix(nodes);\n        [|positions[.., 0]|] *= -1;", "E3G0505", "Columns 0 to 0"),
        new("a coordinate as a feature", "Tensor h = Mix(nodes);", "Tensor h = Mix(nodes) * [|positions[.., 2..3]|];", "E3G0505", "Columns 2 to 2"),
        new("the sum of absolute values as a length", "Tensor h = Mix(nodes);", "Tensor h = Mix(nodes) * [|vectors.norm(-1, false, 1f)|].mean();", "E3G0501", "'norm' acts on single components of 1x1o"),
        new("an outer axis summed for a dot product", "Tensor h = Mix(nodes);", "Tensor h = Mix(nodes) * ([|vectors * vectors|]).sum([0L]).relu().mean();", "E3G0504", "1x1o"),
        new("attention on the wrong side", "Tensor mean = y.mean([0], keepdim: true);", "Tensor mean = y.mean([0], keepdim: true);\n        Tensor attention = torch.softmax(y.mm(y.t()), -1);\n        y = [|y.mm(attention)|];", "E3G0506", "'mm'"),
        new("components before channels", "Tensor arrows = kept[.., 32..80];", "Tensor arrows = [|kept[.., 32..80].reshape(-1, 16, 3).permute(0, 2, 1).reshape(-1, 48)|];", "E3G0508", "'reshape' does to 1x1o"),
        new("two nodes in one row", "Tensor h = Mix(nodes);", "Tensor h = Mix([|nodes.view(-1, 160)|]);", "E3G0401", "32x0e is too much"),
        new("the shape of another tensor", "Tensor h = Mix(nodes);", "Tensor h = Mix([|nodes.view_as(positions)|]);", "E3G0506", "rows of 3"),
        new("einsum", "Tensor arrows = kept[.., 32..80];", "Tensor arrows = kept[.., 32..80];\n        Tensor rows = arrows.view(-1, 16, 3);\n        arrows = (rows * [|torch.einsum(\"nui,nuj->nu\", rows, rows)|].unsqueeze(-1)).reshape(-1, 48);", "E3G0504", "'einsum' multiplies components of 1x1o"),
        new("inputs of a product swapped by name", "public partial Tensor Twist(Tensor x, Tensor y);", "public partial Tensor Twist(Tensor x, Tensor y);\n\n    [TensorProduct(\"1o\", \"0o\", \"1e\")]\n    public partial Tensor Flip(Tensor v, Tensor s);\n\n    public Tensor Turned([Irreps(\"1o\")] Tensor v, [Irreps(\"1o\")] Tensor s) => Flip(s: [|s|], v: v);", "E3G0401", "'Flip' wants 1x0o but 's' is 1x1o"),
        new("a vector times a pseudoscalar taken for a vector", "public partial Tensor Twist(Tensor x, Tensor y);", "public partial Tensor Twist(Tensor x, Tensor y);\n\n    [return: Irreps(\"1o\")]\n    public static Tensor Turned([Irreps(\"0o + 1o\")] Tensor x) => [|x[.., 1..4] * x[.., 0..1]|];", "E3G0402", "1x1e differs in parity"),
        new("absolute values of odd scalars taken for odd ones", "x.narrow(-1, 8, 8).tanh()", "x.narrow(-1, 8, 8).abs()", "E3G0402", "8x0e", "torch.cat([even * squared, odd], -1)"),
        new("an argument by 'out' of the wrong part", "private readonly Chirality _chirality = new();", "private readonly Chirality _chirality = new();\n    private static void Cut([Irreps(\"8x0e + 4x1o\")] Tensor x, [Irreps(\"8x0e\")] out Tensor s) => s = [|x[.., 8..]|];", "E3G0403", "'s' holds 8x0e"),
        new("a property of the wrong part", "private readonly Chirality _chirality = new();", "private readonly Chirality _chirality = new();\n    [Irreps(\"8x0e + 4x1o\")] private Tensor State { get; set; } = torch.zeros(1, 20);\n    [Irreps(\"8x0e\")] private Tensor Scalars => [|State[.., 8..]|];", "E3G0402", "'Scalars' is declared to return 8x0e"),
        new("dropout as a module", "private readonly Chirality _chirality = new();", "private readonly Chirality _chirality = new();\n    private readonly Dropout _drop = nn.Dropout(0.1);\n    public Tensor Hidden([Irreps(\"4x1o\")] Tensor x) => [|_drop.forward(x)|];", "E3G0508", "Dropout, which draws random numbers"),
        new("a fully connected network on vectors", "private readonly Chirality _chirality = new();", "private readonly Chirality _chirality = new();\n    private readonly FullyConnectedNetwork _mlp = new([12, 64, 12], ActivationFunction.Silu);\n    public Tensor Hidden([Irreps(\"4x1o\")] Tensor x) => [|_mlp.call(x)|];", "E3G0506", "'FullyConnectedNetwork'"),
    ];

    /// <summary>What depends on how somebody laid the axes or chose the origin, and what nothing is stated of.</summary>
    private static Mistake[] Frames =>
    [
        new("lengths of positions", "Tensor h = Mix(nodes);", "Tensor h = Mix(nodes) * [|positions.norm(-1, keepdim: true)|];", "E3G0514", "'norm' acts on positions"),
        new("a sum of positions", "Tensor h = Mix(nodes);", "edges = Harmonics(graph.EdgeVectors([|positions.sum([0L], keepdim: true)|].expand(4, 3)));\n        Tensor h = Mix(nodes);", "E3G0514", "'sum' acts on positions"),
        new("a vector taken for positions", "graph.EdgeVectors(positions)", "graph.EdgeVectors([|positions - positions.mean([0], keepdim: true)|])", "E3G0401", "it does not move with the origin"),
        new("a branch by a component", "Tensor h = Mix(nodes);", "Tensor h = Mix(nodes);\n        if ([|vectors[0, 2].item<float>() > 0|])\n        {\n            h = -h;\n        }\n", "E3G0513", "decides what happens here"),
        new("a loop by a component", "Tensor h = Mix(nodes);", "Tensor h = Mix(nodes);\n        while ([|h.max().ToDouble() > 10|])\n        {\n            h = h / 2;\n        }\n", "E3G0513", "decides what happens here"),
        new("a choice by a component", "Tensor h = Mix(nodes);", "Tensor h = [|nodes[0, 40].item<float>() > 0|] ? Mix(nodes) : nodes;", "E3G0513", "decides what happens here"),
        new("an argument written to", "Tensor h = Mix(nodes);", "[|nodes.mul_(2)|];\n        Tensor h = Mix(nodes);", "E3G0515", "others see the tensor that is written to"),
        new("a parameter that states nothing", "public Tensor Pool([Irreps(Nodes)] Tensor nodes, [Invariant] Tensor batch)", "public Tensor Pool([Irreps(Nodes)] Tensor nodes, [|Tensor batch|])", "E3G0512", "'batch'"),
        new("noise", "Tensor h = Mix(nodes);", "Tensor h = Mix(nodes) * [|torch.rand(1)|];", "E3G0510", "draws random numbers"),
    ];
}
