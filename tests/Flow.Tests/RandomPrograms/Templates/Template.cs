using System.Text.RegularExpressions;
using E3Gen.Flow.Tests.RandomPrograms.Language;

namespace E3Gen.Flow.Tests.RandomPrograms.Templates;

/// <summary>
/// A network block as people write it, with holes ‹right¦wrong¦wrong›: what is right stands first (and again after ¦¦, where there are several right ways), and most holes are filled with it.
/// </summary>
internal sealed partial record Template(string Name, Argument[] Arguments, StatedResult Result, string Body, string Members = "")
{
    /// <summary>So many holes of a hundred are filled with something else.</summary>
    private const int Mistakes = 15;

    public static RandomProgram Write(int seed, int index)
    {
        var dice = new Dice(seed, index);
        var template = dice.Pick(Blocks.All);
        bool isRight = dice.Chance(50);
        int holes = Hole().Count(template.Body + template.Members);
        return new Filled
        {
            Index = index,
            Arguments = template.Arguments,
            Result = template.Result,
            Template = template,
            Choices = [.. Enumerable.Range(0, holes).Select(_ => isRight || !dice.Chance(Mistakes) ? 100 * dice.Below(100) : 1 + dice.Below(99))],
        };
    }

    /// <summary>The template with only right ways in its holes: the first, the second…</summary>
    public RandomProgram Right(int index, int way) => new Filled
    {
        Index = index,
        Arguments = Arguments,
        Result = Result,
        Template = this,
        Choices = [.. Enumerable.Repeat(100 * way, Hole().Count(Body + Members))],
    };

    [GeneratedRegex("‹([^›]*)›")]
    private static partial Regex Hole();

    /// <summary>A template with its holes filled.</summary>
    private sealed record Filled : RandomProgram
    {
        public required Template Template { get; init; }

        /// <summary>What stands in each hole: multiples of 100 are right ways, other numbers wrong ones.</summary>
        public required IReadOnlyList<int> Choices { get; init; }

        public override IEnumerable<RandomProgram> Shorter =>
            Enumerable.Range(0, Choices.Count).Where(i => Choices[i] != 0).Select(i => this with { Choices = [.. Choices.Select((c, j) => i == j ? 0 : c)] });

        protected override (string Body, IEnumerable<string> Members, IEnumerable<string> Types) Parts
        {
            get
            {
                int hole = 0;
                return (Fill(Template.Body), [Fill(Template.Members)], []);

                string Fill(string text) => Hole().Replace(text, match =>
                {
                    var groups = match.Groups[1].Value.Split("¦¦");
                    string[] right = [.. groups.Select(g => g.Split('¦')[0])], wrong = [.. groups.SelectMany(g => g.Split('¦').Skip(1))];
                    int choice = Choices[hole++];
                    return choice % 100 == 0 || wrong.Length == 0 ? right[choice / 100 % right.Length] : wrong[choice % wrong.Length];
                }).Replace("\n", "\n        ");
            }
        }
    }
}
