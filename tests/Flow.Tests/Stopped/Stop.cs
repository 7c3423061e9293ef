namespace E3Gen.Flow.Tests.Stopped;

/// <summary>Code of which nobody can tell whether it is right, as members of a module.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Members">The members. <c>[|…|]</c> marks what the diagnostic points at.</param>
/// <param name="Id">The rule that stops it, and the only one.</param>
/// <param name="Message">Part of its message.</param>
public sealed record Stop(string Name, string Members, string Id, string Message)
{
    public override string ToString() => $"{Id} {Name}";
}
