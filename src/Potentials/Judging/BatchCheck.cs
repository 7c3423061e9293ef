namespace E3Gen.Potentials;

/// <summary>Structures that are evaluated in one call do not know of each other.</summary>
internal sealed class BatchCheck : ICheck
{
    public string Name => "several structures in one call";

    public IEnumerable<Judgement> Run(Subject subject)
    {
        Atoms[] batch = [.. subject.Structures, subject.Structures[0]];
        Evaluation[] together = subject.Evaluate(batch);
        double energy = 0, force = 0;
        for (int i = 0; i < batch.Length; i++)
        {
            Evaluation alone = subject.Evaluate(batch[i]);
            energy = Largest.Of(energy, Math.Abs(together[i].Energy - alone.Energy));
            force = Largest.Of(force, Largest.Difference(together[i].Forces, alone.Forces));
        }

        return subject.Equal(Name, "", energy, force);
    }
}
