using System.ComponentModel;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>What generated classes register by name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Components
{
    /// <summary>Registers a part of a module, unless it already has one of that name: constructors of base classes register, too.</summary>
    /// <param name="owner">The module.</param>
    /// <param name="name">The part's name in the state dict; with dots ("layers.0.linear") the levels between are made.</param>
    /// <param name="part">The part.</param>
    public static void Add(nn.Module owner, string name, nn.Module part)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(name);
        int dot = name.IndexOf('.');
        string first = dot < 0 ? name : name[..dot];
        var child = Child(owner, first);
        if (child is null)
        {
            child = dot < 0 ? part : new StateLevel();
            owner.register_module(first, child);
        }

        if (dot >= 0) Add(child, name[(dot + 1)..], part);
    }

    /// <summary>The part of that name, with dots also one of a part; null where there is none.</summary>
    internal static nn.Module? Find(nn.Module owner, string name) =>
        name.Split('.').Aggregate((nn.Module?)owner, (module, part) => module is null ? null : Child(module, part));

    private static nn.Module? Child(nn.Module owner, string name) => owner.named_children().FirstOrDefault(child => child.name == name).module;
}
