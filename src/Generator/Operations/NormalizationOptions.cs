using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Parsing;

namespace E3Gen.Generator.Operations;

/// <summary>The options that all normalisations have, read by name from their attributes.</summary>
/// <param name="Irreps">Irreps of argument and result.</param>
/// <param name="Epsilon">Added before the root.</param>
/// <param name="Affine">Whether there are weights.</param>
/// <param name="Bias">Whether there are biases, too.</param>
/// <param name="Normalization">What gets a mean square of 1.</param>
internal sealed record NormalizationOptions(Irreps Irreps, double Epsilon, bool Affine, bool Bias, Normalization Normalization)
{
    /// <summary>Number of even scalars.</summary>
    public int ScalarCount => Irreps.Where(e => e.Irrep.IsScalar).Sum(e => e.Multiplicity);

    /// <summary>Number of weights and biases.</summary>
    public (long Weights, long Biases) Held => Affine ? (Irreps.NumIrreps, Bias ? ScalarCount : 0) : (0, 0);

    /// <summary>Those that are not the default.</summary>
    public IEnumerable<ModuleOption> Set => [
        new ModuleOption("irreps", Irreps),
        .. ModuleOption.Set(("epsilon", Epsilon, 1e-5), ("affine", Affine, true), ("bias", Bias, true), ("normalization", Normalization, Normalization.Component)),
    ];

    /// <summary>What gets a mean square of 1.</summary>
    public string Normalized => Normalization == Normalization.Component ? "components" : "irreps";

    public static NormalizationOptions? Read(OperationContext context)
    {
        context.Expect((ParameterKind.Tensor, "x"));
        double epsilon = context.Number(nameof(LayerNormAttribute.Epsilon), 1e-5, v => v is >= 1e-15 and <= 1e15, "a number from 1E-15 to 1E+15");
        bool affine = context.Attribute.Get(nameof(LayerNormAttribute.Affine), true), bias = context.Attribute.Get(nameof(LayerNormAttribute.Bias), true);
        var normalization = context.Enum(nameof(LayerNormAttribute.Normalization), Normalization.Component);
        if (normalization == Normalization.Integral)
        {
            context.Report(
                DeclarationRules.OptionOutOfRange, context.Attribute.LocationOf(nameof(LayerNormAttribute.Normalization)),
                nameof(LayerNormAttribute.Normalization), context.Name, normalization, "Component or Norm");
        }

        if (context.Irreps("irreps") is not { } irreps)
        {
            return null;
        }

        var options = new NormalizationOptions(irreps.Irreps, epsilon, affine, bias, normalization);
        if (bias && options.Held.Biases == 0)
        {
            context.CheckUnused(affine ? "even scalars" : "weights", nameof(LayerNormAttribute.Bias));
        }

        return options;
    }

    /// <summary>What the state dict holds.</summary>
    public IEnumerable<string> Facts(string method)
    {
        var (weights, biases) = Held;
        if (weights > 0)
        {
            yield return $"{weights} weights, \"{method}.weight\" in the state dict, one for each copy.";
        }

        if (biases > 0)
        {
            yield return $"{biases} biases of the even scalars, \"{method}.bias\" in the state dict.";
        }
    }
}
