using System.Globalization;

namespace E3Gen.Potentials;

/// <summary>Finds where the last complete frame of an xyz file ends: a frame is a line with a number n, a comment and n lines.</summary>
internal static class CompleteFrames
{
    /// <summary>Cuts a file off after its last complete frame, or before it. A file that is malformed elsewhere is left as it is, for its reader to say so.</summary>
    public static void Keep(string path, bool butLast = false)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1 << 16);
        long end = 0, beforeLast = 0, position = 0, linesLeft = 0;
        var first = new List<char>();   // of a frame: its line with n
        for (int next; (next = file.ReadByte()) >= 0;)
        {
            position++;
            if (next != '\n')
            {
                if (linesLeft == 0) first.Add((char)next);
                continue;
            }

            if (linesLeft > 0)
            {
                if (--linesLeft == 0) (beforeLast, end) = (end, position);
                continue;
            }

            if (!int.TryParse(first.ToArray(), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int atoms)) return;
            linesLeft = 1 + (long)atoms;
            first.Clear();
        }

        if (butLast) end = beforeLast;
        if (end < file.Length) file.SetLength(end);
    }
}
