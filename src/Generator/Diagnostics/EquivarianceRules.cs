using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Diagnostics;

/// <summary>E3G05xx: tensor code that is not equivariant, or not proven to be.</summary>
internal static class EquivarianceRules
{
    public static readonly DiagnosticDescriptor Nonlinearity = Rule.Proof(
        "E3G0501", "A pointwise function of an irrep with l > 0 breaks equivariance", "'{0}' acts on single components of {1}, which rotations mix; use [Gate] or lengths: .norm(-1)");

    public static readonly DiagnosticDescriptor OddNonlinearity = Rule.Proof(
        "E3G0502", "A pointwise function that is neither even nor odd breaks the parity of odd scalars", "'{0}' of {1} has no parity, since it is neither even nor odd; use tanh (odd) or abs (even)");

    public static readonly DiagnosticDescriptor Constant = Rule.Proof(
        "E3G0503", "A constant added to anything but even scalars breaks equivariance",
        "A constant is added to {0}, but only 0e is left unchanged by rotations and inversion: {1} would point in a fixed direction");

    public static readonly DiagnosticDescriptor Product = Rule.Proof(
        "E3G0504", "A product of components breaks equivariance",
        "'{0}' multiplies components of {1} with components of {2}; only a single scalar can multiply an irrep: use [TensorProduct], or sum the product over the components");

    public static readonly DiagnosticDescriptor Slice = Rule.Proof(
        "E3G0505", "A slice cuts through an irrep", "Columns {0} to {1} {2}");

    public static readonly DiagnosticDescriptor FeatureAxis = Rule.Proof(
        "E3G0506", "An operation over the feature axis mixes irreps", "'{0}' mixes the columns of {1}; {2}");

    public static readonly DiagnosticDescriptor Sum = Rule.Proof(
        "E3G0507", "A sum of different irreps breaks equivariance", "'{0}' adds {1} and {2}: {3}");

    public static readonly DiagnosticDescriptor CannotVerify = Rule.Proof(
        "E3G0508", "Equivariance cannot be verified here", "It is not known what '{0}' does to {1}; use operations of E3Gen, or state the result with .AssumeIrreps(\"…\")");

    public static readonly DiagnosticDescriptor Verified = Rule.Info(
        "E3G0509", "The module is equivariant", "'{0}' is equivariant: every step of its forward keeps what its arguments and results state{1}");

    public static readonly DiagnosticDescriptor NotVerified = Rule.Proof(
        "E3G0510", "The module is not proven to be equivariant", "Not proven to be equivariant: '{0}' {1}; {2}");

    public static readonly DiagnosticDescriptor Assumed = Rule.Info(
        "E3G0511", "Equivariance is taken on trust here", "Taken on trust: {0}");

    public static readonly DiagnosticDescriptor Unstated = Rule.Proof(
        "E3G0512", "A parameter states nothing", "It is not known how '{0}' transforms; write [Irreps(\"…\")], [Positions] or [Invariant] before it, or pass it to an operation directly");

    public static readonly DiagnosticDescriptor Branch = Rule.Proof(
        "E3G0513", "Control flow depends on the frame", "'{0}' decides what happens here, but it is not known to be the same in every frame; decide by invariants, such as lengths or distances");

    public static readonly DiagnosticDescriptor Origin = Rule.Proof(
        "E3G0514", "The result depends on where the origin is",
        "'{0}' acts on positions, which move with the origin; only differences of positions are vectors, and only averages of positions are positions; "
        + "measure from one of the points first: r = x - x[..1]");

    public static readonly DiagnosticDescriptor SeenByOthers = Rule.Proof(
        "E3G0515", "Others see what is written here", "Not proven to be equivariant: '{0}' is written to, but {1}");
}
