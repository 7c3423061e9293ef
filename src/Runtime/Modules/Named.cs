using System.ComponentModel;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>A level of a state dict that only gives a name: holds one module and registers it under that name.</summary>
/// <typeparam name="T">Type of the module.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Named<T> : nn.Module
    where T : nn.Module
{
    /// <summary>Registers <paramref name="module"/> as <paramref name="name"/>.</summary>
    /// <param name="name">The name of the level, for example "first".</param>
    /// <param name="module">The module.</param>
    public Named(string name, T module)
        : base(nameof(Named<T>))
    {
        Module = module;
        register_module(name, module);
    }

    /// <summary>The module.</summary>
    public T Module { get; }

    /// <summary>Does nothing: the one component is registered already, and reflection would add it again under its field's name.</summary>
    protected override void RegisterComponents()
    {
    }
}
