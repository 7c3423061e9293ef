namespace E3Gen.Generator.Emission;

/// <summary>Local variable names that do not collide with the user's parameter names.</summary>
internal sealed class Locals(IEnumerable<string> parameters)
{
    private readonly HashSet<string> _taken = [.. parameters.Select(p => p.TrimStart('@'))];

    public string Name(string wish)
    {
        while (_taken.Contains(wish))
        {
            wish += "_";
        }

        return wish;
    }
}
