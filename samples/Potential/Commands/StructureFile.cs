using System.Globalization;
using E3Gen;

namespace Potential.Commands;

/// <summary>One frame of an xyz file, named on a command line: <c>a.xyz</c> for the first, <c>a.xyz@3</c>, <c>a.xyz@-1</c> for the last.</summary>
internal static class StructureFile
{
    /// <exception cref="ArgumentException">The file has no such frame.</exception>
    public static Atoms Read(string name)
    {
        int at = name.LastIndexOf('@');
        bool hasFrame = at > 0 && int.TryParse(name.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) && !File.Exists(name);
        (string path, int frame) = hasFrame ? (name[..at], int.Parse(name.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)) : (name, 0);
        if (frame >= 0 && ExtendedXyz.Read(path).Skip(frame).FirstOrDefault() is { } found) return found;
        Atoms[] last = frame < 0 ? [.. ExtendedXyz.Read(path).TakeLast(-frame)] : [];
        return last.Length == -frame && frame < 0 ? last[0] : throw new ArgumentException($"{path} has no frame {frame}: it has {ExtendedXyz.Read(path).Count()}.");
    }
}
