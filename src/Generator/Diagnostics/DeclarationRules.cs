using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Diagnostics;

/// <summary>E3G03xx: the shape of the declaration.</summary>
internal static class DeclarationRules
{
    public static readonly DiagnosticDescriptor ClassNotPartial = Rule.Error(
        "E3G0301", "The class must be partial", "'{0}' must be partial, so that its operations can be generated; write 'partial class {0}'");

    public static readonly DiagnosticDescriptor NotAModule = Rule.Error(
        "E3G0302", "The class must derive from nn.Module", "'{0}' must derive from TorchSharp's {1}, but derives from '{2}'");

    public static readonly DiagnosticDescriptor UnsupportedType = Rule.Error(
        "E3G0303", "The class cannot be a module", "'{0}' cannot be generated: {1}");

    public static readonly DiagnosticDescriptor UnsupportedMethod = Rule.Error(
        "E3G0304", "The operation must be a partial instance method without a body", "'{0}' cannot be an operation: {1}");

    public static readonly DiagnosticDescriptor Signature = Rule.Error(
        "E3G0305", "The operation has the wrong signature", "'{0}' must be declared as '{1}', but {2}");

    public static readonly DiagnosticDescriptor DuplicateName = Rule.Error(
        "E3G0306", "Two operations have the same name", "'{0}' names two operations of '{1}' (or of its base); their parameters would have the same name in the state dict");

    public static readonly DiagnosticDescriptor ForgottenRegistration = Rule.Error(
        "E3G0307", "The constructor must call RegisterComponents()",
        "{2} of '{0}' does not call RegisterComponents(): {1} would be missing from parameters(), state_dict(), to() and train(); {3}");

    public static readonly DiagnosticDescriptor OutsideModule = Rule.Error(
        "E3G0308", "An operation belongs in an [EquivariantModule] class", "'{0}' is an operation, but '{1}' {2}");

    public static readonly DiagnosticDescriptor SeveralOperations = Rule.Error(
        "E3G0309", "A method is one operation",
        "'{0}' has several operation attributes ({1}), so that nothing is generated for it; "
        + "keep one, and give each other a method of its own");

    public static readonly DiagnosticDescriptor LonelyPath = Rule.Error(
        "E3G0310", "[Path] belongs to a [TensorProduct] or a [Linear]", "'{0}' has [Path] lines but no [TensorProduct] or [Linear]");

    public static readonly DiagnosticDescriptor OptionOutOfRange = Rule.Error(
        "E3G0311", "An option is out of range", "{0} of '{1}' is {2}, but must be {3}");

    public static readonly DiagnosticDescriptor ForwardDeclared = Rule.Error(
        "E3G0312", "The network's forward is generated", "'{0}' declares '{1}' itself, but [{2}] generates it; remove it or use [EquivariantModule]");

    public static readonly DiagnosticDescriptor Species = Rule.Error(
        "E3G0313", "Species are chemical elements, each once", "The species '{0}' of '{1}' {2}");

    public static readonly DiagnosticDescriptor ScalarsFirst = Rule.Error(
        "E3G0314", "The hidden irreps of a MACE begin with even scalars", "Hidden of '{0}' begins with {1}, but the energies are read from even scalars, which come first: begin with 0e");

    public static readonly DiagnosticDescriptor HiddenTwice = Rule.Error(
        "E3G0315", "The hidden irreps of a MACE differ", "Hidden of '{0}' has {1} twice; its products are made for each irrep once, so write more copies of all");
}
