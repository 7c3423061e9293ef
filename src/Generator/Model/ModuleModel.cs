namespace E3Gen.Generator.Model;

/// <summary>A class to generate into: everything that the emitter needs, nothing that changes when other code does.</summary>
/// <param name="Namespace">Namespace, empty for the global one.</param>
/// <param name="Containers">Headers of the containing types, outermost first, such as "partial class Outer".</param>
/// <param name="Name">Name of the class.</param>
/// <param name="HintName">File name of the generated source.</param>
/// <param name="Accessibility">Accessibility keyword of an emitted constructor.</param>
/// <param name="EmitConstructor">Whether the class declares no constructor.</param>
/// <param name="TakenNames">Member names that generated helpers must avoid.</param>
public sealed record TypeModel(
    string Namespace,
    EquatableArray<string> Containers,
    string Name,
    string HintName,
    string Accessibility,
    bool EmitConstructor,
    EquatableArray<string> TakenNames)
{
    /// <summary>The name, or the name with underscores where the class has a member of that name.</summary>
    public string Free(string name)
    {
        while (TakenNames.Contains(name))
        {
            name += "_";
        }

        return name;
    }
}

/// <summary>An [EquivariantModule] class and its operations.</summary>
public sealed record ModuleModel(TypeModel Type, EquatableArray<OperationModel> Operations);
