namespace E3Gen;

/// <summary>
/// Comment lines of i-PI: <c># CELL(abcABC): a b c α β γ Step: 0 Bead: 0 positions{angstrom} cell{angstrom}</c>. The units are part of the data, and positions
/// only one of the things that i-PI writes.
/// </summary>
internal static class PathIntegralComment
{
    private const string Mark = "# CELL(";

    /// <returns>The lattice vectors, or null if this is no such line.</returns>
    /// <exception cref="FormatException">It is one, but its frame does not hold positions in Å.</exception>
    public static double[]? TryParse(string comment)
    {
        comment = comment.Trim();
        if (!comment.StartsWith(Mark, StringComparison.Ordinal)) return null;
        string[] words = comment.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words[1] != "CELL(abcABC):") throw new FormatException($"i-PI's cell is written as '{Excerpt.Short(words[1])}'; expected CELL(abcABC), lengths and angles");
        foreach (string unit in (string[])["positions{angstrom}", "cell{angstrom}"])
        {
            if (!words.Contains(unit))
                throw new FormatException($"the comment of i-PI, '{Excerpt.Short(comment)}', does not say {unit}; expected positions and cell in Å, units='angstrom' in i-PI's input");
        }
        var numbers = new double[6];
        for (int i = 0; i < 6; i++)
        {
            string word = words.ElementAtOrDefault(i + 2) ?? "";
            if (!NumberText.TryReal(word, out numbers[i]) || !(numbers[i] > 0 && double.IsFinite(numbers[i])) || (i > 2 && numbers[i] >= 180))
                throw new FormatException($"'{Excerpt.Short(word)}' in the comment of i-PI is no {(i > 2 ? "angle in degrees" : "length in Å")}");
        }
        (double cosA, double cosB, double cosC) = (Cosine(numbers[3]), Cosine(numbers[4]), Cosine(numbers[5]));
        double sinC = Math.Sqrt(1 - cosC * cosC), cy = (cosA - cosB * cosC) / sinC, squared = 1 - cosB * cosB - cy * cy;
        if (!(squared > 0)) throw new FormatException($"no cell has the angles {numbers[3]}, {numbers[4]} and {numbers[5]}° in the comment of i-PI");
        (double a, double b, double c) = (numbers[0], numbers[1], numbers[2]);
        return [a, 0, 0, b * cosC, b * sinC, 0, c * cosB, c * cy, c * Math.Sqrt(squared)];
    }

    /// <summary>Of an angle in degrees; exactly 0 of 90.</summary>
    private static double Cosine(double degrees) => degrees == 90 ? 0 : Math.Cos(degrees * Math.PI / 180);
}
