using E3Gen;

namespace Shared.Execution;

/// <summary>
/// Reserves a folder for one process until this is disposed or the process ends, however it ends: the lock on the file <c>.lock</c> is the operating system's, and the files that stay
/// behind mean nothing.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _lock;
    private readonly string _holder;

    private FolderLock(FileStream @lock, string holder)
    {
        (_lock, _holder) = (@lock, holder);
        string text = FormattableString.Invariant($"process {Environment.ProcessId} on {Environment.MachineName}, since {DateTimeOffset.Now:yyyy-MM-dd HH:mm:ss zzz}");
        AtomicFile.Write(holder, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Reserves a folder, which is made if it is not there, and removes the temporary files that killed processes left in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="advice">What to do if another process has it, a sentence.</param>
    /// <exception cref="IOException">Another process has it; the message says which.</exception>
    public static FolderLock Take(string folder, string advice)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, ".lock"), holder = path + ".holder";   // nobody can read a locked file
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (IsSharingViolation(error))
        {
            throw new IOException($"{folder} is in use by {Read(holder)}. {advice}", error);
        }
        AtomicFile.RemoveStale(folder);
        return new FolderLock(stream, holder);
    }

    public void Dispose()
    {
        File.Delete(_holder);
        _lock.Dispose();   // the file stays: whoever deletes it may take it from one who has just opened it
    }

    /// <summary>On Unix, .NET tells it by the number of EWOULDBLOCK: 11 on Linux, 35 on macOS.</summary>
    private static bool IsSharingViolation(IOException error) => error.HResult is SharingViolation or 11 or 35;

    private static string Read(string holder)
    {
        try
        {
            return File.ReadAllText(holder);
        }
        catch (IOException)
        {
            return "another process";   // which has only just begun
        }
    }
}
