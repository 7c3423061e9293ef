using System.Text;

namespace E3Gen.Flow.Tests.Rules;

/// <summary>How often each rule said something.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, Counts> _words = new(StringComparer.Ordinal);

    public void Count(Interpreted interpreted)
    {
        foreach (var step in interpreted.Sample.Steps)
        {
            var operands = step.Operands.Select(o => interpreted.Claims.GetValueOrDefault(o)).ToList();
            bool isSaid = interpreted.Claims.ContainsKey(step.Name), isMute = !isSaid && operands.Any(o => o is null);
            bool depends = operands.Any(o => o is { IsInvariant: false });
            foreach (string word in isMute ? [] : interpreted.Words[step.Name])
            {
                var counts = _words.TryGetValue(word, out var known) ? known : _words[word] = new Counts();
                (counts.Said, counts.Declined, counts.SaidOfTurning) = (counts.Said + (isSaid ? 1 : 0), counts.Declined + (isSaid ? 0 : 1), counts.SaidOfTurning + (isSaid && depends ? 1 : 0));
            }
        }
    }

    /// <summary>Words that occurred and never had a result of something that depends on the frame.</summary>
    public IEnumerable<string> Silent => _words.Where(w => w.Value.SaidOfTurning == 0).Select(w => w.Key);

    public IEnumerable<string> Words => _words.Keys;

    public int Said => _words.Values.Sum(c => c.Said);

    public override string ToString()
    {
        var text = new StringBuilder("rule: claims (of what depends on the frame), declined\n");
        foreach (var (word, counts) in _words)
        {
            text.Append($"{word}: {counts.Said} ({counts.SaidOfTurning}), {counts.Declined}\n");
        }

        return text.Append($"never of what depends on the frame: {string.Join(", ", Silent)}").ToString();
    }

    private sealed class Counts
    {
        public int Said { get; set; }

        public int Declined { get; set; }

        public int SaidOfTurning { get; set; }
    }
}
