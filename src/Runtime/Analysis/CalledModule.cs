using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>Which module a function belongs to or calls, as far as can be seen: random arguments should be of its type.</summary>
internal static class CalledModule
{
    /// <summary>The module whose method the function is, or the first one with parameters that a lambda captured; null for none.</summary>
    public static nn.Module? Of(Delegate f) => Of(f.Target, depth: 2);

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A captured module that was trimmed away is not called, and its type decides a default only.")]
    private static nn.Module? Of(object? target, int depth)
    {
        if (target is null or nn.Module)
        {
            return target as nn.Module;
        }

        // A lambda's variables are fields of a class that the compiler makes; inner scopes point to outer ones.
        object?[] captured = [.. target.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(field => field.GetValue(target))];
        return captured.OfType<nn.Module>().FirstOrDefault(module => module.parameters().Any())
            ?? (depth == 0 ? null : captured.Where(c => c is not null && c.GetType().Name.StartsWith('<')).Select(c => Of(c, depth - 1)).FirstOrDefault(m => m is not null));
    }
}
