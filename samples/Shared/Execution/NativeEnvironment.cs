using System.Runtime.InteropServices;

namespace Shared.Execution;

/// <summary>The environment that native libraries read when they are loaded. .NET's own variables are a copy, which they do not see. Linux only.</summary>
internal static class NativeEnvironment
{
    /// <summary>Sets a variable; a value that the user set is kept.</summary>
    public static void Set(string name, string value)
    {
        if (OperatingSystem.IsLinux())
            _ = SetEnvironment(name, value, overwrite: 0);
    }

    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetEnvironment(string name, string value, int overwrite);
}
