using E3Gen.Flow.Tests.RandomPrograms.Language;

namespace E3Gen.Flow.Tests.RandomPrograms.Measuring;

/// <summary>Shortens a program as long as it stays a false proof.</summary>
internal static class Shrinking
{
    private const int MostRounds = 25;

    public static Outcome Shrink(Outcome outcome)
    {
        for (int round = 0; round < MostRounds; round++)
        {
            var shorter = outcome.Program.Shorter.ToList();
            if (shorter.Count == 0 || Outcome.Of(shorter).FirstOrDefault(o => o.IsFalseProof && o.Source.Length < outcome.Source.Length) is not { } found)
            {
                break;
            }

            outcome = found;
        }

        return outcome;
    }
}
