using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Language;

/// <summary>The variables of a run of a program before one frame.</summary>
internal sealed class Variables : Dictionary<string, Tensor>
{
    /// <summary>What an early return has returned.</summary>
    public Tensor? Returned { get; set; }

    public Tensor[] Of(IEnumerable<string> names) => [.. names.Select(n => this[n])];
}

/// <summary>A statement, or several that only make sense together.</summary>
/// <param name="Text">As printed.</param>
/// <param name="Run">What it does.</param>
internal sealed record Statement(string Text, Action<Variables> Run)
{
    /// <summary>The variable that it declares.</summary>
    public string? Defines { get; init; }

    /// <summary>Members of the module that it needs.</summary>
    public string Members { get; init; } = "";

    /// <summary>Types that it needs.</summary>
    public string Types { get; init; } = "";

    /// <summary>The same without the form it was put into.</summary>
    public Statement? Plain { get; init; }

    /// <summary>The operands, and the plain statement with others.</summary>
    public (IReadOnlyList<string> Names, Func<IReadOnlyList<string>, Statement> With)? Operands { get; init; }

    /// <summary>The plain statement with other choices.</summary>
    public Func<Statement?>? Redraw { get; init; }

    /// <summary>The code on the right side of a plain declaration.</summary>
    public string? Value { get; init; }
}
