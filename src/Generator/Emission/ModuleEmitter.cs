using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Emission;

/// <summary>Prints the generated half of an [EquivariantModule] class.</summary>
internal static class ModuleEmitter
{
    public static string Emit(ModuleModel module, CouplingNames couplings)
    {
        var type = module.Type;
        var names = new FreeNames(type.TakenNames);
        var kernels = new KernelClass(names.Take($"{type.Name}Kernels"), couplings);
        var fields = module.Operations.Select(o => !o.HasModule ? "" : names.Take(Field(o.Method.Name))).ToList();
        var writer = new SourceWriter();
        var descriptions = module.Operations.Where(o => o is not InvalidOperationModel)
            .Select(o => OperationDescription.Attribute(o, Label(o), o.Method.Name));
        GeneratedFile.Write(writer, type, kernels, descriptions, module.Base is null ? null : $" : {module.Base}", () =>
        {
            for (int i = 0; i < module.Operations.Count; i++)
            {
                WriteField(writer, module.Operations[i], Label(module.Operations[i]), fields[i]);
            }

            if (type.BaseArguments is not null)
            {
                Constructor(writer, type);
            }

            var components = module.Operations.Zip(fields, (o, field) => (o.Method.Name, field)).Where(c => c.field.Length > 0).ToList();
            if (components.Count > 0 && !type.RegistersItself)
            {
                Registration.Write(writer, type, components);
            }

            for (int i = 0; i < module.Operations.Count; i++)
            {
                if (i > 0)
                {
                    writer.Line();
                }

                var operation = module.Operations[i];
                if (module.Operations.Take(i).All(o => o.Method.Name != operation.Method.Name))
                {
                    // Two of one name are an error, and the first stands for both.
                    string name = Identifiers.Escape(operation.Method.Name);
                    string reference = module.Operations.Count(o => o.Method.Name == operation.Method.Name) == 1 ? $"<see cref=\"{name}\"/>" : $"<c>{name}</c>";
                    WriteWeightCount(writer, type, operation, reference);
                    WriteOutputMask(writer, type, operation, reference);
                }

                OperationEmitter.Emit(operation, new EmissionContext(
                    writer, kernels, operation.Method, operation.Method.Name, Label(operation), $"this.{fields[i]}", operation.Method.Name));
            }
        });
        return writer.ToString();

        string Label(OperationModel operation) => $"{type.Name}.{operation.Method.Name}";
    }

    /// <summary>The number of weights that an operation takes as an argument, i.e. the output width of its radial network.</summary>
    private static void WriteWeightCount(SourceWriter writer, TypeModel type, OperationModel operation, string reference)
    {
        string name = $"{operation.Method.Name}Weights";
        if (operation.PassedWeights is not { } count || type.TakenNames.Contains(name))
        {
            return;
        }

        bool isShared = operation.Plan is { Inputs: var inputs } && inputs[inputs.Count - 1].Rows == RowSource.Shared;
        string each = isShared ? "for all rows together" : operation is ConvolutionModel ? "for each edge" : "for each row";
        writer.Line($"/// <summary>The number of weights that {reference} takes {each}.</summary>");
        writer.Line($"public const int {name} = {count};");
        writer.Line();
    }

    /// <summary>Which columns of the result are reached, where some may not be.</summary>
    private static void WriteOutputMask(SourceWriter writer, TypeModel type, OperationModel operation, string reference)
    {
        string name = $"{operation.Method.Name}OutputMask";
        if (operation.Reached is not { } reached || type.TakenNames.Contains(name))
        {
            return;
        }

        var runs = operation.Output.Zip(reached, (entry, isReached) => $"({entry.Dim}, {(isReached ? "true" : "false")})");
        writer.Line($"/// <summary>For each column of the result of {reference} whether a path reaches it (e3nn's output_mask).</summary>");
        writer.Line($"public static bool[] {name}() => global::E3Gen.Operations.OutputMask.Of({string.Join(", ", runs)});");
        writer.Line();
    }

    public static void Constructor(SourceWriter writer, TypeModel type)
    {
        writer.Line("/// <summary>Creates the module with newly drawn weights, in the default dtype on the CPU.</summary>");
        writer.Line($"{type.Accessibility} {type.Identifier}()");
        writer.Line($"    : base({type.BaseArguments})");
        using (writer.Braces())
        {
            writer.Line("this.RegisterComponents();");
        }

        writer.Line();
    }

    /// <summary>The field that holds an operation's module; registered under the operation's name.</summary>
    private static void WriteField(SourceWriter writer, OperationModel operation, string label, string field)
    {
        if (!operation.HasModule)
        {
            return;
        }

        var (type, arguments) = operation is RuntimeModuleModel module
            ? (module.Kind, RuntimeModuleEmitter.Arguments(module, label))
            : (operation.HasWeights ? "OperationWeights" : "OperationBiases", WeightArguments(operation));
        writer.Line($"[global::TorchSharp.Utils.ComponentName(Name = \"{operation.Method.Name}\")]");
        writer.Line($"private readonly global::E3Gen.Operations.{type} {field} = new({arguments});");
        writer.Line();
    }

    private static string WeightArguments(OperationModel operation)
    {
        var (weights, biases) = operation.Parameters;
        string arguments = !operation.HasWeights ? $"biases: {biases}" : biases > 0 ? $"weights: {weights}, biases: {biases}" : $"weights: {weights}";
        string deviations = string.Join(", ", operation.Deviations.Select(d => $"({d.Count}, {Literals.Double(d.Deviation)})"));
        arguments += deviations.Length > 0 ? $", deviations: [{deviations}]" : "";
        return arguments + (operation.Channels is { } channels ? $", channels: ({channels.Input}, {channels.Output})" : "");
    }

    private static string Field(string operation) => $"_{char.ToLowerInvariant(operation[0])}{operation.Substring(1)}";
}
