namespace E3Gen.Flow.Tests.Stopped;

/// <summary>Code of which nobody can tell whether it is right, or that is wrong in a way that is hard to see.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Members">Members of a module. <c>[|…|]</c> marks what the diagnostic points at.</param>
/// <param name="Id">The rule that stops it, and the only one.</param>
/// <param name="Message">Part of its message.</param>
/// <param name="Types">More types beside the module.</param>
public sealed record Stop(string Name, string Members, string Id, string Message, string Types = "")
{
    /// <summary>A method of a vector x and three scalars y that is to return a vector.</summary>
    /// <param name="name">What it does.</param>
    /// <param name="body">
    /// What follows on its parameters: <c>=> …;</c> or <c>{ … }</c>. Where nothing is marked, the diagnostic
    /// points at its name.
    /// </param>
    /// <param name="id">The rule that stops it, and the only one.</param>
    /// <param name="message">Part of its message.</param>
    /// <param name="members">More members of the module.</param>
    /// <param name="types">More types beside the module.</param>
    public static Stop Vector(string name, string body, string id, string message, string members = "", string types = "") => new(
        name,
        $"""
        [return: Irreps("1o")] public Tensor {Named(body + members + types)}([Irreps("1o")] Tensor x, [Irreps("3x0e")] Tensor y) {body}
        {members}
        """,
        id, message, types);

    private static string Named(string code) => code.Contains("[|") ? "Vector" : "[|Vector|]";

    public override string ToString() => $"{Id} {Name}";
}
