using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace E3Gen.Cuda;

/// <summary>
/// Compiled kernels in a folder, for the next process. Files are written under another name and then renamed, so that many processes share a folder without locks, and a checksum tells
/// whether one is whole.
/// </summary>
/// <param name="folder">The folder; null for no cache.</param>
/// <param name="report">Is told, once, when files cannot be written, which costs only time.</param>
internal sealed class KernelCache(string? folder, Action<string>? report = null)
{
    /// <summary>The environment variable with the folder; "0" or "off" for no cache.</summary>
    public const string Variable = "E3GEN_CUDA_CACHE";

    private static readonly byte[] Head = "E3GenKernels 1\n"u8.ToArray();

    /// <summary>Far longer than writing a file takes: one this old was left by a killed process.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private int _isUnwritable, _isTidy;

    /// <summary>The cache of this user.</summary>
    public static KernelCache OfUser() => new(Folder(Environment.GetEnvironmentVariable), message => Trace.TraceWarning(message));

    /// <summary>The folder that variables of the environment ask for; null for none.</summary>
    /// <param name="variable">The value of a variable; null where it is not set.</param>
    public static string? Folder(Func<string, string?> variable)
    {
        string? chosen = variable(Variable);
        if (!string.IsNullOrEmpty(chosen))
        {
            return chosen == "0" || chosen.Equals("off", StringComparison.OrdinalIgnoreCase) ? null : Path.GetFullPath(chosen);
        }

        string? root = OperatingSystem.IsWindows() ? variable("LOCALAPPDATA") : variable("XDG_CACHE_HOME");
        if (!OperatingSystem.IsWindows() && !Path.IsPathFullyQualified(root ?? ""))
        {
            root = Path.Combine(variable("HOME") ?? "", ".cache");
        }

        return Path.IsPathFullyQualified(root ?? "") ? Path.Combine(root!, "e3gen", "cuda") : null;
    }

    /// <summary>The name of the file for a text: whatever changes what is compiled changes it.</summary>
    /// <param name="source">The text.</param>
    /// <param name="target">What it is compiled to.</param>
    /// <param name="version">The version of the compiler.</param>
    public static string Key(string source, KernelTarget target, string version)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in (string[])[version, target.ToString(), .. target.Options, source])
        {
            hash.AppendData(DriverLibrary.Utf8(part));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What was compiled for a key; null where there is no file, or not a whole one.</summary>
    /// <param name="key">The key.</param>
    public byte[]? Read(string key)
    {
        if (folder is null)
        {
            return null;
        }

        try
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(folder, key));
            int start = Head.Length + SHA256.HashSizeInBytes;
            return bytes.Length > start && bytes.AsSpan(0, Head.Length).SequenceEqual(Head) && bytes.AsSpan(Head.Length, SHA256.HashSizeInBytes).SequenceEqual(Checksum(key, bytes.AsSpan(start)))
                ? bytes[start..] : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps what was compiled, where the folder takes it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="image">What was compiled.</param>
    public void Write(string key, byte[] image)
    {
        if (folder is null || Volatile.Read(ref _isUnwritable) == 1)
        {
            return;
        }

        string file = Path.Combine(folder, key), temporary = Path.Combine(folder, $"{key}.{Guid.NewGuid():N}.tmp");
        try
        {
            CreateFolder(folder);
            if (Interlocked.Exchange(ref _isTidy, 1) == 0)
            {
                RemoveAbandoned(folder);
            }

            File.WriteAllBytes(temporary, [.. Head, .. Checksum(key, image), .. image]);
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Delete(temporary);
            if (OperatingSystem.IsWindows() && File.Exists(file))
            {
                return; // another process reads it now, and Windows puts no file in the place of one that is open
            }

            if (Interlocked.Exchange(ref _isUnwritable, 1) == 0)
            {
                report?.Invoke(
                    $"Compiled kernels cannot be kept in '{folder}', so that each process compiles them again: {e.Message} Set {Variable} to a folder that can be written, or to 0 for none.");
            }
        }
    }

    /// <summary>What others could write, this process would run: the folder is the user's own.</summary>
    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static void RemoveAbandoned(string folder)
    {
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*.tmp"))
        {
            if (DateTime.UtcNow - file.LastWriteTimeUtc > Abandoned)
            {
                Delete(file.FullName);
            }
        }
    }

    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It was not written.
        }
    }

    /// <summary>Of the key too: a file under another's name is not taken for it.</summary>
    private static byte[] Checksum(string key, ReadOnlySpan<byte> image)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(key));
        hash.AppendData(image);
        return hash.GetHashAndReset();
    }
}
