using E3Gen.Generator.Model;
using E3Gen.Generator.Networks;
using E3Gen.Generator.Parsing;

namespace E3Gen.Generator.Emission;

/// <summary>Prints the parts of a network with errors that other code needs: its base, and a forward that throws.</summary>
internal static class NetworkOutlineEmitter
{
    public static string Emit(NetworkOutline outline, CouplingNames couplings)
    {
        var writer = new SourceWriter();
        var type = outline.Type;
        string? baseClause = outline.Base is null ? null : $" : {outline.Base}";
        GeneratedFile.Write(writer, type, new KernelClass($"{type.Name}Kernels", couplings), [], baseClause, () =>
        {
            if (type.BaseArguments is not null)
            {
                ModuleEmitter.Constructor(writer, type);
            }

            if (outline.Forward is { } forward)
            {
                WriteForward(writer, type, forward);
            }
        });
        return writer.ToString();
    }

    private static void WriteForward(SourceWriter writer, TypeModel type, ForwardOutline forward)
    {
        writer.Line("/// <summary>Not generated: the declaration of the network has errors.</summary>");
        writer.Line(WellKnown.GeneratedCode);
        if (forward.Output is { } output)
        {
            writer.Line($"[return: global::E3Gen.Irreps(\"{output}\")]");
        }

        writer.Call($"public override {forward.Result} forward(", [.. forward.Parameters.Select(p => $"{p.Contract}{p.Type} {p.Name}")], ")");
        using (writer.Braces())
        {
            writer.Line($"throw new global::System.InvalidOperationException(\"{type.Name} was not generated: its declaration has errors.\");");
        }
    }
}
