using System.ComponentModel;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>What generated classes register by name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Components
{
    /// <summary>Registers a part of a module, unless it already has one of that name: constructors of base classes register, too.</summary>
    /// <param name="owner">The module.</param>
    /// <param name="name">The part's name in the state dict.</param>
    /// <param name="part">The part.</param>
    public static void Add(nn.Module owner, string name, nn.Module part)
    {
        ArgumentNullException.ThrowIfNull(owner);
        if (!owner.named_children().Any(child => child.name == name))
        {
            owner.register_module(name, part);
        }
    }
}
