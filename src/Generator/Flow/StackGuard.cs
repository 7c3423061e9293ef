using System.Runtime.CompilerServices;

namespace E3Gen.Generator.Flow;

/// <summary>Walks over expressions follow their nesting: one that is nested too deep must not end the compiler.</summary>
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
