namespace E3Gen;

/// <summary>
/// Base of the attributes that turn a partial method of an <see cref="EquivariantModuleAttribute"/> class into an equivariant operation.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public abstract class OperationAttribute : Attribute;
