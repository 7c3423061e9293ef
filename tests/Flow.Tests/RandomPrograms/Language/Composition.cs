namespace E3Gen.Flow.Tests.RandomPrograms.Language;

/// <summary>A program made of statements, which it can run itself.</summary>
internal sealed record Composition : RandomProgram
{
    public required IReadOnlyList<Statement> Statements { get; init; }

    /// <summary>The variable that is returned.</summary>
    public required string Returned { get; init; }

    protected override (string Body, IEnumerable<string> Members, IEnumerable<string> Types) Parts =>
        (string.Join("\n        ", [.. Inlined().Select(s => s.Text), $"return {Returned};"]), Statements.Select(s => s.Members), Statements.Select(s => s.Types));

    public override IEnumerable<RandomProgram> Shorter
    {
        get
        {
            for (int i = Statements.Count - 1; i >= 0; i--)
            {
                yield return this with { Statements = [.. Statements.Take(i), .. Statements.Skip(i + 1)] };
            }

            for (int i = 0; i < Statements.Count; i++)
            {
                if (Statements[i].Plain is { } plain)
                {
                    yield return this with { Statements = [.. Statements.Take(i), plain, .. Statements.Skip(i + 1)] };
                }
            }

            foreach (string other in Statements.Select(s => s.Defines).OfType<string>().Where(n => n != Returned))
            {
                yield return this with { Returned = other };
            }
        }
    }

    /// <summary>Whether some plain declarations are written where they are used.</summary>
    public int Inlining { get; init; }

    /// <summary>Every so many plain declarations that the next statement alone uses, once, stand there as an expression.</summary>
    private List<Statement> Inlined()
    {
        List<Statement> statements = [.. Statements];
        for (int i = statements.Count - 2; Inlining > 0 && i >= 0; i--)
        {
            var (first, next) = (statements[i], statements[i + 1]);
            bool isAlone = first.Value is not null && next.Value is not null && (i + Index) % Inlining == 0 && Uses(next.Text, first.Defines!) == 1
                && statements.Skip(i + 2).All(s => Uses(s.Text + s.Members + s.Types, first.Defines!) == 0) && first.Defines != Returned;
            if (isAlone)
            {
                string text = System.Text.RegularExpressions.Regex.Replace(next.Text, $@"\b{first.Defines}\b", $"({first.Value})");
                statements[i + 1] = next with { Text = text, Value = text };
                statements.RemoveAt(i);
            }
        }

        return statements;
    }

    private static int Uses(string text, string name) => System.Text.RegularExpressions.Regex.Count(text, $@"\b{name}\b");
}
