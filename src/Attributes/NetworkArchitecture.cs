namespace E3Gen;

/// <summary>How the layers of a <see cref="MessagePassingNetworkAttribute"/> are made. Each is self-connection, linear map, uvu convolution with a radial network, linear map, gate.</summary>
public enum NetworkArchitecture
{
    /// <summary>
    /// e3nn's <c>gate_points_2101</c>: <c>sin(π/8) · self + cos(π/8) · update</c>. By default lengths are expanded in Gaussians, and messages fade by <see cref="CutoffKind.Smooth"/>.
    /// </summary>
    GatePoints2101,

    /// <summary>
    /// e3nn's <c>v2106</c> (<c>SimpleNetwork</c>, <c>NetworkForAGraphWithAttributes</c>): <c>self + α · update</c> with an even scalar α of each node that is learnt from the messages and zero at
    /// first (De and Smith, arXiv 2002.10444). By default lengths are expanded in <see cref="RadialBasisKind.SmoothFinite"/> functions that vanish at the cutoff radius.
    /// </summary>
    GatePoints2106,
}
