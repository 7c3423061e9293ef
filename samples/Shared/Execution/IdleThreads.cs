namespace Shared.Execution;

/// <summary>libtorch's threads between two operations.</summary>
internal static class IdleThreads
{
    /// <summary>
    /// Has them sleep. By itself libgomp, which libtorch brings along, lets them spin for a while: on a machine with other work they take the cores from the thread that has something to do, and
    /// a step takes several times as long (docs/potentials.md). Must be called before libtorch is loaded; a value that the user set is kept. Linux only.
    /// </summary>
    public static void Sleep() => NativeEnvironment.Set("OMP_WAIT_POLICY", "PASSIVE");
}
