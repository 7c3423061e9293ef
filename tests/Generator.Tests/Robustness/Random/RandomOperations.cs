using System.Globalization;

namespace E3Gen.Generator.Tests.Robustness.Random;

/// <summary>Makes random operations that E3Gen must accept: what they yield and how many weights they take is worked out here, independently of the generator.</summary>
/// <param name="dice">The choices.</param>
/// <param name="literals">Writes strings.</param>
internal sealed class RandomOperations(Dice dice, RandomLiterals literals)
{
    private static readonly string[] Names = ["Mix", "mix", "Update", "Convolve", "Act", "Größe", "Wigner1x1to", "Sqrt2_", "Rows", "record", "E3Gen", "_0", "Kernel", "Linear", "weight"];

    /// <summary>Of what products yield.</summary>
    private const int HighestDegree = 8;

    private readonly List<RandomOperation> _operations = [];

    public IReadOnlyList<RandomOperation> Operations => _operations;

    /// <summary>Any operation.</summary>
    public RandomOperation Any() => dice.Below(21) switch
    {
        < 2 => Linear(Given()),
        2 => LinearWithOptions(Given()),
        < 6 => TensorProduct(Given(), Given()),
        6 => Convolution(),
        7 => Harmonics(dice.Pick(1, -1)),
        8 => Full(Given(), RandomIrreps.Some(dice)),
        9 => Elementwise(Given()),
        10 => Square(Given()),
        11 => Contraction(Given()),
        12 => Norm(Given()),
        13 => Activation(Given()),
        14 => NormActivation(Given()),
        15 => Normalization(Given()),
        16 => Dropout(Given()),
        17 => Extract(Given()),
        18 => Attention(Given(), Given()),
        _ => Gate(Given()),
    };

    /// <summary>A linear map of these irreps, to all of them or some.</summary>
    public RandomOperation Linear(Irreps input)
    {
        var irreps = input.Select(e => e.Irrep).Distinct().ToList();
        var kept = dice.Chance(70) ? irreps : [dice.Pick(irreps), .. dice.Subset(irreps, 50)];
        bool bias = dice.Chance(30);
        if (bias && dice.Chance(40))
        {
            kept.Add(new Irrep(0, 1)); // a bias alone
        }

        return LinearTo(input, RandomIrreps.Of(dice, dice.Chance(85) ? kept.Distinct() : kept), bias);
    }

    /// <summary>A linear map with weights that are passed, and outputs that nothing reaches.</summary>
    private RandomOperation LinearWithOptions(Irreps input)
    {
        bool bias = dice.Chance(30);
        var output = RandomIrreps.Of(dice, input.Select(e => e.Irrep).Distinct());
        var weights = dice.Pick(WeightKind.Internal, WeightKind.Shared, WeightKind.PerSample);
        bool missing = dice.Chance(40);
        output = missing ? new Irreps([.. output, new MulIrrep(dice.Between(1, 3), RandomIrreps.One(dice))]) : output;
        var rows = weights == WeightKind.Shared ? RandomRows.None : RandomRows.Nodes;
        int count = output.Sum(o => input.Where(i => i.Irrep == o.Irrep).Sum(i => i.Multiplicity * o.Multiplicity));
        int biases = bias ? output.Where(o => o.Irrep.IsScalar).Sum(o => o.Multiplicity) : 0;
        if (weights != WeightKind.Internal && (count == 0 || (bias && biases == 0)))
        {
            return LinearTo(input, output, bias); // nothing to pass
        }

        RandomArgument[] passed = weights == WeightKind.Internal ? [] : [Scalars(count), .. biases > 0 ? [Scalars(biases)] : Array.Empty<RandomArgument>()];
        string options = (bias ? ", Bias = true" : "")
            + (weights == WeightKind.Internal ? "" : $", Weights = WeightKind.{weights}")
            + (missing ? ", AllowMissingPaths = true" : "")
            + dice.Pick("", "", $", PathNormalization = PathNormalization.{dice.Pick(Enum.GetValues<PathNormalization>())}");
        return Add([$"[Linear({Text(input)}, {Text(output)}{options})]"], output, [new RandomArgument(input), .. passed]);

        RandomArgument Scalars(int n) => new(new Irreps([new MulIrrep(n, new Irrep(0, 1))]), rows);
    }

    public RandomOperation LinearTo(Irreps input, Irreps output, bool bias)
    {
        string options = bias ? ", Bias = true" : dice.Pick("", "", ", Bias = false");
        string arguments = dice.Chance(85) ? $"{Text(input)}, {Text(output)}" : $"output: {Text(output)}, input: {Text(input)}";
        return Add([$"[Linear({arguments}{options})]"], output, new RandomArgument(input));
    }

    /// <summary>A tensor product with paths of one's own choice or with all that there are.</summary>
    public RandomOperation TensorProduct(Irreps input1, Irreps input2)
    {
        var weights = dice.Pick(Enum.GetValues<WeightKind>());
        var mode = dice.Pick(ConnectionMode.UVW, ConnectionMode.UVW, ConnectionMode.UVU, ConnectionMode.UVV, ConnectionMode.UUW, ConnectionMode.UUU, ConnectionMode.UVUV, ConnectionMode.UVULessV, ConnectionMode.ULessVW);
        bool pairs = mode is ConnectionMode.UVULessV or ConnectionMode.ULessVW;
        var (u, v) = (dice.Between(pairs ? 2 : 1, 4), dice.Between(1, 3));
        v = pairs || mode is ConnectionMode.UUU or ConnectionMode.UUW ? u : v;
        if (mode != ConnectionMode.UVW)
        {
            // The other modes fix multiplicities: make them the same everywhere.
            input1 = new Irreps(input1.Select(e => new MulIrrep(u, e.Irrep)).ToList());
            input2 = new Irreps(input2.Select(e => new MulIrrep(v, e.Irrep)).ToList());
        }

        int Multiplicity() => mode switch
        {
            ConnectionMode.UVU or ConnectionMode.UUU => u,
            ConnectionMode.UVV => v,
            ConnectionMode.UVUV => u * v,
            ConnectionMode.UVULessV => u * (u - 1) / 2,
            _ => weights == WeightKind.None ? 1 : dice.Between(1, 4),
        };

        var picked = dice.Chance(50)
            ? []
            : (from a in Enumerable.Range(0, input1.Count) from b in Enumerable.Range(0, input2.Count) from irrep in Products(input1[a].Irrep, input2[b].Irrep) select (A: a, B: b, Irrep: irrep)).ToList();
        picked = picked.Count == 0 ? picked : [.. dice.Shuffle(picked).Take(dice.Between(1, 4))];
        var reachable = Products(input1, input2);
        var irreps = picked.Count > 0 ? picked.Select(p => p.Irrep).Distinct().ToList() : [dice.Pick(reachable), .. dice.Subset(reachable, 30)];
        var output = new Irreps(dice.Shuffle(picked.Count > 0 || dice.Chance(80) ? irreps.Distinct() : irreps).Select(irrep => new MulIrrep(Multiplicity(), irrep)).ToList());

        // What the [Path] lines say, and which paths they pick.
        var lines = new List<string>();
        var paths = new List<(int A, int B, int C, bool HasWeight)>();
        foreach (var (a, b, irrep) in picked)
        {
            int c = output.ToList().FindIndex(e => e.Irrep == irrep);
            bool hasWeight = weights != WeightKind.None && (mode is ConnectionMode.UVW or ConnectionMode.UUW or ConnectionMode.ULessVW || dice.Chance(80));
            string options = (hasWeight || weights == WeightKind.None ? "" : ", HasWeight = false")
                + (dice.Chance(30) ? $", Weight = {dice.Pick("2", "0.5", "1e-3", "7.25", "3.0f")}" : "")
                + (dice.Chance(20) ? $", Mode = ConnectionMode.{mode}" : "");
            bool byIrreps = dice.Chance(50);
            lines.Add(byIrreps
                ? $"[Path({literals.Write($"{input1[a].Irrep} {dice.Pick("x", "×")} {input2[b].Irrep} {dice.Pick("->", "→")} {irrep}")}{options})]"
                : $"[Path({(dice.Chance(80) ? $"{a}, {b}, {c}" : $"output: {c}, input1: {a}, input2: {b}")}{options})]");
            paths.AddRange(byIrreps
                ? from i in Indices(input1, input1[a].Irrep) from j in Indices(input2, input2[b].Irrep) from k in Indices(output, irrep) select (i, j, k, hasWeight)
                : [(a, b, c, hasWeight)]);
        }

        if (picked.Count == 0)
        {
            paths.AddRange(
                from a in Enumerable.Range(0, input1.Count)
                from b in Enumerable.Range(0, input2.Count)
                from c in Enumerable.Range(0, output.Count)
                where (input1[a].Irrep * input2[b].Irrep).Contains(output[c].Irrep)
                select (a, b, c, weights != WeightKind.None));
        }

        int count = paths.Where(p => p.HasWeight).Sum(p => Weights(mode, input1[p.A].Multiplicity, input2[p.B].Multiplicity, output[p.C].Multiplicity));
        RandomArgument[] passed = weights is WeightKind.Shared or WeightKind.PerSample && count > 0
            ? [new RandomArgument(new Irreps([new MulIrrep(count, new Irrep(0, 1))]), weights == WeightKind.Shared ? RandomRows.None : RandomRows.Nodes)]
            : [];
        if (passed.Length == 0 && weights is WeightKind.Shared or WeightKind.PerSample)
        {
            return TensorProduct(input1, input2); // nothing to pass: thrown again
        }

        string normalization = dice.Pick("", "", $", IrrepNormalization = IrrepNormalization.{dice.Pick(Enum.GetValues<IrrepNormalization>())}")
            + dice.Pick("", "", $", PathNormalization = PathNormalization.{dice.Pick(Enum.GetValues<PathNormalization>())}");
        normalization += dice.Chance(20) ? $", OutputVariances = [{string.Join(", ", output.Select(_ => dice.Pick("1", "0.5", "3e-2", "7.25")))}]" : "";
        string modes = mode == ConnectionMode.UVW && dice.Chance(50) ? "" : $", Mode = ConnectionMode.{mode}";
        string kind = weights == WeightKind.Internal && dice.Chance(50) ? "" : $", Weights = WeightKind.{weights}";
        string attribute = $"[TensorProduct({Text(input1)}, {Text(input2)}, {Text(output)}{modes}{kind}{normalization})]";
        return Add([attribute, .. lines], output, [new RandomArgument(input1), new RandomArgument(input2), .. passed]);
    }

    /// <summary>Every irrep of a product, or some.</summary>
    public RandomOperation Full(Irreps input1, Irreps input2)
    {
        var (kept, keep) = Kept(Products(input1, input2), input1.SelectMany(x => input2.SelectMany(y => x.Irrep * y.Irrep)));
        var output =
            from x in input1
            from y in input2
            from irrep in x.Irrep * y.Irrep
            where kept.Contains(irrep)
            select new MulIrrep(x.Multiplicity * y.Multiplicity, irrep);
        return Add(
            [$"[FullTensorProduct({Text(input1)}, {Text(input2)}{keep}{IrrepOption()})]"],
            new Irreps(output.ToList()).Regroup(), new RandomArgument(input1), new RandomArgument(input2));
    }

    /// <summary>The product copy by copy of irreps with others of as many copies.</summary>
    public RandomOperation Elementwise(Irreps input1)
    {
        var copies = input1.SelectMany(e => Enumerable.Repeat(e.Irrep, e.Multiplicity)).ToList();
        int first = dice.Between(1, copies.Count);
        var input2 = new Irreps([new MulIrrep(first, RandomIrreps.One(dice)), new MulIrrep(copies.Count - first, RandomIrreps.One(dice))]).RemoveZeroMultiplicities();
        var others = input2.SelectMany(e => Enumerable.Repeat(e.Irrep, e.Multiplicity)).ToList();
        var (kept, keep) = Kept(copies.Zip(others, Products).SelectMany(p => p).Distinct().ToList(), copies.Zip(others, (x, y) => x * y).SelectMany(p => p));

        // Runs of copies with the same pair of irreps yield each of their irreps side by side.
        var output = new List<MulIrrep>();
        int at = 0;
        foreach (int run in Runs(input1, input2))
        {
            output.AddRange((copies[at] * others[at]).Where(kept.Contains).Select(irrep => new MulIrrep(run, irrep)));
            at += run;
        }

        return Add(
            [$"[ElementwiseTensorProduct({Text(input1)}, {Text(input2)}{keep}{IrrepOption()})]"],
            new Irreps(output).Simplify(), new RandomArgument(input1), new RandomArgument(input2));
    }

    /// <summary>The square: all of it, or mixed into something.</summary>
    public RandomOperation Square(Irreps input)
    {
        int n = input.Count;
        var pieces =
            from a in Enumerable.Range(0, n)
            from b in Enumerable.Range(a, n - a)
            from irrep in input[a].Irrep * input[b].Irrep
            let u = input[a].Multiplicity
            let pairs = u * (u - 1) / 2
            from copies in a != b ? [u * input[b].Multiplicity] : irrep.L % 2 == 0 ? new[] { pairs, u } : [pairs]
            where copies > 0
            select new MulIrrep(copies, irrep);
        var all = pieces.ToList();
        var reachable = all.Select(p => p.Irrep).Where(r => r.L <= HighestDegree).Distinct().ToList();
        if (dice.Chance(50))
        {
            var (kept, keep) = Kept(reachable, all.Select(p => p.Irrep));
            return Add(
                [$"[TensorSquare({Text(input)}{keep}{IrrepOption()})]"],
                new Irreps(all.Where(p => kept.Contains(p.Irrep)).ToList()).Regroup(), new RandomArgument(input));
        }

        var weights = dice.Pick(WeightKind.Internal, WeightKind.Shared, WeightKind.PerSample);
        var output = RandomIrreps.Of(dice, new[] { dice.Pick(reachable) }.Concat(dice.Subset(reachable, 30)).Distinct());
        int count = output.Sum(o => all.Where(p => p.Irrep == o.Irrep).Sum(p => p.Multiplicity * o.Multiplicity));
        RandomArgument[] passed = weights == WeightKind.Internal
            ? []
            : [new RandomArgument(new Irreps([new MulIrrep(count, new Irrep(0, 1))]), weights == WeightKind.Shared ? RandomRows.None : RandomRows.Nodes)];
        string kind = weights == WeightKind.Internal ? "" : $", Weights = WeightKind.{weights}";
        return Add([$"[TensorSquare({Text(input)}, {Text(output)}{kind}{IrrepOption()})]"], output, [new RandomArgument(input), .. passed]);
    }

    /// <summary>The lengths of all copies.</summary>
    public RandomOperation Norm(Irreps input) =>
        Add([$"[Norm({Text(input)}{(dice.Chance(50) ? ", Squared = true" : "")})]"], new Irreps([new MulIrrep(input.NumIrreps, new Irrep(0, 1))]), new RandomArgument(input));

    /// <summary>A function of the norms of all copies.</summary>
    public RandomOperation NormActivation(Irreps input)
    {
        string options = dice.Pick("", ", Bias = true") + dice.Pick("", ", Normalize = false", ", Epsilon = 1e-3", ", Epsilon = 2");
        return Add([$"[NormActivation({Text(input)}, ActivationFunction.{dice.Pick(Enum.GetValues<ActivationFunction>())}{options})]"], input, new RandomArgument(input));
    }

    /// <summary>A function of each entry that is scalar, or one for each parity.</summary>
    public RandomOperation Activation(Irreps input)
    {
        var (even, odd) = (dice.Pick(Enum.GetValues<ActivationFunction>()), dice.Pick(WithParity));
        bool list = dice.Chance(60), hasEven = input.Any(e => e.Irrep is { L: 0, Parity: > 0 }), hasOdd = input.Any(e => e.Irrep is { L: 0, Parity: < 0 });
        var functions = input.Select(e => e.Irrep.L > 0 ? ActivationFunction.Identity : !list ? (e.Irrep.Parity > 0 ? even : odd) : e.Irrep.Parity > 0 ? dice.Pick(Enum.GetValues<ActivationFunction>()) : dice.Pick(WithParity)).ToList();
        string names = string.Join(", ", functions.Select(f => $"ActivationFunction.{f}"));
        string options = !list ? (hasEven ? $", EvenScalars = ActivationFunction.{even}" : "") + (hasOdd ? $", OddScalars = ActivationFunction.{odd}" : "")
            : dice.Pick($", {names}", $", functions: [{names}]", $", functions: new[] {{ {names} }}");
        return Add(
            [$"[Activation({Text(input)}{options}{dice.Pick("", ", Constants = MomentConstants.E3nn")})]"],
            new Irreps(input.Zip(functions, (e, f) => new MulIrrep(e.Multiplicity, e.Irrep.L == 0 ? new Irrep(0, Activated(e.Irrep.Parity, f)) : e.Irrep)).ToList()), new RandomArgument(input));
    }

    private static readonly ActivationFunction[] Even = [ActivationFunction.Abs, ActivationFunction.Cos, ActivationFunction.Square];

    private static readonly ActivationFunction[] WithParity = [.. Even, ActivationFunction.Tanh, ActivationFunction.Identity, ActivationFunction.Softsign, ActivationFunction.Hardtanh, ActivationFunction.Sin, ActivationFunction.Erf];

    private static int Activated(int parity, ActivationFunction function) => parity > 0 || Even.Contains(function) ? 1 : -1;

    /// <summary>A normalisation over a batch or over copies.</summary>
    public RandomOperation Normalization(Irreps irreps)
    {
        string kind = dice.Pick("BatchNorm", "LayerNorm", "RmsNorm");
        string options = dice.Pick("", "", ", Affine = false", irreps.Any(e => e.Irrep.IsScalar) ? ", Bias = false" : "")
            + dice.Pick("", $", Epsilon = {dice.Pick("1e-3", "1", "0.5f")}")
            + dice.Pick("", ", Normalization = Normalization.Norm", ", Normalization = Normalization.Component")
            + (kind == "BatchNorm" ? dice.Pick("", ", Instance = true", ", Momentum = 0.5", ", Reduce = SampleReduction.Max")
                : kind == "RmsNorm" ? dice.Pick("", ", Centering = false") : "");
        return Add([$"[{kind}({Text(irreps)}{options})]"], irreps, new RandomArgument(irreps));
    }

    public RandomOperation Dropout(Irreps irreps) => Add([$"[Dropout({Text(irreps)}, {dice.Pick("0", "0.5", "1e-3", "1")})]"], irreps, new RandomArgument(irreps));

    /// <summary>Some entries in any order, found or said.</summary>
    public RandomOperation Extract(Irreps input)
    {
        bool said = dice.Chance(50);
        var entries = dice.Shuffle(dice.Subset(Enumerable.Range(0, input.Count).ToList(), 60)).ToList();
        entries = said ? [.. entries, .. dice.Subset(entries, 20)] : entries;
        string option = said ? $", Entries = {dice.Pick("new[] ", "new int[] ")}{{ {string.Join(", ", entries)} }}" : "";
        option = entries.Count == 0 && said ? ", Entries = new int[0]" : option;
        var output = new Irreps(entries.Select(e => input[e]).ToList());
        return Add([$"[Extract({Text(input)}, {Text(output)}{option})]"], output, new RandomArgument(input));
    }

    /// <summary>Attention of irreps like these, with as many copies as the heads divide.</summary>
    public RandomOperation Attention(Irreps likeKeys, Irreps likeValues)
    {
        int heads = dice.Between(1, 3);
        Irreps Divisible(Irreps irreps) => new(irreps.Select(e => new MulIrrep(e.Multiplicity * heads, e.Irrep)).ToList());
        Irreps keys = Divisible(likeKeys), values = Divisible(likeValues);
        return Add(
            [$"[Attention({Text(keys)}, {Text(values)}{(heads == 1 ? dice.Pick("", ", Heads = 1") : $", Heads = {heads}")})]"], values,
            new RandomArgument(keys), new RandomArgument(keys, RandomRows.Edges), new RandomArgument(values, RandomRows.Edges), new RandomArgument(null));
    }

    /// <summary>A symmetric contraction: what goes in comes out, among others.</summary>
    public RandomOperation Contraction(Irreps like)
    {
        int copies = dice.Between(1, 4), correlation = dice.Between(1, 3);
        var irreps = like.Select(e => e.Irrep).Distinct().OrderBy(r => r.L).Take(correlation == 3 ? 2 : 3).ToList();
        if (irreps.Max(r => r.L) > 3)
        {
            irreps = [new Irrep(dice.Between(0, 3), dice.Pick(1, -1))];
        }

        var input = new Irreps(irreps.Select(r => new MulIrrep(copies, r)).ToList());
        var output = new Irreps(dice.Shuffle([dice.Pick(irreps), .. dice.Subset(irreps, 50)]).Distinct().Select(r => new MulIrrep(copies, r)).ToList());
        return Add([$"[SymmetricContraction({Text(input)}, {Text(output)}, Correlation = {correlation})]"], output, new RandomArgument(input));
    }

    /// <summary>All that is reachable where its degrees allow it, or some; and the option that says so.</summary>
    private (List<Irrep> Kept, string Option) Kept(List<Irrep> reachable, IEnumerable<Irrep> every)
    {
        bool all = dice.Chance(50) && every.All(r => r.L <= HighestDegree);
        var kept = all ? reachable : [dice.Pick(reachable), .. dice.Subset(reachable, 30)];
        return (kept, all ? "" : $", Keep = {Text(RandomIrreps.Of(dice, kept.Distinct()))}");
    }

    private string IrrepOption() => dice.Pick("", "", $", IrrepNormalization = IrrepNormalization.{dice.Pick(Enum.GetValues<IrrepNormalization>())}");

    /// <summary>How many copies in a row have one pair of entries.</summary>
    private static IEnumerable<int> Runs(Irreps input1, Irreps input2)
    {
        var ends = new SortedSet<int>();
        foreach (var irreps in new[] { input1, input2 })
        {
            int end = 0;
            foreach (var entry in irreps)
            {
                ends.Add(end += entry.Multiplicity);
            }
        }

        return ends.Zip(ends.Prepend(0), (end, start) => end - start);
    }

    public RandomOperation Convolution()
    {
        Irreps nodes = Given(), edges = RandomIrreps.Some(dice);
        var reachable = Products(nodes, edges);
        bool all = dice.Chance(50) && nodes.Max(e => e.Irrep.L) + edges.Max(e => e.Irrep.L) <= HighestDegree;
        var kept = all ? reachable : [dice.Pick(reachable), .. dice.Subset(reachable, 30)];
        var messages = nodes.SelectMany(x => edges.SelectMany(y => (x.Irrep * y.Irrep).Where(kept.Contains).Select(r => (Output: new MulIrrep(x.Multiplicity, r), Weights: x.Multiplicity * y.Multiplicity)))).ToList();
        string keep = all ? "" : $", Keep = {Text(RandomIrreps.Of(dice, kept.Distinct()))}";
        return Add(
            [$"[Convolution({Text(nodes)}, {Text(edges)}{keep})]"],
            new Irreps(messages.Select(m => m.Output).ToList()).Regroup(),
            new RandomArgument(nodes),
            new RandomArgument(edges, RandomRows.Edges),
            new RandomArgument(new Irreps([new MulIrrep(messages.Sum(m => m.Weights), new Irrep(0, 1))]), RandomRows.Edges),
            new RandomArgument(null));
    }

    /// <summary>Harmonics of a vector of this parity.</summary>
    public RandomOperation Harmonics(int parity)
    {
        var degrees = dice.Subset(Enumerable.Range(0, 7), 40);
        var output = new Irreps(dice.Shuffle([parity > 0 ? 1 : dice.Below(5), .. degrees]).Select(l => new MulIrrep(dice.Pick(1, 1, 1, 2), new Irrep(l, l % 2 == 0 ? 1 : parity))).ToList());
        string options = dice.Pick("", "", ", Normalize = false") + dice.Pick("", "", $", Normalization = Normalization.{dice.Pick(Enum.GetValues<Normalization>())}");
        bool isVector = parity < 0 || output.All(e => e.Irrep.L % 2 == 0);
        return Add([$"[SphericalHarmonics({Text(output)}{options})]"], output, new RandomArgument(new Irrep(1, isVector ? -1 : 1)));
    }

    /// <summary>A gate of irreps like these.</summary>
    public RandomOperation Gate(Irreps like)
    {
        var scalars = new Irreps(like.Where(e => e.Irrep.L == 0).ToList());
        var gated = new Irreps(like.Where(e => e.Irrep.L > 0).ToList());
        var gates = new Irreps([new MulIrrep(gated.NumIrreps, new Irrep(0, 1))]).RemoveZeroMultiplicities();
        string options = "";
        if (gated.NumIrreps > 0 && dice.Chance(40))
        {
            int odd = dice.Between(0, gated.NumIrreps);
            gates = new Irreps(dice.Shuffle([new MulIrrep(odd, new Irrep(0, -1)), new MulIrrep(gated.NumIrreps - odd, new Irrep(0, 1))]));
            options += $", Gates = {Text(gates)}";
        }

        bool ofEntries = dice.Chance(25);
        var functions = scalars.Select(e => dice.Pick(e.Irrep.Parity > 0 ? Enum.GetValues<ActivationFunction>() : WithParity)).ToList();
        options += ofEntries ? $", ScalarFunctions = [{string.Join(", ", functions.Select(f => $"ActivationFunction.{f}"))}]" : "";
        var oddScalars = ofEntries ? default : Option("OddScalars", ActivationFunction.Tanh, WithParity);
        var oddGates = Option("OddGates", ActivationFunction.Tanh, WithParity);
        _ = ofEntries ? default : Option("EvenScalars", ActivationFunction.Silu, Enum.GetValues<ActivationFunction>());
        Option("EvenGates", ActivationFunction.Sigmoid, Enum.GetValues<ActivationFunction>());
        options += dice.Pick("", "", $", Constants = MomentConstants.{dice.Pick(Enum.GetValues<MomentConstants>())}");

        var signs = gates.RemoveZeroMultiplicities().SelectMany(e => Enumerable.Repeat(Activated(e.Irrep.Parity, oddGates), e.Multiplicity)).ToList();
        var activated = scalars.Select((e, i) => new MulIrrep(e.Multiplicity, new Irrep(0, Activated(e.Irrep.Parity, ofEntries ? functions[i] : oddScalars)))).ToList();
        var multiplied = gated.SelectMany(e => Enumerable.Repeat(e.Irrep, e.Multiplicity)).Select((irrep, i) => new MulIrrep(1, new Irrep(irrep.L, irrep.Parity * signs[i])));
        return Add(
            [$"[Gate({Text(scalars)}, {Text(gated)}{options})]"],
            new Irreps([.. activated, .. multiplied]).Simplify(),
            new RandomArgument((scalars + gates + gated).RemoveZeroMultiplicities().Regroup()));

        ActivationFunction Option(string name, ActivationFunction fallback, IReadOnlyList<ActivationFunction> functions)
        {
            var function = dice.Chance(30) ? dice.Pick(functions) : fallback;
            options += function == fallback ? "" : $", {name} = ActivationFunction.{function}";
            return function;
        }
    }

    /// <summary>Irreps for an argument: often what an operation before it yields or takes.</summary>
    private Irreps Given()
    {
        var irreps = _operations.Count > 0 && dice.Chance(50) ? dice.Pick(_operations) is var o && dice.Chance(80) ? o.Output : o.Input : RandomIrreps.Some(dice);
        return irreps.Dim is > 0 and < 100 && irreps.Lmax <= 6 ? irreps : RandomIrreps.Some(dice);
    }

    /// <summary>The irreps as an expression: written out, or as a reference to an operation that has them.</summary>
    private string Text(Irreps irreps)
    {
        var references = _operations.Where(o => o.Output == irreps).Select(o => $"@{o.Name}").Concat(_operations.Where(o => o.Input == irreps).Select(o => $"@{o.Name}.Input")).ToList();
        return literals.Write(references.Count > 0 && dice.Chance(60) ? dice.Pick("", " ") + dice.Pick(references) : RandomIrreps.Write(dice, irreps));
    }

    private RandomOperation Add(IReadOnlyList<string> attributes, Irreps output, params IReadOnlyList<RandomArgument> arguments)
    {
        string name = dice.Pick(Names);
        name = _operations.Any(o => o.Name == name) ? string.Create(CultureInfo.InvariantCulture, $"{name}{_operations.Count}") : name;
        var operation = new RandomOperation(name, attributes, arguments, output);
        _operations.Add(operation);
        return operation;
    }

    private static List<Irrep> Products(Irreps input1, Irreps input2) => input1.SelectMany(x => input2.SelectMany(y => Products(x.Irrep, y.Irrep))).Distinct().ToList();

    /// <summary>What a product of two irreps contains up to the highest degree.</summary>
    private static List<Irrep> Products(Irrep x, Irrep y) => (x * y).Where(irrep => irrep.L <= HighestDegree).ToList();

    private static IEnumerable<int> Indices(Irreps irreps, Irrep wanted) => Enumerable.Range(0, irreps.Count).Where(i => irreps[i].Irrep == wanted);

    private static int Weights(ConnectionMode mode, int u, int v, int w) => mode switch
    {
        ConnectionMode.UVW => u * v * w,
        ConnectionMode.UUW => u * w,
        ConnectionMode.UUU => u,
        ConnectionMode.UVULessV => u * (u - 1) / 2,
        ConnectionMode.ULessVW => u * (u - 1) / 2 * w,
        _ => u * v,
    };
}
