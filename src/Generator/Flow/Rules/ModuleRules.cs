using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>Results of TorchSharp's modules, which act as the functions of the same name.</summary>
internal static class ModuleRules
{
    private static readonly HashSet<string> NeitherEvenNorOdd =
    [
        "ReLU", "ReLU6", "SiLU", "Sigmoid", "GELU", "ELU", "SELU", "CELU", "Softplus", "LeakyReLU", "Mish", "Hardswish", "Hardsigmoid",
        "LogSigmoid",
    ];

    private static readonly HashSet<string> Odd = ["Tanh", "Softsign", "Tanhshrink", "Softshrink", "Hardshrink"];

    private static readonly HashSet<string> Random =
        ["Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout", "RReLU"];

    /// <summary>The module's result for one tensor.</summary>
    public static TensorValue Apply(TorchCall c, Made module, TensorValue x)
    {
        string name = module.Type.Name;
        if (module.Arguments.TryGetValue("inplace", out var inPlace) && inPlace is not Data { Constant: false })
        {
            throw c.CannotVerify(x, $"{name}, which may write into its argument,");
        }

        if (Random.Contains(name) && !(module.Arguments.TryGetValue("p", out var p) && TorchCall.Number(p) == 0))
        {
            throw c.CannotVerify(x, $"{name}, which draws random numbers,");
        }

        if (name == "Sequential")
        {
            return module.Parts.IsEmpty
                ? Invariants(c, name, x)
                : module.Parts.Aggregate(x, (y, part) => c.Machine.State.Content(part) is Made inner
                    ? Apply(c, inner, y) with { Identity = c.Machine.NextNumber() }
                    : throw c.CannotVerify(y, "Sequential of modules that are not known"));
        }

        if (NeitherEvenNorOdd.Contains(name) || Odd.Contains(name))
        {
            return Elementwise.Pointwise(c.Named(name), x, Odd.Contains(name) ? -1 : 0);
        }

        switch (name)
        {
            case "Linear":
                var output = module.Arguments.TryGetValue("outputSize", out var size) && size is Data { Extent: { } extent }
                    ? extent
                    : c.Machine.Fresh();
                bool hasBias = !module.Arguments.TryGetValue("hasBias", out var bias) || bias is not Data { Constant: false };
                return Products.Linear(c.Named(name), x, output, hasBias);
            case "Identity" or "Dropout" or "Dropout1d" or "Dropout2d" or "Dropout3d":
                return x; // with a probability of zero, or it would not have come here
            case "LayerNorm" or "Softmax" or "LogSoftmax" or "BatchNorm1d" when x.IsInvariant:
                // Weights for each entry make neighbours differ that were equal.
                return Gathering.WithoutRuns(x) with { Memory = [], IsZero = false };
            case "Embedding" when x.IsInvariant:
                var columns = module.Arguments.TryGetValue("embedding_dims", out var dims) && dims is Data { Extent: { } width }
                    ? width
                    : c.Machine.Fresh();
                return x with { Axes = x.Axes.Add(Axis.Plain(columns)), IsZero = false, Numbers = NumberKind.Float, Memory = [] };
            default:
                return Invariants(c, name, x);
        }
    }

    private static TensorValue Invariants(TorchCall c, string name, TensorValue x) =>
        x.IsInvariant ? Reductions.Unshaped(x) with { Numbers = NumberKind.Unknown }
        : name is "LayerNorm" or "Softmax" or "LogSoftmax" or "BatchNorm1d"
            ? throw c.Named(name).Mixes(x, "normalise by lengths instead: .norm(-1)")
        : throw c.CannotVerify(x, name);
}
