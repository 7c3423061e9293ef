using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace E3Gen;

/// <summary>
/// Replaces files only by complete ones: writes beside the target, under a name that says who writes, and renames. What killed processes left of
/// the same target is removed at the next write.
/// </summary>
internal static partial class AtomicFile
{
    private const int BufferSize = 1 << 20;
    private const int MaxLinks = 40;

    /// <summary>Far longer than a save takes: a file this old is abandoned, whoever the number of its process belongs to now.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <summary>Process numbers mean something on one machine only, and folders may be shared between machines.</summary>
    private static readonly string Machine = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Environment.MachineName)))[..8];

    /// <summary>Writes a file. Where the path is a symbolic link, its target is written; an existing file keeps its Unix permissions.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content; after an exception, everything is as it was.</param>
    public static void Write(string path, Action<FileStream> write)
    {
        string target = FollowLinks(Path.GetFullPath(path));
        string name = Path.GetFileName(target);
        RemoveStale(Path.GetDirectoryName(target)!, other => other == name);
        string temporary = $"{target}.{Machine}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}.tmp";
        try
        {
            using (FileStream stream = Create(temporary, target))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static FileStream Create(string temporary, string target)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = BufferSize };
        if (OperatingSystem.IsWindows() || !File.Exists(target)) return new FileStream(temporary, options);
        UnixFileMode mode = File.GetUnixFileMode(target);
        options.UnixCreateMode = mode;   // from the first byte no one may read it who may not read the target
        var stream = new FileStream(temporary, options);
        File.SetUnixFileMode(stream.SafeFileHandle, mode);   // what the process' mask took away
        return stream;
    }

    /// <summary>The path without links, folder by folder, since a relative link counts from the folder that it is really in.</summary>
    private static string FollowLinks(string path, int links = 0)
    {
        if (Path.GetDirectoryName(path) is not { } folder) return path;
        string real = Path.Combine(FollowLinks(folder, links), Path.GetFileName(path));
        if (new FileInfo(real).LinkTarget is not { } link) return real;
        if (links == MaxLinks) throw new IOException($"'{path}' is a symbolic link that leads through more than {MaxLinks} others.");
        return FollowLinks(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(real)!, link)), links + 1);
    }

    /// <summary>Removes what killed processes left of any file in a folder.</summary>
    /// <param name="folder">The folder, without those in it.</param>
    public static void RemoveStale(string folder) => RemoveStale(folder, _ => true);

    private static void RemoveStale(string folder, Predicate<string> isTarget)
    {
        try
        {
            foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*.tmp"))
            {
                if (TemporaryEnding().Match(file.Name) is { Success: true } ending && isTarget(file.Name[..ending.Index]) && IsStale(file, ending)) file.Delete();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Tidying must not keep anyone from saving; if the folder cannot be used at all, writing says so.
        }
    }

    private static bool IsStale(FileInfo file, Match ending)
    {
        if (DateTime.UtcNow - file.LastWriteTimeUtc > Abandoned) return true;
        return ending.Groups["machine"].Value == Machine && int.TryParse(ending.Groups["process"].Value, out int process) && !IsRunning(process);
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using Process found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex("\\.(?<machine>[0-9a-f]{8})-(?<process>[0-9]{1,10})-[0-9a-f]{8}\\.tmp$")]
    private static partial Regex TemporaryEnding();
}
