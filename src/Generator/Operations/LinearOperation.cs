using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Operations;

/// <summary>[Linear]: mixes copies of equal irreps.</summary>
internal sealed class LinearOperation : OperationDefinition
{
    public override bool PassesWeights(AttributeReader attribute) =>
        attribute.Get(nameof(LinearAttribute.Weights), WeightKind.Internal) is WeightKind.Shared or WeightKind.PerSample;

    public override OperationModel? Parse(OperationContext context)
    {
        var weights = context.Enum(nameof(LinearAttribute.Weights), WeightKind.Internal);
        var input = context.Irreps("input");
        var output = context.Irreps("output");
        var biased = output is null ? default : Biased(context, output);
        var normalization = context.Enum(nameof(LinearAttribute.PathNormalization), PathNormalization.Element);
        Expect(context, weights, hasBias: biased.Count > 0);
        if (input is null || output is null)
        {
            return null;
        }

        var channels = Channels(context);
        var lines = context.Others<PathAttribute>().ToList();
        long count = lines.Count > 0 ? lines.Count : input.Irreps.Sum(i => (long)output.Irreps.Count(o => o.Irrep == i.Irrep));
        if (!context.IsValid || !context.CheckPaths(count * (channels is { } c ? (long)c.Input * c.Output : 1)))
        {
            return null;
        }

        var connections = lines.Count > 0 ? Picked(context, lines, input, output) : LinearPlanner.Every(input.Irreps, output.Irreps);
        bool allowMissing = context.Attribute.Get(nameof(LinearAttribute.AllowMissingPaths), false);
        if (!allowMissing && context.IsValid)
        {
            CheckReached(context, input, output, connections, biased, lines.Count > 0);
        }

        return new LinearModel(context.Method, input.Irreps, output.Irreps, connections.ToEquatable())
        {
            Biased = biased,
            Weights = weights,
            PathNormalization = normalization,
            Channels = channels,
            AllowsMissingPaths = allowMissing,
        };
    }

    private static void Expect(OperationContext context, WeightKind weights, bool hasBias)
    {
        if (weights == WeightKind.None)
        {
            context.Report(
                DeclarationRules.OptionOutOfRange, context.Attribute.LocationOf(nameof(LinearAttribute.Weights)), nameof(LinearAttribute.Weights), context.Name, weights,
                "Internal, Shared or PerSample: a linear map is its weights");
        }
        else if (weights == WeightKind.Internal)
        {
            context.Expect((ParameterKind.Tensor, "x"));
        }
        else if (hasBias)
        {
            context.Expect((ParameterKind.Tensor, "x"), (ParameterKind.Tensor, "weights"), (ParameterKind.Tensor, "bias"));
        }
        else
        {
            context.Expect((ParameterKind.Tensor, "x"), (ParameterKind.Tensor, "weights"));
        }
    }

    /// <summary>The output's segments that get a bias, ascending.</summary>
    private static EquatableArray<int> Biased(OperationContext context, IrrepsText output)
    {
        const string Option = nameof(LinearAttribute.BiasEntries);
        var entries = context.Attribute.List<int>(Option) ?? [];
        foreach (var (entry, location) in entries.Where(e => e.Value < 0 || e.Value >= output.Irreps.Count || !output.Irreps[e.Value].Irrep.IsScalar))
        {
            string given = entry >= 0 && entry < output.Irreps.Count ? $"{entry} ({output.Irreps[entry]})" : $"{entry}";
            context.Report(
                DeclarationRules.OptionOutOfRange, location, Option, context.Name, given,
                $"positions of even scalars in the output {output.Irreps}, from 0: any other irrep would turn, and its bias would not");
        }

        if (entries.Count > 0 && context.Attribute.Get(nameof(LinearAttribute.Bias), false))
        {
            context.Report(SelectionRules.UnusedOption, context.Attribute.LocationOf(nameof(LinearAttribute.Bias)), context.Name, $"even scalars besides {Option}", nameof(LinearAttribute.Bias));
        }

        if (context.Attribute.Get(nameof(LinearAttribute.Bias), false) && !output.Irreps.Any(e => e is { Multiplicity: > 0, Irrep.IsScalar: true }))
        {
            context.Report(SelectionRules.UnusedOption, context.Attribute.LocationOf(nameof(LinearAttribute.Bias)), context.Name, "even scalars in its output", nameof(LinearAttribute.Bias));
        }

        bool all = entries.Count == 0 && context.Attribute.Get(nameof(LinearAttribute.Bias), false);
        return Enumerable.Range(0, output.Irreps.Count)
            .Where(o => output.Irreps[o] is { Multiplicity: > 0, Irrep.IsScalar: true } && (all || entries.Any(e => e.Value == o))).ToEquatable();
    }

    private static (int Input, int Output)? Channels(OperationContext context)
    {
        const string Input = nameof(LinearAttribute.InputChannels), Output = nameof(LinearAttribute.OutputChannels);
        if (context.Attribute.Get(Input, 0) == 0 && context.Attribute.Get(Output, 0) == 0)
        {
            return null;
        }

        return (context.Integer(Input, 0, 1, 10_000), context.Integer(Output, 0, 1, 10_000));
    }

    /// <summary>The paths that [Path] lines pick, in the order written.</summary>
    private static IReadOnlyList<LinearConnection> Picked(OperationContext context, IEnumerable<AttributeReader> lines, IrrepsText input, IrrepsText output)
    {
        var connections = new List<LinearConnection>();
        foreach (var line in lines)
        {
            if (!line.Takes("input"))
            {
                context.Report(DeclarationRules.OptionOutOfRange, line.Location, "Path", context.Name, "one of a product", "the positions of an input and an output segment: [Path(0, 0)]");
                continue;
            }

            foreach (string option in new[] { nameof(PathAttribute.Mode), nameof(PathAttribute.Weight), nameof(PathAttribute.HasWeight) }.Where(line.Has))
            {
                context.Report(SelectionRules.UnusedOption, line.LocationOf(option), context.Name, "such property of paths, being linear", option);
            }

            var (i, o) = (line.Get("input", 0), line.Get("output", 0));
            if (!(InRange(context, line, "input", i, input) & InRange(context, line, "output", o, output)))
            {
                continue;
            }

            var (x, y) = (input.Irreps[i], output.Irreps[o]);
            if (x.Irrep != y.Irrep)
            {
                string equal = string.Join(", ", Enumerable.Range(0, output.Irreps.Count).Where(k => output.Irreps[k].Irrep == x.Irrep));
                context.Report(SelectionRules.LinearPath, line.Location, context.Name, i, x, o, y, equal.Length == 0 ? $"no segment of the output is {x.Irrep}" : $"{x.Irrep} is at {equal}");
            }
            else if (x.Multiplicity > 0 && y.Multiplicity > 0)
            {
                connections.Add(new LinearConnection(i, o));
            }
        }

        return connections;
    }

    private static bool InRange(OperationContext context, AttributeReader line, string argument, int index, IrrepsText irreps)
    {
        bool isThere = index >= 0 && index < irreps.Irreps.Count;
        if (!isThere)
        {
            context.Report(SelectionRules.UnknownPath, line.LocationOf(argument), context.Name, $"segment {index}", argument, Describe.List(irreps.Irreps), Suggestion.None);
        }

        return isThere;
    }

    private static void CheckReached(
        OperationContext context, IrrepsText input, IrrepsText output, IReadOnlyList<LinearConnection> connections, EquatableArray<int> biased, bool picked)
    {
        bool IsReached(int o) => biased.Contains(o) || connections.Any(c => c.Output == o);
        for (int o = 0; o < output.Irreps.Count; o++)
        {
            var entry = output.Irreps[o];
            if (!IsReached(o) && entry.Multiplicity > 0)
            {
                var there = input.Irreps.Where(e => e.Multiplicity > 0).Select(e => e.Irrep);
                context.ReportAt(
                    output, o, SelectionRules.Unreached, context.Name, entry, picked ? "add a [Path] that ends in it or leave it out" : Advice(entry.Irrep, input.Irreps),
                    Suggestion.Entry(output, o, picked ? [] : there, remove: true, IsReached));
            }
        }

        for (int i = 0; i < input.Irreps.Count; i++)
        {
            var entry = input.Irreps[i];
            if (entry.Multiplicity > 0 && !connections.Any(c => c.Input == i))
            {
                context.ReportAt(
                    input, i, SelectionRules.Unread, context.Name, entry,
                    picked ? "add a [Path] that starts from it or leave it out" : $"a linear map keeps irreps, and the output {Describe.List(output.Irreps)} has no {entry.Irrep}",
                    Suggestion.Entry(input, i, picked ? [] : output.Irreps.Where(e => e.Multiplicity > 0).Select(e => e.Irrep), remove: true));
            }
        }
    }

    private static string Advice(Irrep wanted, Irreps input)
    {
        string only = $"a linear map keeps irreps, and the input is {Describe.List(input)}";
        return input.Any(e => e.Irrep.L == wanted.L)
            ? $"{only}: {new Irrep(wanted.L, -wanted.Parity)} differs from {wanted} in parity"
            : only;
    }
}
