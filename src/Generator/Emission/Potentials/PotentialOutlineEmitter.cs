using E3Gen.Generator.Parsing;
using E3Gen.Generator.Potentials;
using static E3Gen.Generator.Emission.Potentials.PotentialTypes;

namespace E3Gen.Generator.Emission.Potentials;

/// <summary>Prints a potential whose declaration has errors: code that uses it compiles, so that nothing hides them.</summary>
internal static class PotentialOutlineEmitter
{
    public static string Emit(PotentialOutline outline, CouplingNames couplings)
    {
        const string Parameters = $"{WellKnown.Tensor} positions, {WellKnown.Tensor} species, {WellKnown.Graph} graph";
        var (writer, type) = (new SourceWriter(), outline.Type);
        string fail = $"throw new global::System.InvalidOperationException(\"{type.Name} was not generated: its declaration has errors.\");";
        (string Name, string Header)[] members =
        [
            ("Species", $"public {Symbols} Species"),
            ("Cutoff", "public double Cutoff"),
            ("forward", $"public override {WellKnown.Tensor} forward({Parameters})"),
            ("Features", $"public {WellKnown.Tensor}[] Features({Parameters})"),
            ("Adapt", "public void Adapt(global::E3Gen.DatasetStatistics statistics)"),
            ("", $"{ConstantNames} global::E3Gen.IStateConstants.StateConstants"),
        ];
        GeneratedFile.Write(writer, type, new KernelClass($"{type.Name}Kernels", couplings), [], Header(outline.DeclaresBase), () =>
        {
            if (type.BaseArguments is { } arguments)
            {
                foreach (string parameters in outline.TakesSpecies ? [$"{Texts} species", $"{Texts} species, double cutoff"] : new[] { "", "double cutoff" })
                {
                    writer.Line("/// <summary>Not generated: the declaration has errors.</summary>");
                    writer.Line($"{type.Accessibility} {type.Identifier}({parameters}) : base({arguments}) => {fail}");
                    writer.Line();
                }
            }

            foreach (var (name, declaration) in members.Where(m => !outline.Declared.Contains(m.Name)))
            {
                writer.Line("/// <summary>Not generated: the declaration has errors.</summary>");
                writer.Line(WellKnown.GeneratedCode);
                writer.Line($"{declaration} => {fail}");
                writer.Line();
            }
        });
        return writer.ToString();
    }
}
