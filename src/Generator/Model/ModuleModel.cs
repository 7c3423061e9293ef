using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Model;

/// <summary>A class to generate into: everything that the emitter needs, nothing that changes when other code does.</summary>
/// <param name="Namespace">Namespace, empty for the global one.</param>
/// <param name="Containers">Headers of the containing types, outermost first, such as "partial class Outer".</param>
/// <param name="Name">Name of the class.</param>
/// <param name="Identifier">The name as code writes it.</param>
/// <param name="HintName">File name of the generated source.</param>
/// <param name="Accessibility">Accessibility keyword of an emitted constructor.</param>
/// <param name="BaseArguments">Arguments that an emitted constructor hands to its base; null where the class declares a constructor itself.</param>
/// <param name="TakenNames">Names that generated helpers must avoid.</param>
public sealed record TypeModel(
    string Namespace,
    EquatableArray<string> Containers,
    string Name,
    string Identifier,
    string HintName,
    string Accessibility,
    string? BaseArguments,
    EquatableArray<string> TakenNames);

/// <summary>An [EquivariantModule] class and its operations.</summary>
public sealed record ModuleModel(TypeModel Type, EquatableArray<OperationModel> Operations)
{
    /// <summary>The couplings that its kernels use.</summary>
    public IEnumerable<CouplingKey> Couplings => Operations.SelectMany(o => o.Couplings).Distinct();
}
