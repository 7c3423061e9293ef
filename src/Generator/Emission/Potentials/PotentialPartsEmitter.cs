using E3Gen.Generator.Parsing;
using static E3Gen.Generator.Emission.Potentials.PotentialTypes;

namespace E3Gen.Generator.Emission.Potentials;

/// <summary>Prints the class that holds the parts of a potential and registers them.</summary>
internal static class PotentialPartsEmitter
{
    /// <param name="writer">Where to.</param>
    /// <param name="name">Name of the class.</param>
    /// <param name="parts">The parts.</param>
    public static void Write(SourceWriter writer, string name, IReadOnlyList<PotentialPart> parts)
    {
        writer.Line("/// <summary>The parts with parameters, under their names in the state dict.</summary>");
        using (writer.Braces($"private sealed class {name}(int elements, double cutoff)"))
        {
            foreach (var part in parts)
            {
                writer.Line($"internal readonly {part.Type} {part.Field} = new({part.Arguments});");
                writer.Line();
            }

            using (writer.Braces($"internal void Register({WellKnown.Module} owner)"))
            {
                foreach (var part in parts)
                {
                    writer.Line($"{Parts}.Components.Add(owner, \"{part.Path}\", this.{part.Field});");
                }
            }
        }
    }
}
