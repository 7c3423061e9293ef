namespace E3Gen;

/// <summary>What is wrong in the text of irreps.</summary>
public enum IrrepsErrorKind
{
    /// <summary>The letter after the degree is none of e, o, y: <c>"1a"</c>.</summary>
    UnknownParity,
    /// <summary>No letter follows the degree: <c>"1"</c>.</summary>
    MissingParity,
    /// <summary>A multiplicity below 0: <c>"-2x1o"</c>.</summary>
    NegativeMultiplicity,
    /// <summary>What stands before the x is not a whole number: <c>"1.5x0e"</c>, <c>"xx0e"</c>.</summary>
    InvalidMultiplicity,
    /// <summary>A degree below 0: <c>"-1o"</c>.</summary>
    NegativeL,
    /// <summary>A degree above <see cref="Irrep.MaxL"/>.</summary>
    LTooLarge,
    /// <summary>No degree where one must stand: <c>"2x"</c>, <c>"e"</c>.</summary>
    MissingL,
    /// <summary>Nothing before, between or after plus signs: <c>"1o + + 2e"</c>.</summary>
    EmptyTerm,
    /// <summary>A character that has no place there: <c>"1o, 2e"</c>.</summary>
    UnexpectedCharacter,
    /// <summary>A multiplicity or the total dimension is beyond <see cref="int"/>.</summary>
    Overflow,
}

/// <summary>What is wrong in the text of irreps, and where.</summary>
/// <param name="Kind">The kind of mistake.</param>
/// <param name="Position">Index of the first offending character, from 0.</param>
/// <param name="Length">Number of offending characters; 0 where something is missing at the end of the text.</param>
/// <param name="Message">A sentence that names the value and says what is allowed.</param>
public sealed record IrrepsSyntaxError(IrrepsErrorKind Kind, int Position, int Length, string Message);
