using E3Gen.Generator.Potentials;
using static E3Gen.Generator.Emission.Potentials.PotentialTypes;

namespace E3Gen.Generator.Emission.Potentials;

/// <summary>Prints the fields, the constructors and the properties of a potential.</summary>
internal static class PotentialConstructorEmitter
{
    /// <param name="writer">Where to.</param>
    /// <param name="model">The potential.</param>
    /// <param name="elements">Name of the field that holds the elements.</param>
    /// <param name="network">Name of the field that holds the parts.</param>
    /// <param name="parts">Name of the class of the parts.</param>
    public static void Write(SourceWriter writer, PotentialModel model, string elements, string network, string parts)
    {
        var type = model.Type;
        writer.Line($"private readonly {Parts}.PotentialElements {elements};");
        writer.Line();
        writer.Line($"private readonly {parts} {network};");
        writer.Line();
        bool takes = model.Species.Count == 0;
        string cutoff = Literals.Double(model.Cutoff);
        string symbols = takes ? "species" : $"[{string.Join(", ", model.Species.Select(s => $"\"{s}\""))}]";
        WriteDocumentation(writer, takes, hasCutoff: false);
        writer.Line($"{type.Accessibility} {type.Identifier}({(takes ? $"{Texts} species" : "")})");
        writer.Line($"    : this({(takes ? "species, " : "")}{cutoff})");
        using (writer.Braces())
        {
        }

        writer.Line();
        WriteDocumentation(writer, takes, hasCutoff: true);
        Registration.KeepFields(writer, type);
        writer.Line($"{type.Accessibility} {type.Identifier}({(takes ? $"{Texts} species, " : "")}double cutoff)");
        writer.Line($"    : base({type.BaseArguments})");
        using (writer.Braces())
        {
            writer.Line("this.Cutoff = cutoff;");
            writer.Line($"this.{elements} = new {Parts}.PotentialElements({symbols}, \"{type.Name}\");");
            writer.Line($"this.{network} = new {parts}(this.{elements}.Count, cutoff);");
            writer.Line($"this.{network}.Register(this);");
            writer.Line("this.RegisterComponents();");
        }

        writer.Line();
        writer.Line("/// <summary>Symbols of the elements; the place of one is its species.</summary>");
        writer.Line($"public {Symbols} Species => this.{elements}.Symbols;");
        writer.Line();
        writer.Line("/// <summary>The cutoff radius, in the unit of the positions.</summary>");
        writer.Line("public double Cutoff { get; }");
        writer.Line();
    }

    private static void WriteDocumentation(SourceWriter writer, bool takesSpecies, bool hasCutoff)
    {
        string cutoff = hasCutoff ? ", with another cutoff radius than the declared one" : "";
        writer.Line($"/// <summary>Creates the potential with newly drawn weights, in the default dtype on the CPU{cutoff}.</summary>");
        if (takesSpecies)
        {
            writer.Line("/// <param name=\"species\">Symbols of the elements, in the order of their weights.</param>");
        }

        if (hasCutoff)
        {
            writer.Line("/// <param name=\"cutoff\">Cutoff radius, in the unit of the positions.</param>");
        }

        if (takesSpecies || hasCutoff)
        {
            writer.Line("/// <exception cref=\"global::System.ArgumentException\">The cutoff is not positive, there is no species, one is no element, or one is there twice.</exception>");
        }
    }
}
