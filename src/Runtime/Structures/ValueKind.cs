using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>Type of the values in a column of <see cref="Atoms"/> or of one of its <see cref="InfoValue"/>s.</summary>
public enum ValueKind
{
    /// <summary>64-bit integers; the letter I in extended XYZ.</summary>
    [SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The format's own word.")]
    Integer,

    /// <summary>Double-precision numbers; the letter R.</summary>
    Real,

    /// <summary>True or false; the letter L.</summary>
    Logical,

    /// <summary>Text; the letter S.</summary>
    Text,
}
