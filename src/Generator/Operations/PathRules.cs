using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Planning;
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
                        CheckMultiplicities(path, context.Attribute.LocationOf("output"), context.Attribute);
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
            double weight = line.Get(nameof(PathAttribute.Weight), 1.0);
            if (!(weight > 0) || double.IsInfinity(weight))
            {
                context.Report(DeclarationRules.OptionOutOfRange, line.LocationOf(nameof(PathAttribute.Weight)), "Weight", context.Name,
                    weight, "a positive number");
                continue;
            }

            var picked = line.Takes("path") ? PickByIrreps(line) : PickByPosition(line);
            foreach (var (a, b, c, location) in picked)
            {
                var path = new BilinearPath(a, b, c, pathMode, hasWeights && line.Get(nameof(PathAttribute.HasWeight), true), weight);
                if (input1.Irreps[a].Multiplicity > 0 && input2.Irreps[b].Multiplicity > 0 && output.Irreps[c].Multiplicity > 0)
                {
                    CheckMultiplicities(path, location, line.Has(nameof(PathAttribute.Mode)) ? line : context.Attribute);
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
        for (int c = 0; c < output.Irreps.Count; c++)
        {
            if (output.Irreps[c].Multiplicity > 0 && !paths.Any(p => p.Output == c))
            {
                string advice = picked
                    ? "add a [Path] that ends in it or leave it out"
                    : $"{Describe.List(input1.Irreps)} x {Describe.List(input2.Irreps)} gives {Describe.List(reachable)}";
                var suggestion = Suggestion.Entry(output, c, picked ? [] : reachable, remove: true);
                context.ReportAt(output, c, SelectionRules.Unreached, context.Name, output.Irreps[c], advice, suggestion);
            }
        }

        CheckRead(paths, input1, p => p.Input1);
        CheckRead(paths, input2, p => p.Input2);
    }

    private void CheckRead(IReadOnlyList<BilinearPath> paths, IrrepsText input, Func<BilinearPath, int> segment)
    {
        for (int i = 0; i < input.Irreps.Count; i++)
        {
            if (input.Irreps[i].Multiplicity > 0 && !paths.Any(p => segment(p) == i))
            {
                const string Advice = "leave it out, or add an output irrep that it can reach";
                context.ReportAt(input, i, SelectionRules.Unread, context.Name, input.Irreps[i], Advice, Suggestion.Removal(input, i));
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

    private List<(int A, int B, int C, Location Location)> PickByIrreps(AttributeReader line)
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

        bool found = Found(path.Input1, input1, "first input", text)
            & Found(path.Input2, input2, "second input", text)
            & CheckSelection(
                path.Input1.Irrep, path.Input2.Irrep, path.Output.Irrep, () => (text.Locate(path.Output.Span), OtherOutput(text, path)));
        if (!found || !Found(path.Output, output, "output", text))
        {
            return picked;
        }

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

    private bool Found((Irrep Irrep, TextSpan Span) wanted, IrrepsText irreps, string where, StringArgument text)
    {
        if (irreps.Irreps.Any(e => e.Irrep == wanted.Irrep))
        {
            return true;
        }

        var others = Other(text, wanted, irreps.Irreps.Select(e => e.Irrep));
        context.Report(
            SelectionRules.UnknownPath, text.Locate(wanted.Span), context.Name, wanted.Irrep, where, Describe.List(irreps.Irreps), others);
        return false;
    }

    private static Suggestion Other(StringArgument text, (Irrep Irrep, TextSpan Span) wanted, IEnumerable<Irrep> allowed) =>
        Suggestion.Edit(text, wanted.Span, Suggestion.Nearest(wanted.Irrep, allowed).Select(irrep => irrep.ToString()));

    /// <summary>The irreps that the product gives; only those that the output has, where it has any of them.</summary>
    private Suggestion OtherOutput(StringArgument text, PathText path)
    {
        var allowed = path.Input1.Irrep * path.Input2.Irrep;
        var there = allowed.Where(a => output.Irreps.Any(e => e.Irrep == a)).ToList();
        return Other(text, path.Output, there.Count > 0 ? there : allowed);
    }

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

    /// <param name="path">The path.</param>
    /// <param name="location">Where it is picked.</param>
    /// <param name="setsMode">The attribute that sets its mode.</param>
    private void CheckMultiplicities(BilinearPath path, Location location, AttributeReader setsMode)
    {
        if (Connection.Of(path.Mode) is not { } connection)
        {
            context.Report(DeclarationRules.OptionOutOfRange, setsMode.LocationOf(nameof(PathAttribute.Mode)), "Mode", context.Name,
                path.Mode, "UVW, UVU, UVV, UUW, UUU or UVUV");
            return;
        }

        var (x, y, z) = (input1.Irreps[path.Input1], input2.Irreps[path.Input2], output.Irreps[path.Output]);
        void Fail(string need, string has) => context.Report(SelectionRules.Multiplicities, location, path.Mode, need, x, y, z, has);

        if (connection.Input2 == "u" && x.Multiplicity != y.Multiplicity)
        {
            Fail("both inputs to have the same multiplicity", $"{x.Multiplicity} and {y.Multiplicity}");
        }
        else if (connection.RequiredOutput(x.Multiplicity, y.Multiplicity) is { } required && required != z.Multiplicity)
        {
            string whose = connection.Output switch
            {
                "u" => "the first input's",
                "v" => "the second input's",
                _ => "the product of both inputs'"
            };
            Fail($"the output to have {whose} multiplicity, {required}", $"{z.Multiplicity}");
        }
        else if (!path.HasWeight && connection.Output == "w" && z.Multiplicity != 1)
        {
            Fail("weights, or an output of multiplicity 1", $"no weights and multiplicity {z.Multiplicity}");
        }
    }
}
