using E3Gen.Generator.Operations;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Emission;

/// <summary>Operations whose work a module of the runtime does: one call of it.</summary>
internal static class RuntimeModuleEmitter
{
    public static void Emit(RuntimeModuleModel model, EmissionContext context) =>
        context.Writer.Line($"return {context.Result($"{context.Weights}.Apply({string.Join(", ", model.Method.Arguments)})")};");

    /// <summary>What the module is made with: the operation's name in messages, then its options.</summary>
    public static string Arguments(RuntimeModuleModel model, string label) =>
        string.Join(", ", model.Options.Select(o => $"{o.Name}: {Text(o.Value)}").Prepend($"\"{label}\""));

    private static string Text(object value) => value switch
    {
        Irreps irreps => $"\"{irreps}\"",
        double number => Literals.Double(number),
        bool flag => flag ? "true" : "false",
        Enum constant => $"global::E3Gen.{constant.GetType().Name}.{constant}",
        EquatableArray<int> numbers => $"[{string.Join(", ", numbers)}]",
        _ => $"{value}",
    };
}
