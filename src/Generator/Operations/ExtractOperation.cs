using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using E3Gen.Polynomials;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Operations;

/// <summary>[Extract]: whole entries of the input, in the order of the output.</summary>
internal sealed class ExtractOperation : OperationDefinition
{
    public override OperationModel? Parse(OperationContext context)
    {
        context.Expect((ParameterKind.Tensor, "x"));
        const string Option = nameof(ExtractAttribute.Entries);
        var input = context.Irreps("input");
        var output = context.Irreps("output");
        var stated = context.Attribute.List<int>(Option);
        if (input is null || output is null || (stated is null && context.Attribute.Has(Option) && !context.Attribute.IsNull(Option)))
        {
            return null;
        }

        var entries = stated is null ? Find(context, input.Irreps, output) : Check(context, input.Irreps, output, stated);
        return !context.IsValid ? null : new RuntimeModuleModel(
            context.Method, "Extract", input.Irreps, output.Irreps, new[] { new ModuleOption("irreps", input.Irreps), new ModuleOption("entries", entries.ToEquatable()) }.ToEquatable())
        {
            IsView = true,
            Summary = $"The entries {string.Join(", ", entries)} of {input.Irreps}: {output.Irreps}.",
        };
    }

    /// <summary>The first entries that are equal and not taken yet.</summary>
    private static List<int> Find(OperationContext context, Irreps input, IrrepsText output)
    {
        var taken = new List<int>();
        for (int o = 0; o < output.Irreps.Count; o++)
        {
            var wanted = output.Irreps[o];
            int found = Enumerable.Range(0, input.Count).Where(i => input[i] == wanted && !taken.Contains(i)).DefaultIfEmpty(-1).First();
            if (found < 0)
            {
                string where = input.Contains(wanted) ? "input once more" : "input";
                context.ReportAt(output, o, SelectionRules.UnknownPath, context.Name, wanted, where, Describe.List(input));
            }

            taken.Add(found);
        }

        return taken;
    }

    private static List<int> Check(OperationContext context, Irreps input, IrrepsText output, IReadOnlyList<(int Value, Location Location)> stated)
    {
        void Report(Location location, object value, string wanted) =>
            context.Report(DeclarationRules.OptionOutOfRange, location, nameof(ExtractAttribute.Entries), context.Name, value, wanted);

        if (stated.Count != output.Irreps.Count)
        {
            string each = output.Irreps.Count == 1 ? "1 index, of the output's entry" : $"{output.Irreps.Count} indices, one for each entry of the output";
            Report(context.Attribute.LocationOf(nameof(ExtractAttribute.Entries)), $"{stated.Count} {(stated.Count == 1 ? "index" : "indices")}", each);
            return [];
        }

        for (int o = 0; o < stated.Count; o++)
        {
            var (entry, location) = stated[o];
            if (entry < 0 || entry >= input.Count)
            {
                Report(location, entry, input.Count == 0 ? "an entry of the input, which has none" : $"from 0 to {input.Count - 1}, an entry of the input");
            }
            else if (input[entry] != output.Irreps[o])
            {
                context.ReportAt(output, o, SelectionRules.UnknownPath, context.Name, output.Irreps[o], $"input's entry {entry}", input[entry]);
            }
        }

        return [.. stated.Select(s => s.Value)];
    }
}
