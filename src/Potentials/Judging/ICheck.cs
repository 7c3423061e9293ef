namespace E3Gen.Potentials;

/// <summary>A property that a potential must have.</summary>
internal interface ICheck
{
    /// <summary>Name in the report.</summary>
    string Name { get; }

    /// <summary>Measures it.</summary>
    IEnumerable<Judgement> Run(Subject subject);
}
