using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator.Parsing;

/// <summary>Irreps with the place of each entry in the string they came from, so that a rule can point at the one it means.</summary>
/// <param name="Irreps">The irreps.</param>
/// <param name="Entries">For each entry its characters in the attribute's string value; entries that came from one <c>@Method</c> share its characters.</param>
/// <param name="Argument">The attribute argument that holds the string.</param>
internal sealed record IrrepsText(Irreps Irreps, ImmutableArray<TextSpan> Entries, StringArgument Argument);
