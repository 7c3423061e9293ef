using E3Gen.Generator.Model;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Operations;

/// <summary>One kind of operation: its attribute and its rules. Its model holds its plan; an emitter for each backend prints it.</summary>
internal abstract class OperationDefinition
{
    private static readonly Dictionary<string, OperationDefinition> All = new()
    {
        [nameof(LinearAttribute)] = new LinearOperation(),
        [nameof(TensorProductAttribute)] = new TensorProductOperation(),
        [nameof(FullTensorProductAttribute)] = new FullTensorProductOperation(),
        [nameof(ElementwiseTensorProductAttribute)] = new ElementwiseTensorProductOperation(),
        [nameof(TensorSquareAttribute)] = new TensorSquareOperation(),
        [nameof(NormAttribute)] = new NormOperation(),
        [nameof(SymmetricContractionAttribute)] = new SymmetricContractionOperation(),
        [nameof(ConvolutionAttribute)] = new ConvolutionOperation(),
        [nameof(SphericalHarmonicsAttribute)] = new SphericalHarmonicsOperation(),
        [nameof(GateAttribute)] = new GateOperation(),
        [nameof(ActivationAttribute)] = new ActivationOperation(),
        [nameof(NormActivationAttribute)] = new NormActivationOperation(),
        [nameof(BatchNormAttribute)] = new BatchNormOperation(),
        [nameof(LayerNormAttribute)] = new LayerNormOperation(),
        [nameof(RmsNormAttribute)] = new RmsNormOperation(),
        [nameof(DropoutAttribute)] = new DropoutOperation(),
        [nameof(ExtractAttribute)] = new ExtractOperation(),
        [nameof(AttentionAttribute)] = new AttentionOperation(),
    };

    /// <summary>The full names of all attributes of operations.</summary>
    public static IEnumerable<string> Attributes => All.Keys.Select(name => $"E3Gen.{name}");

    public static OperationDefinition? For(INamedTypeSymbol attribute) =>
        All.TryGetValue(attribute.Name, out var definition) ? definition : null;

    /// <summary>
    /// Reads and checks the declaration. What is wrong is reported to the context; the result is used only where nothing was.
    /// </summary>
    public abstract OperationModel? Parse(OperationContext context);

    /// <summary>Whether an operation declared so is passed weights, whatever else is wrong with it.</summary>
    public virtual bool PassesWeights(AttributeReader attribute) => false;
}
