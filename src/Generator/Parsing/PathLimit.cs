namespace E3Gen.Generator.Parsing;

/// <summary>
/// How many paths an operation may have. Generating and compiling more would take minutes; irreps that were not simplified ask for them,
/// as a rule.
/// </summary>
internal static class PathLimit
{
    public const int Most = 10_000;

    public static string Message(string what, long count) =>
        $"{what} has {count} paths; at most {Most} are possible. Write equal irreps as one term: 2x1o, not 1o + 1o";
}
