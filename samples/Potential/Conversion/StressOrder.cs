namespace Potential.Conversion;

/// <summary>The order that the six components of stresses are written in: one for all structures of a file, or others for some groups of them.</summary>
internal sealed class StressOrder
{
    /// <summary>
    /// Where xx, xy, xz, yx, … stand: VASP prints xx, yy, zz, xy, yz, zx and LAMMPS xx, yy, zz, xy, xz, yz; Voigt's order is xx, yy, zz, yz, xz, xy.
    /// </summary>
    private static readonly Dictionary<string, int[]> Places = new()
    {
        ["vasp"] = [0, 3, 5, 3, 1, 4, 5, 4, 2],
        ["lammps"] = [0, 3, 4, 3, 1, 5, 4, 5, 2],
        ["voigt"] = [0, 5, 4, 5, 1, 3, 4, 3, 2],
    };

    private readonly int[] _places;
    private readonly Dictionary<string, int[]> _byGroup = [];

    /// <param name="text">A name of an order, and perhaps others for groups: <c>lammps,Elastic=vasp</c>.</param>
    /// <exception cref="FormatException">It is not such a list; the message names the part.</exception>
    public StressOrder(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        _places = Find(parts[0], parts[0]);
        foreach (string part in parts[1..])
        {
            int at = part.LastIndexOf('=');
            if (at <= 0 || !_byGroup.TryAdd(part[..at].TrimEnd(), Find(part[(at + 1)..].TrimStart(), part))) throw Wrong(part);
        }
    }

    /// <summary>The nine components of a symmetric matrix from six of a structure of this group.</summary>
    public double[] Matrix(double[] six, string? group) => [.. (group is not null && _byGroup.TryGetValue(group, out int[]? places) ? places : _places).Select(i => six[i])];

    private static int[] Find(string name, string part) => Places.TryGetValue(name, out int[]? places) ? places : throw Wrong(part);

    private static FormatException Wrong(string part) =>
        new($"'{part}' is no order of stresses, or the second of its group; expected {string.Join(", ", Places.Keys)}, and perhaps others for groups, such as lammps,Elastic=vasp.");
}
