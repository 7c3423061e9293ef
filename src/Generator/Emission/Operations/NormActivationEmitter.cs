using E3Gen.Generator.Operations;

namespace E3Gen.Generator.Emission;

/// <summary>Functions of norms: one call with a table of segments.</summary>
internal static class NormActivationEmitter
{
    public static void Emit(NormActivationModel model, EmissionContext context)
    {
        bool biased = model.Parameters.Biases > 0;
        context.CheckFeatures(0, model.Input);
        if (biased)
        {
            context.CheckWeights(0, "Biases", "biases");
        }

        context.Scope();
        string rows = context.Rows(1);
        string table = context.Kernels.Field(
            "NormActivation",
            $"{context.Prefix}Program",
            $"{(model.Epsilon is null ? "z = f(|x|) x" : "z = f(|x|) x / |x|")}: copies and degree of each segment",
            [
                $"ActivationFunction.{model.Function}",
                $"epsilon: {(model.Epsilon is { } epsilon ? Literals.Double(epsilon) : "null")}",
                .. model.Input.Where(e => e.Multiplicity > 0).Select(e => $"({e.Multiplicity}, {e.Irrep.L})"),
            ]);
        context.Return($"{rows}.Restore({table}.Apply({context.Argument(0)}{(biased ? $", {context.Weights}.Biases" : "")}))");
    }
}
