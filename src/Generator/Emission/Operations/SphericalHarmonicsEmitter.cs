using E3Gen.Generator.Operations;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Emission;

/// <summary>Spherical harmonics: one call with the degrees that are wanted.</summary>
internal static class SphericalHarmonicsEmitter
{
    public static void Emit(SphericalHarmonicsModel model, EmissionContext context)
    {
        context.CheckFeatures(0, 3, "a vector");
        context.Scope();
        string rows = context.Rows(1);
        string unit = model.Normalization == Normalization.Integral ? $" * {Literals.Double(1 / Math.Sqrt(4 * Math.PI))}" : "";
        string Length(int l) => context.Kernels.Surd(HarmonicsPlanner.Factor(l, model.Normalization)) + unit;
        string program = context.Kernels.Field(
            "HarmonicProgram",
            $"{context.Prefix}Program",
            "Copies, degree and length for a unit vector of each irrep of the harmonics",
            [
                $"\"{context.Label}\"",
                $"normalize: {(model.Normalize ? "true" : "false")}",
                .. model.Output.Where(e => e.Multiplicity > 0).Select(e => $"({e.Multiplicity}, {e.Irrep.L}, {Length(e.Irrep.L)})"),
            ]);
        context.Return($"{rows}.Restore({program}.Apply({context.Argument(0)}))");
    }
}
