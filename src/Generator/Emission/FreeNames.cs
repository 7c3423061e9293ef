namespace E3Gen.Generator.Emission;

/// <summary>Gives generated members names that are unique in scope.</summary>
internal sealed class FreeNames(IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = [.. taken];

    /// <summary>The name, or the name with underscores where it is taken; it is taken from now on.</summary>
    public string Take(string wish)
    {
        while (!_taken.Add(wish))
        {
            wish += "_";
        }

        return wish;
    }
}
