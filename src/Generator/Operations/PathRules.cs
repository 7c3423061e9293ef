using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator.Operations;

/// <summary>The rules that every bilinear path obeys, and how [Path] lines pick paths.</summary>
internal sealed class PathRules(
    OperationContext context, IrrepsText input1, IrrepsText input2, IrrepsText output, ConnectionMode mode, bool hasWeights)
{
    /// <summary>Every path that the selection rules allow, in e3nn's order.</summary>
    public IReadOnlyList<BilinearPath> Every()
    {
        var paths = new List<BilinearPath>();
        var outputs = output.Irreps.Where(e => e.Multiplicity > 0).ToLookup(e => e.Irrep);
        if (!context.CheckPaths(input1.Irreps.Sum(x => input2.Irreps.Sum(y => (x.Irrep * y.Irrep).Sum(z => (long)outputs[z].Count())))))
        {
            return paths;
        }

        for (int a = 0; a < input1.Irreps.Count; a++)
        {
            for (int b = 0; b < input2.Irreps.Count; b++)
            {
                for (int c = 0; c < output.Irreps.Count; c++)
                {
                    var (x, y, z) = (input1.Irreps[a], input2.Irreps[b], output.Irreps[c]);
                    if ((x.Irrep * y.Irrep).Contains(z.Irrep) && x.Multiplicity > 0 && y.Multiplicity > 0 && z.Multiplicity > 0)
                    {
                        var path = new BilinearPath(a, b, c, mode, hasWeights);
                        CheckMultiplicities(path, context.Attribute.LocationOf("output"));
                        paths.Add(path);
                    }
                }
            }
        }

        return paths;
    }

    /// <summary>The paths that [Path] lines pick, in the order written.</summary>
    public IReadOnlyList<BilinearPath> Picked(IEnumerable<AttributeReader> lines)
    {
        var paths = new List<BilinearPath>();
        foreach (var line in lines)
        {
            var pathMode = line.Has(nameof(PathAttribute.Mode)) ? line.Get(nameof(PathAttribute.Mode), mode) : mode;
            if (!Enum.IsDefined(typeof(ConnectionMode), pathMode))
            {
                context.Report(DeclarationRules.OptionOutOfRange, line.LocationOf(nameof(PathAttribute.Mode)), "Mode", context.Name, pathMode,
                    OperationContext.OneOf<ConnectionMode>());
                continue;
            }

            double weight = line.Get(nameof(PathAttribute.Weight), 1.0);
            if (!(weight > 0) || double.IsInfinity(weight))
            {
                context.Report(DeclarationRules.OptionOutOfRange, line.LocationOf(nameof(PathAttribute.Weight)), "Weight", context.Name,
                    weight, "a positive number");
                continue;
            }

            if (line.Takes("input"))
            {
                context.Report(
                    DeclarationRules.OptionOutOfRange, line.Location, "Path", context.Name, "one of a linear map",
                    "the positions of two input segments and an output segment, or their irreps: [Path(0, 0, 0)], [Path(\"1o x 1o -> 0e\")]");
                continue;
            }

            var picked = line.Takes("path") ? PickByIrreps(line, pathMode) : PickByPosition(line);
            foreach (var (a, b, c, location) in picked)
            {
                var path = new BilinearPath(a, b, c, pathMode, hasWeights && line.Get(nameof(PathAttribute.HasWeight), true), weight);
                if (input1.Irreps[a].Multiplicity > 0 && input2.Irreps[b].Multiplicity > 0 && output.Irreps[c].Multiplicity > 0)
                {
                    CheckMultiplicities(path, location);
                    paths.Add(path);
                }
            }
        }

        return paths;
    }

    public void CheckReached(IReadOnlyList<BilinearPath> paths)
    {
        var reachable = Describe.Products(input1.Irreps, input2.Irreps);
        bool picked = context.Others<PathAttribute>().Any();
        var unreached = new List<Irrep>();
        for (int c = 0; c < output.Irreps.Count; c++)
        {
            if (output.Irreps[c].Multiplicity > 0 && !paths.Any(p => p.Output == c))
            {
                string advice = picked
                    ? "add a [Path] that ends in it or leave it out"
                    : $"{Describe.List(input1.Irreps)} x {Describe.List(input2.Irreps)} gives {Describe.List(reachable)}";
                string? another = picked ? Another(p => p.Output == c) : null;
                bool IsReached(int o) => paths.Any(p => p.Output == o);
                var suggestion = Suggestion.Entry(output, c, picked ? [] : reachable, remove: true, IsReached).And(Suggestion.Path, another);
                context.ReportAt(output, c, SelectionRules.Unreached, context.Name, output.Irreps[c], advice, suggestion);
                unreached.Add(output.Irreps[c].Irrep);
            }
        }

        CheckRead(paths, input1, p => p.Input1, picked ? [] : Partners(input2));
        CheckRead(paths, input2, p => p.Input2, picked ? [] : Partners(input1));

        // With one of these instead, an input would reach an output that nothing reaches.
        IEnumerable<Irrep> Partners(IrrepsText other) =>
            from y in other.Irreps
            where y.Multiplicity > 0
            from z in unreached
            from irrep in z * y.Irrep
            where irrep.L <= Wigner3j.MaxL
            select irrep;
    }

    /// <summary>
    /// A path that [Path] lines could pick as well, as it is written; null where there is none, or it would pick others besides.
    /// </summary>
    private string? Another(Func<BilinearPath, bool> wanted)
    {
        var all =
            from a in Enumerable.Range(0, input1.Irreps.Count)
            from b in Enumerable.Range(0, input2.Irreps.Count)
            from c in Enumerable.Range(0, output.Irreps.Count)
            where wanted(new BilinearPath(a, b, c, mode, hasWeights))
            let irreps = (X: input1.Irreps[a].Irrep, Y: input2.Irreps[b].Irrep, Z: output.Irreps[c].Irrep)
            where (irreps.X * irreps.Y).Contains(irreps.Z)
            let path = Between(irreps.X, irreps.Y, irreps.Z, mode, hasWeights).ToList()
            where path.Count == 1 && Misfit(path[0]) is null
            select $"{irreps.X} x {irreps.Y} -> {irreps.Z}";
        return all.FirstOrDefault();
    }

    private void CheckRead(IReadOnlyList<BilinearPath> paths, IrrepsText input, Func<BilinearPath, int> segment, IEnumerable<Irrep> others)
    {
        bool picked = context.Others<PathAttribute>().Any();
        for (int i = 0; i < input.Irreps.Count; i++)
        {
            if (input.Irreps[i].Multiplicity > 0 && !paths.Any(p => segment(p) == i))
            {
                const string Advice = "leave it out, or add an output irrep that it can reach";
                string? another = picked ? Another(p => segment(p) == i) : null;
                var suggestion = Suggestion.Entry(input, i, others, remove: true).And(Suggestion.Path, another);
                context.ReportAt(input, i, SelectionRules.Unread, context.Name, input.Irreps[i], Advice, suggestion);
            }
        }
    }

    private IEnumerable<(int A, int B, int C, Location Location)> PickByPosition(AttributeReader line)
    {
        if (line.IsRejected("input1") || line.IsRejected("input2") || line.IsRejected("output"))
        {
            return [];
        }

        int a = line.Get("input1", 0), b = line.Get("input2", 0), c = line.Get("output", 0);
        bool inRange = InRange(line, "input1", a, input1, "first input")
            & InRange(line, "input2", b, input2, "second input")
            & InRange(line, "output", c, output, "output");
        if (!inRange)
        {
            return [];
        }

        var (x, y, z) = (input1.Irreps[a].Irrep, input2.Irreps[b].Irrep, output.Irreps[c].Irrep);
        return CheckSelection(x, y, z, () => (line.Location, Suggestion.None)) ? [(a, b, c, line.Location)] : [];
    }

    private bool InRange(AttributeReader line, string argument, int index, IrrepsText irreps, string where)
    {
        if (index >= 0 && index < irreps.Irreps.Count)
        {
            return true;
        }

        context.Report(
            SelectionRules.UnknownPath, line.LocationOf(argument), context.Name, $"segment {index}", where, Describe.List(irreps.Irreps));
        return false;
    }

    private List<(int A, int B, int C, Location Location)> PickByIrreps(AttributeReader line, ConnectionMode pathMode)
    {
        var picked = new List<(int, int, int, Location)>();
        if (line.String("path") is not { } text)
        {
            if (!line.IsRejected("path"))
            {
                context.Report(SelectionRules.MalformedPath, line.LocationOf("path"), "null");
            }

            return picked;
        }

        if (PathText.Parse(text.Value) is not { } path)
        {
            context.Report(SelectionRules.MalformedPath, text.Locate(new TextSpan(0, text.Value.Length), intoConstants: true), text.Value);
            return picked;
        }

        var (x, y, z) = (path.Input1.Irrep, path.Input2.Irrep, path.Output.Irrep);
        bool hasWeight = hasWeights && line.Get(nameof(PathAttribute.HasWeight), true);
        bool found = Found(path.Input1, input1, "first input", text, r => Fits(r, y, z))
            & Found(path.Input2, input2, "second input", text, r => Fits(x, r, z));
        if (!found // what cannot come of an irrep that is not there is no mistake of its own
            || !CheckSelection(x, y, z, () => (text.Locate(path.Output.Span), OtherOutput()))
            || !Found(path.Output, output, "output", text, r => Fits(x, y, r)))
        {
            return picked;
        }

        Suggestion OtherOutput() => Other(text, path.Output, Irreps(output).Where(r => Fits(x, y, r)));

        // Whether the next rules would take it: what is offered instead of an irrep is there, is allowed, and has multiplicities that fit.
        bool Fits(Irrep a, Irrep b, Irrep c) => (a * b).Contains(c) && Between(a, b, c, pathMode, hasWeight).All(p => Misfit(p) is null);

        if (!context.CheckPaths(Segments(input1, path.Input1.Irrep).LongCount()
            * Segments(input2, path.Input2.Irrep).Count() * Segments(output, path.Output.Irrep).Count()))
        {
            return picked;
        }

        foreach (int a in Segments(input1, path.Input1.Irrep))
        {
            foreach (int b in Segments(input2, path.Input2.Irrep))
            {
                picked.AddRange(Segments(output, path.Output.Irrep)
                    .Select(c => (a, b, c, text.Locate(new TextSpan(0, text.Value.Length)))));
            }
        }

        return picked;
    }

    private static IEnumerable<int> Segments(IrrepsText text, Irrep irrep) =>
        Enumerable.Range(0, text.Irreps.Count).Where(i => text.Irreps[i].Irrep == irrep);

    private static IEnumerable<Irrep> Irreps(IrrepsText text) => text.Irreps.Select(e => e.Irrep);

    /// <summary>What a [Path] of these irreps picks.</summary>
    private IEnumerable<BilinearPath> Between(Irrep x, Irrep y, Irrep z, ConnectionMode pathMode, bool hasWeight) =>
        from a in Segments(input1, x)
        from b in Segments(input2, y)
        from c in Segments(output, z)
        where input1.Irreps[a].Multiplicity > 0 && input2.Irreps[b].Multiplicity > 0 && output.Irreps[c].Multiplicity > 0
        select new BilinearPath(a, b, c, pathMode, hasWeight);

    private bool Found((Irrep Irrep, TextSpan Span) wanted, IrrepsText irreps, string where, StringArgument text, Func<Irrep, bool> fits)
    {
        if (irreps.Irreps.Any(e => e.Irrep == wanted.Irrep))
        {
            return true;
        }

        var others = Other(text, wanted, Irreps(irreps).Where(fits));
        context.Report(
            SelectionRules.UnknownPath, text.Locate(wanted.Span), context.Name, wanted.Irrep, where, Describe.List(irreps.Irreps), others);
        return false;
    }

    private static Suggestion Other(StringArgument text, (Irrep Irrep, TextSpan Span) wanted, IEnumerable<Irrep> allowed) =>
        Suggestion.Edit(text, wanted.Span, Suggestion.Nearest(wanted.Irrep, allowed).Select(irrep => irrep.ToString()));

    private bool CheckSelection(Irrep x, Irrep y, Irrep z, Func<(Location Location, Suggestion Suggestion)> place)
    {
        if (z.L < Math.Abs(x.L - y.L) || z.L > x.L + y.L)
        {
            var (location, suggestion) = place();
            context.Report(
                SelectionRules.PathTriangle, location, x, y, z, Math.Abs(x.L - y.L), x.L + y.L, Describe.List(x * y), suggestion);
            return false;
        }

        if (x.Parity * y.Parity != z.Parity)
        {
            var (location, suggestion) = place();
            context.Report(
                SelectionRules.PathParity, location, x, y, z, Describe.Parity(x.Parity * y.Parity), Describe.List(x * y), suggestion);
            return false;
        }

        return true;
    }

    private void CheckMultiplicities(BilinearPath path, Location location)
    {
        if (Misfit(path) is var (need, has))
        {
            var (x, y, z) = (input1.Irreps[path.Input1], input2.Irreps[path.Input2], output.Irreps[path.Output]);
            context.Report(SelectionRules.Multiplicities, location, path.Mode, need, x, y, z, has);
        }
    }

    /// <summary>What a mode needs of the multiplicities, and what they are; null where they fit.</summary>
    private (string Need, string Has)? Misfit(BilinearPath path)
    {
        var connection = Connection.Of(path.Mode);
        var (x, y, z) = (input1.Irreps[path.Input1], input2.Irreps[path.Input2], output.Irreps[path.Output]);
        if (connection.PairsCopies && x.Multiplicity != y.Multiplicity)
        {
            return ("both inputs to have the same multiplicity", $"{x.Multiplicity} and {y.Multiplicity}");
        }

        if (connection.Pairs == Pairs.Ascending && x.Multiplicity < 2)
        {
            return ("two copies at least, of which it takes pairs", $"{x.Multiplicity}");
        }

        if (connection.RequiredOutput(x.Multiplicity, y.Multiplicity) is { } required && required != z.Multiplicity)
        {
            string what = connection.Output switch
            {
                "u" => "the first input's multiplicity",
                "v" => "the second input's multiplicity",
                _ when connection.Pairs == Pairs.Ascending => "one copy for each pair of copies",
                _ => "the product of both inputs' multiplicity",
            };
            return ($"the output to have {what}, {required}", $"{z.Multiplicity}");
        }

        return !path.HasWeight && connection.Output == "w" && z.Multiplicity != 1
            ? ("weights, or an output of multiplicity 1", $"no weights and multiplicity {z.Multiplicity}")
            : null;
    }
}
