namespace E3Gen.Runtime.Tests.Networks;

[MessagePassingNetwork(
    Hidden = "4x0e + 3x1o", Output = "0e + 1o", EdgeHarmonics = "0e + 1o", Layers = 1, MaxRadius = 3, RadialNeurons = 8, NumberOfBasis = 5,
    Basis = RadialBasisKind.Gaussian, BasisVanishes = false, Cutoff = CutoffKind.Smooth)]
public sealed partial class GaussianSmoothNetwork;

[MessagePassingNetwork(
    Hidden = "4x0e + 3x1o", Output = "0e + 1o", EdgeHarmonics = "0e + 1o", Layers = 1, MaxRadius = 3, RadialNeurons = 8, NumberOfBasis = 5,
    Basis = RadialBasisKind.Cosine, BasisVanishes = true, Cutoff = CutoffKind.Mollifier)]
public sealed partial class CosineMollifierNetwork;

[MessagePassingNetwork(
    Hidden = "4x0e + 3x1o", Output = "0e + 1o", EdgeHarmonics = "0e + 1o", Layers = 1, MaxRadius = 3, RadialNeurons = 8, NumberOfBasis = 5,
    Basis = RadialBasisKind.SmoothFinite, BasisVanishes = true, Cutoff = CutoffKind.None)]
public sealed partial class SmoothFiniteNoneNetwork;

[MessagePassingNetwork(
    Hidden = "4x0e + 3x1o", Output = "0e + 1o", EdgeHarmonics = "0e + 1o", Layers = 1, MaxRadius = 3, RadialNeurons = 8, NumberOfBasis = 5,
    Basis = RadialBasisKind.Fourier, BasisVanishes = false, Cutoff = CutoffKind.Cosine)]
public sealed partial class FourierCosineNetwork;

[MessagePassingNetwork(
    Hidden = "4x0e + 3x1o", Output = "0e + 1o", EdgeHarmonics = "0e + 1o", Layers = 1, MaxRadius = 3, RadialNeurons = 8, NumberOfBasis = 5,
    Basis = RadialBasisKind.Bessel, BasisVanishes = false, Cutoff = CutoffKind.Polynomial, CutoffPower = 3)]
public sealed partial class BesselPolynomialNetwork;

[MessagePassingNetwork(
    Hidden = "4x0e + 3x1o", Output = "0e + 1o", EdgeHarmonics = "0e + 1o", Layers = 1, MaxRadius = 3, RadialNeurons = 8, NumberOfBasis = 5,
    Basis = RadialBasisKind.Chebyshev, BasisVanishes = false, Cutoff = CutoffKind.SoftStep)]
public sealed partial class ChebyshevSoftStepNetwork;

[MessagePassingNetwork(
    Hidden = "4x0e + 3x1o", Output = "0e + 1o", EdgeHarmonics = "0e + 1o", Layers = 1, MaxRadius = 3, RadialNeurons = 8, NumberOfBasis = 5,
    Basis = RadialBasisKind.Chebyshev, BasisVanishes = true, Cutoff = CutoffKind.None)]
public sealed partial class ChebyshevNoneNetwork;

[MessagePassingNetwork(
    Hidden = "4x0e + 3x1o", Output = "0e + 1o", EdgeHarmonics = "0e + 1o", Layers = 1, MaxRadius = 3, RadialNeurons = 8, NumberOfBasis = 5,
    Basis = RadialBasisKind.ExponentialNormal, BasisVanishes = true, Cutoff = CutoffKind.None)]
public sealed partial class ExponentialNormalNoneNetwork;

[MessagePassingNetwork(
    Hidden = "4x0e + 3x1o", Output = "0e + 1o", EdgeHarmonics = "0e + 1o", Layers = 1, MaxRadius = 3, RadialNeurons = 8, NumberOfBasis = 5,
    Basis = RadialBasisKind.ExponentialNormal, BasisVanishes = false, Cutoff = CutoffKind.Polynomial)]
public sealed partial class ExponentialNormalPolynomialNetwork;

[MessagePassingNetwork(
    Hidden = "4x0e + 3x1o", Output = "0e + 1o", EdgeHarmonics = "0e + 1o", Layers = 1, MaxRadius = 3, RadialNeurons = 8, NumberOfBasis = 5,
    Basis = RadialBasisKind.Bessel, Transform = DistanceTransform.Agnesi, TransformLength = 1.2, Cutoff = CutoffKind.Polynomial)]
public sealed partial class BesselAgnesiPolynomialNetwork;

[MessagePassingNetwork(
    Hidden = "4x0e + 3x1o", Output = "0e + 1o", EdgeHarmonics = "0e + 1o", Layers = 1, MaxRadius = 3, RadialNeurons = 8, NumberOfBasis = 5,
    Basis = RadialBasisKind.Gaussian, Transform = DistanceTransform.Soft, TransformLength = 0.6)]
public sealed partial class GaussianSoftSmoothNetwork;

[MessagePassingNetwork(
    Hidden = "4x0e + 3x1o", Output = "0e + 1o", EdgeHarmonics = "0e + 1o", Layers = 1, MaxRadius = 3, RadialNeurons = 8, NumberOfBasis = 5,
    Basis = RadialBasisKind.Gaussian, Transform = DistanceTransform.SoftClamp, TransformLength = 2.4)]
public sealed partial class GaussianSoftClampSmoothNetwork;
