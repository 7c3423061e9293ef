using E3Gen.Generator.Networks;
using E3Gen.Generator.Parsing;

namespace E3Gen.Generator.Emission;

/// <summary>Prints as much of a network with errors as other code needs to see: its base, and a forward that throws.</summary>
internal static class NetworkOutlineEmitter
{
    public static string Emit(NetworkOutline outline, CouplingNames couplings)
    {
        var writer = new SourceWriter();
        var type = outline.Type;
        IEnumerable<string> types = [WellKnown.Tensor, .. outline.Forward.Select(_ => WellKnown.Tensor), WellKnown.Graph, WellKnown.Tensor];
        string? baseClause = outline.DeclaresBase ? null : $" : {NetworkEmitter.Module}<{string.Join(", ", types)}>";
        GeneratedFile.Write(writer, type, new KernelClass($"{type.Name}Kernels", couplings), [], baseClause, () =>
        {
            if (type.BaseArguments is not null)
            {
                ModuleEmitter.Constructor(writer, type);
            }

            writer.Line("/// <summary>Not generated: the declaration of the network has errors.</summary>");
            writer.Line(WellKnown.GeneratedCode);
            if (outline.Output is { } output)
            {
                writer.Line($"[return: global::E3Gen.Irreps(\"{output}\")]");
            }

            IEnumerable<string> parameters =
            [
                $"[global::E3Gen.Positions] {WellKnown.Tensor} positions",
                .. outline.Forward.Select(p => $"{(p.Irreps is null ? "" : $"[global::E3Gen.Irreps(\"{p.Irreps}\")] ")}{WellKnown.Tensor} {p.Name}"),
                $"{WellKnown.Graph} graph",
            ];
            writer.Call($"public override {WellKnown.Tensor} forward(", [.. parameters], ")");
            using (writer.Braces())
            {
                writer.Line($"throw new global::System.InvalidOperationException(\"{type.Name} was not generated: its declaration has errors.\");");
            }
        });
        return writer.ToString();
    }
}
