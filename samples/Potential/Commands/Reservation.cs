using Shared.Execution;

namespace Potential.Commands;

/// <summary>Keeps results from being written over: by other processes, and by this one unasked.</summary>
internal static class Reservation
{
    /// <summary>Reserves a folder.</summary>
    /// <param name="folder">The folder; made if there is none, but not to go on in.</param>
    /// <param name="resume">Whether results in it are gone on with.</param>
    /// <param name="overwrite">Whether they are replaced.</param>
    /// <param name="last">The file that results are gone on from.</param>
    /// <param name="found">Says what results are there, the begin of a sentence; null for none.</param>
    /// <exception cref="ArgumentException">There are results, and nobody says what is to become of them; or there is nothing to go on from.</exception>
    /// <exception cref="IOException">Another process has the folder.</exception>
    public static FolderLock Take(string folder, bool resume, bool overwrite, string last, Func<string?> found)
    {
        if (resume && overwrite) throw new ArgumentException("--resume goes on with what is there, --overwrite begins anew; give one of them.");
        // Before the lock, which would make a folder of a misspelt name.
        if (resume && !File.Exists(last))
        {
            throw new ArgumentException($"There is no {last} to go on from"
                + (found() is { } rest ? $", though {rest}. Replace it with --overwrite, or name another folder with --out." : ". Name the folder with --out, or begin without --resume."));
        }

        FolderLock reserved = FolderLock.Take(folder, "Wait for it, stop it, or name another folder with --out.");
        if (resume || overwrite || found() is not { } results) return reserved;
        reserved.Dispose();
        string goOn = File.Exists(last) ? "Go on with it with --resume, replace" : $"There is no {last} to go on from: replace";
        throw new ArgumentException($"{results} already. {goOn} it with --overwrite, or name another folder with --out.");
    }
}
