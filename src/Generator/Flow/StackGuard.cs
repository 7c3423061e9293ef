using System.Runtime.CompilerServices;

namespace E3Gen.Generator.Flow;

/// <summary>Walks over expressions recurse with their nesting: too deep a nesting must not crash the compiler.</summary>
internal static class StackGuard
{
    /// <summary>Whether there is room for another step.</summary>
    public static bool HasRoom()
    {
        try
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return true;
        }
        catch (InsufficientExecutionStackException)
        {
            return false;
        }
    }
}
