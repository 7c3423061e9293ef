using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;

namespace E3Gen.Generator.Emission;

/// <summary>Prints operations: documentation, signature and body.</summary>
internal static class OperationEmitter
{
    public static void Emit(OperationModel operation, EmissionContext context)
    {
        Documentation.Of(operation, context).Write(context.Writer, operation.Method.IsDocumented);
        if (context.Method.Header.Contains("partial "))
        {
            context.Writer.Line(WellKnown.GeneratedCode);
        }

        context.Writer.Call($"{context.Method.Header}(", context.Method.Parameters, ")");
        using (context.Writer.Braces())
        {
            switch (operation)
            {
                case LinearModel linear:
                    LinearEmitter.Emit(linear, context);
                    break;
                case TensorProductModel product:
                    TensorProductEmitter.Emit(product, context);
                    break;
                case ConvolutionModel convolution:
                    ConvolutionEmitter.Emit(convolution, context);
                    break;
                case SphericalHarmonicsModel harmonics:
                    SphericalHarmonicsEmitter.Emit(harmonics, context);
                    break;
                case SymmetricContractionModel contraction:
                    SymmetricContractionEmitter.Emit(contraction, context);
                    break;
                case GateModel gate:
                    GateEmitter.Emit(gate, context);
                    break;
                case ActivationModel activation:
                    GateEmitter.Emit(activation, context);
                    break;
                case NormActivationModel activation:
                    NormActivationEmitter.Emit(activation, context);
                    break;
                case RuntimeModuleModel module:
                    RuntimeModuleEmitter.Emit(module, context);
                    break;
                case InvalidOperationModel:
                    context.Writer.Line($"throw new global::System.InvalidOperationException(\"{context.Label} was not generated: its declaration has errors.\");");
                    break;
            }
        }
    }
}
