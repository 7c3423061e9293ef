using E3Gen.Generator.Emission.Cpu;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Emission.Portable;

/// <summary>Spherical harmonics degree by degree, each one matrix product of Y_(l−1) ⊗ r with a constant.</summary>
internal static class SphericalHarmonicsEmitter
{
    private const string Harmonics = "global::E3Gen.Operations.Harmonics";

    public static void Emit(SphericalHarmonicsModel model, EmissionContext context)
    {
        var (writer, locals) = (context.Writer, context.Locals);
        string v = context.Argument(0), rows = locals.Name("rows"), r = locals.Name("r");
        context.CheckFeatures(0, 3, "a vector");
        context.Scope();
        writer.Line($"var {rows} = global::E3Gen.Operations.Rows.Flatten(ref {v});");
        var entries = model.Output.Where(e => e.Multiplicity > 0).ToList();
        int lmax = entries.Count == 0 ? -1 : entries.Max(e => e.Irrep.L);
        string Y(int l) => l == 1 ? r : locals.Name($"y{l}");
        var steps = new List<string>();
        for (int l = 2; l <= lmax; l++)
        {
            var path = HarmonicsPlanner.Step(l).Paths[0];
            steps.Add(context.Kernels.Field(
                "HarmonicStep",
                $"{context.Prefix}Y{l}",
                $"Y{l} from Y{l - 1} and r: {Formula.Text(path.Scale)} Σ C[i,j,k] Y{l - 1}[i] r[j]",
                context.Kernels.Coupling(new CouplingKey(l - 1, 1, l)),
                $"scale: {context.Kernels.Surd(path.Scale)}"));
        }

        string unit = model.Normalization == Normalization.Integral ? $" * {Literals.Double(1 / Math.Sqrt(4 * Math.PI))}" : "";
        string Length(int l) => context.Kernels.Surd(HarmonicsPlanner.Factor(l, model.Normalization)) + unit;
        if (lmax > 0)
        {
            CpuEmitter.Harmonics(model, context, rows, entries, Length);
            writer.Line($"var {r} = {(model.Normalize ? $"{Harmonics}.Direction({v})" : v)};");
        }

        if (entries.Any(e => e.Irrep.L == 0))
        {
            writer.Line($"var {Y(0)} = {Harmonics}.One({v});");
        }

        for (int l = 2; l <= lmax; l++)
        {
            writer.Line($"var {Y(l)} = {steps[l - 2]}.Apply({Y(l - 1)}, {r});");
        }

        string Copies(int l, int count) => count == 1 ? Y(l) : $"{Y(l)}.repeat(1, {count})";
        string joined = Assembly.Join(entries.Select(e => (e.Dim, new List<string> { Copies(e.Irrep.L, e.Multiplicity) })), v);
        if (joined == r && !model.Normalize)
        {
            joined = $"{r}.alias()"; // never the caller's own tensor
        }

        if (model.Normalization != Normalization.Norm && entries.Count > 0)
        {
            string scale = context.Kernels.Field(
                "ColumnScale",
                $"{context.Prefix}Normalization",
                model.Normalization == Normalization.Component ? "|Y_l|² = 2l + 1" : "√((2l + 1) / 4π)",
                [.. entries.Select(e => $"({e.Dim}, {Length(e.Irrep.L)})")]);
            joined = $"{scale}.Apply({joined})";
        }

        context.Return($"{rows}.Restore({joined})");
    }
}
