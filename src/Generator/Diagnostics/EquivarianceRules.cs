using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Diagnostics;

/// <summary>E3G05xx: ordinary tensor code that is not equivariant.</summary>
internal static class EquivarianceRules
{
    public static readonly DiagnosticDescriptor Nonlinearity = Rule.Error(
        "E3G0501", "A pointwise function of an irrep with l > 0 breaks equivariance", "'{0}' acts on single components of {1}, which rotations mix; use [Gate] or [NormActivation]");

    public static readonly DiagnosticDescriptor OddNonlinearity = Rule.Error(
        "E3G0502", "A pointwise function that is neither even nor odd breaks the parity of odd scalars", "'{0}' of {1} has no parity, since it is neither even nor odd; use tanh (odd) or abs (even)");

    public static readonly DiagnosticDescriptor Constant = Rule.Error(
        "E3G0503", "A constant added to anything but even scalars breaks equivariance", "A constant is added to {0}, but only 0e is left unchanged by rotations and inversion: {1} would point in a fixed direction");

    public static readonly DiagnosticDescriptor Product = Rule.Error(
        "E3G0504", "A product of components breaks equivariance", "'{0}' multiplies components of {1} with components of {2}; only a single scalar can multiply an irrep, use [TensorProduct] or [ElementwiseTensorProduct]");

    public static readonly DiagnosticDescriptor Slice = Rule.Error(
        "E3G0505", "A slice cuts through an irrep", "Columns {0} to {1} {2}");

    public static readonly DiagnosticDescriptor FeatureAxis = Rule.Error(
        "E3G0506", "An operation over the feature axis mixes irreps", "'{0}' mixes the columns of {1}; {2}");

    public static readonly DiagnosticDescriptor Sum = Rule.Error(
        "E3G0507", "A sum of different irreps breaks equivariance", "'{0}' adds {1} and {2}: {3}");

    public static readonly DiagnosticDescriptor CannotVerify = Rule.Warning(
        "E3G0508", "Equivariance cannot be verified here", "It is not known what '{0}' does to {1}; use operations of E3Gen, or state the result with .AssumeIrreps(\"…\")");

    public static readonly DiagnosticDescriptor Verified = Rule.Info(
        "E3G0509", "The forward of the module is equivariant", "'{0}' is equivariant: every step of its forward keeps the irreps that its arguments declare{1}");

    public static readonly DiagnosticDescriptor NotVerified = Rule.Info(
        "E3G0510", "The forward of the module is not verified", "'{0}' is not verified to be equivariant: of '{1}' the irreps are not known; declare them with [Irreps] or .AssumeIrreps(\"…\")");
}
