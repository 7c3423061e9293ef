using E3Gen.Generator.Operations;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Emission.Portable;

/// <summary>Spherical harmonics degree by degree, each one matrix product of Y_(l−1) ⊗ r with a constant.</summary>
internal static class SphericalHarmonicsEmitter
{
    private const string Harmonics = "global::E3Gen.Kernels.Harmonics";

    public static void Emit(SphericalHarmonicsModel model, EmissionContext context)
    {
        var (writer, locals) = (context.Writer, context.Locals);
        string v = context.Argument(0), rows = locals.Name("rows"), r = locals.Name("r");
        context.CheckFeatures(0, 3, "a vector");
        context.Scope();
        writer.Line($"var {rows} = global::E3Gen.Kernels.Rows.Flatten(ref {v});");
        writer.Line(model.Normalize ? $"var {r} = {Harmonics}.Direction({v});" : $"var {r} = {v};");

        int lmax = model.Output.Count == 0 ? 0 : model.Output.Max(e => e.Irrep.L);
        for (int l = 0; l <= lmax; l++)
        {
            string y = locals.Name($"y{l}");
            if (l < 2)
            {
                writer.Line($"var {y} = {(l == 0 ? $"{Harmonics}.One({r})" : r)};");
                continue;
            }

            var path = HarmonicsPlanner.Step(l).Paths[0];
            string step = context.Kernels.Field(
                "HarmonicStep",
                $"{context.Prefix}Y{l}",
                $"Y{l} from Y{l - 1} and r: {Formula.Text(path.Scale)} Σ C[i,j,k] Y{l - 1}[i] r[j]",
                context.Kernels.Coupling(l - 1, 1, l),
                $"scale: {context.Kernels.Surd(path.Scale)}");
            writer.Line($"var {y} = {step}.Apply({locals.Name($"y{l - 1}")}, {r});");
        }

        var entries = model.Output.Where(e => e.Multiplicity > 0).ToList();
        var parts = entries.SelectMany(e => Enumerable.Repeat(locals.Name($"y{e.Irrep.L}"), e.Multiplicity));
        string joined = $"global::E3Gen.Kernels.Layouts.Join({string.Join(", ", parts)})";
        if (model.Normalization != Normalization.Norm && entries.Count > 0)
        {
            string unit = model.Normalization == Normalization.Integral ? $" * {Literals.Double(1 / Math.Sqrt(4 * Math.PI))}" : "";
            string scale = context.Kernels.Field(
                "ColumnScale",
                $"{context.Prefix}Normalization",
                model.Normalization == Normalization.Component ? "|Y_l|² = 2l + 1" : "√((2l + 1) / 4π)",
                [.. entries.Select(e => $"({e.Dim}, {context.Kernels.Surd(HarmonicsPlanner.Factor(e.Irrep.L, model.Normalization))}{unit})")]);
            joined = $"{scale}.Apply({joined})";
        }

        context.Return($"{rows}.Restore({(entries.Count == 0 ? $"global::E3Gen.Kernels.Layouts.Zeros({v}, 0)" : joined)})");
    }
}
