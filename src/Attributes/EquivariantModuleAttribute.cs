namespace E3Gen;

/// <summary>
/// Marks a partial class derived from a TorchSharp <c>nn.Module</c> whose attributed partial methods are equivariant operations.
/// The generator writes their bodies, registers their parameters and, where the class declares no constructor, emits a parameterless one.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EquivariantModuleAttribute : Attribute;
