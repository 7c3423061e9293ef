using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Model;

/// <summary>A class to generate into: everything that the emitter needs, and nothing that depends on other code.</summary>
/// <param name="Namespace">Namespace, empty for the global one.</param>
/// <param name="Containers">Headers of the containing types, outermost first, such as "partial class Outer".</param>
/// <param name="Name">Name of the class.</param>
/// <param name="Identifier">The name as code writes it.</param>
/// <param name="Declaration">The header of its other half: "partial class Interaction".</param>
/// <param name="HintName">File name of the generated source.</param>
/// <param name="Accessibility">Accessibility keyword of an emitted constructor.</param>
/// <param name="BaseArguments">Arguments that an emitted constructor hands to its base; null where the class declares a constructor itself.</param>
/// <param name="TakenNames">Names that generated helpers must avoid.</param>
/// <param name="IsDocumented">Whether the user wrote a documentation comment.</param>
/// <param name="RegistersItself">Whether it, or a class that it derives from, says itself what RegisterComponents does.</param>
public sealed record TypeModel(
    string Namespace,
    EquatableArray<string> Containers,
    string Name,
    string Identifier,
    string Declaration,
    string HintName,
    string Accessibility,
    string? BaseArguments,
    EquatableArray<string> TakenNames,
    bool IsDocumented,
    bool RegistersItself);

/// <summary>A class and its operations.</summary>
/// <param name="Type">The class.</param>
/// <param name="Operations">The operations; where the class has errors, they are invalid ones, whose bodies throw.</param>
/// <param name="Base">The base that must be written where a class with errors names none, so that nothing else is wrong with it; else null.</param>
public sealed record ModuleModel(TypeModel Type, EquatableArray<OperationModel> Operations, string? Base = null)
{
    /// <summary>The couplings that it uses.</summary>
    public IEnumerable<CouplingUse> Couplings => Operations.SelectMany(o => o.Couplings).Distinct();
}
