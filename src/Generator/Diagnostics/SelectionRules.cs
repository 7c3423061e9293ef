using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Diagnostics;

/// <summary>E3G02xx: what O(3) allows.</summary>
internal static class SelectionRules
{
    public static readonly DiagnosticDescriptor PathParity = Rule.Error(
        "E3G0201", "A path must keep parity", "{0} x {1} cannot give {2}: parities multiply to '{3}'; {0} x {1} gives {4}");

    public static readonly DiagnosticDescriptor PathTriangle = Rule.Error(
        "E3G0202", "A path must obey the triangle rule", "{0} x {1} cannot give {2}: l must be from {3} to {4}; {0} x {1} gives {5}");

    public static readonly DiagnosticDescriptor Unreached = Rule.Error(
        "E3G0203", "An output irrep is reached by no path", "No path of '{0}' reaches {1}, so it would be zero forever; {2}");

    public static readonly DiagnosticDescriptor Unread = Rule.Warning(
        "E3G0204", "An input irrep is read by no path", "No path of '{0}' reads {1}: it is computed for nothing; {2}");

    public static readonly DiagnosticDescriptor Multiplicities = Rule.Error(
        "E3G0205", "The connection mode asks for other multiplicities", "Mode {0} needs {1}, but the path {2} x {3} -> {4} has {5}");

    public static readonly DiagnosticDescriptor GateCount = Rule.Error(
        "E3G0206", "Every gated irrep needs one gate", "'{0}' gates {1} irreps ({2}) with {3} gate scalars ({4}); give {1} scalars in total, or leave Gates out");

    public static readonly DiagnosticDescriptor NotScalar = Rule.Error(
        "E3G0207", "Only scalars can be activated", "{0} of '{1}' must be scalars (l = 0), but contain {2}: a function of single components of an l = {3} irrep is not equivariant");

    public static readonly DiagnosticDescriptor ActivationParity = Rule.Error(
        "E3G0208", "The activation function breaks parity", "{0} of an odd scalar ({1}) is neither even nor odd, so the result has no parity; use Tanh (odd) or Abs (even)");

    public static readonly DiagnosticDescriptor UnknownPath = Rule.Error(
        "E3G0209", "A path names an irrep that is not there", "'{0}' has no {1} in its {2}; it has {3}");

    public static readonly DiagnosticDescriptor MalformedPath = Rule.Error(
        "E3G0210", "A path reads \"l1 x l2 -> l3\"", "'{0}' is not a path; write two input irreps and an output irrep, for example \"1o x 1o -> 0e\"");

    public static readonly DiagnosticDescriptor HarmonicParity = Rule.Error(
        "E3G0211", "Spherical harmonics have the parity of their vector", "{0} is not a spherical harmonic of {1}: Y_{2} of it is {3}");

    public static readonly DiagnosticDescriptor UnusedOption = Rule.Info(
        "E3G0212", "An option is set but nothing uses it", "'{0}' has no {1}, so {2} has no effect");

    public static readonly DiagnosticDescriptor HiddenDropped = Rule.Info(
        "E3G0213", "Hidden irreps that no path reaches are dropped", "'{0}' leaves out hidden irreps that no path with edge harmonics {1} reaches: {2}");

    public static readonly DiagnosticDescriptor NothingReaches = Rule.Error(
        "E3G0214", "The network cannot reach its output", "No path of the last layer of '{0}' reaches {1} from {2} with edge harmonics {3}; {4}");

    public static readonly DiagnosticDescriptor UnequalCopies = Rule.Error(
        "E3G0216", "A symmetric contraction has one multiplicity", "'{0}' multiplies copy by copy, so that all irreps have one multiplicity: write {2} copies instead of {1}");

    public static readonly DiagnosticDescriptor EntryFunctions = Rule.Error(
        "E3G0217", "Functions are given once, one for each entry", "'{0}' {1}");

    public static readonly DiagnosticDescriptor LinearPath = Rule.Error(
        "E3G0218", "A linear path keeps its irrep", "'{0}' cannot map segment {1} ({2}) to segment {3} ({4}): a linear map keeps irreps; {5}");

    public static readonly DiagnosticDescriptor JumpAtCutoff = Rule.Warning(
        "E3G0219", "Results jump at the cutoff radius", "'{0}' has no cutoff, and {1} do not vanish at MaxRadius: results jump where two nodes come that close; {2}");

    public static readonly DiagnosticDescriptor UnpairedCopies = Rule.Error(
        "E3G0215", "An elementwise product pairs all copies", "'{0}' multiplies copy by copy, but {1} has {2} copies and {3} has {4}; give both as many");
}
