using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;

namespace E3Gen.Generator.Emission;

/// <summary>Prints the generated half of an [EquivariantModule] class.</summary>
internal static class ModuleEmitter
{
    public static string Emit(ModuleModel module)
    {
        var type = module.Type;
        var kernels = new KernelClass(type.Free($"{type.Name}Kernels"));
        var writer = new SourceWriter();
        GeneratedFile.Write(writer, type, kernels, baseClause: null, () =>
        {
            foreach (var operation in module.Operations.Where(o => o.Parameters != (0, 0)))
            {
                Field(writer, type, operation);
            }

            if (type.EmitConstructor)
            {
                Constructor(writer, type);
            }

            for (int i = 0; i < module.Operations.Count; i++)
            {
                if (i > 0)
                {
                    writer.Line();
                }

                var operation = module.Operations[i];
                string label = $"{type.Name}.{operation.Method.Name}";
                OperationEmitter.Emit(operation, new EmissionContext(writer, kernels, operation.Method, operation.Method.Name, label, WeightsField(type, operation), operation.Method.Name));
            }
        });
        return writer.ToString();
    }

    public static void Constructor(SourceWriter writer, TypeModel type)
    {
        writer.Line("/// <summary>Creates the module with newly drawn weights, in the default dtype on the CPU.</summary>");
        writer.Line($"{type.Accessibility} {type.Name}()");
        writer.Line($"    : base(\"{type.Name}\")");
        using (writer.Braces())
        {
            writer.Line("this.RegisterComponents();");
        }

        writer.Line();
    }

    /// <summary>The field that holds an operation's parameters; registered under the operation's name.</summary>
    private static void Field(SourceWriter writer, TypeModel type, OperationModel operation)
    {
        var (weights, biases) = operation.Parameters;
        string arguments = biases > 0 ? $"weights: {weights}, biases: {biases}" : $"weights: {weights}";
        writer.Line($"[global::TorchSharp.Utils.ComponentName(Name = \"{operation.Method.Name}\")]");
        writer.Line($"private readonly global::E3Gen.Kernels.OperationWeights {WeightsField(type, operation)} = new global::E3Gen.Kernels.OperationWeights({arguments});");
        writer.Line();
    }

    private static string WeightsField(TypeModel type, OperationModel operation)
    {
        string name = operation.Method.Name;
        return type.Free($"_{char.ToLowerInvariant(name[0])}{name.Substring(1)}");
    }
}
