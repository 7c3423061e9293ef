namespace E3Gen.Generator.Parsing;

/// <summary>
/// The maximum number of paths of an operation. Generating and compiling more would take minutes; the usual cause is irreps that were
/// not simplified.
/// </summary>
internal static class PathLimit
{
    public const int Most = 10_000;

    public static string Message(string what, long count) =>
        $"{what} has {count} paths; at most {Most} are possible. Write equal irreps as one term: 2x1o, not 1o + 1o";
}
