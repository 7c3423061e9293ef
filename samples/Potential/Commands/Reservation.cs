using Shared.Execution;

namespace Potential.Commands;

/// <summary>Keeps results from being written over: by other processes, and by this one unasked.</summary>
internal static class Reservation
{
    /// <summary>Reserves a folder.</summary>
    /// <param name="folder">The folder; made if there is none.</param>
    /// <param name="resume">Whether results in it are gone on with.</param>
    /// <param name="overwrite">Whether they are replaced.</param>
    /// <param name="found">Says what results are there, the begin of a sentence; null for none.</param>
    /// <exception cref="ArgumentException">There are results, and nobody says what is to become of them.</exception>
    /// <exception cref="IOException">Another process has the folder.</exception>
    public static FolderLock Take(string folder, bool resume, bool overwrite, Func<string?> found)
    {
        if (resume && overwrite) throw new ArgumentException("--resume goes on with what is there, --overwrite begins anew; give one of them.");
        FolderLock reserved = FolderLock.Take(folder, "Wait for it, stop it, or name another folder with --out.");
        if (resume || overwrite || found() is not { } results) return reserved;
        reserved.Dispose();
        throw new ArgumentException($"{results} already. Go on with it with --resume, replace it with --overwrite, or name another folder with --out.");
    }
}
