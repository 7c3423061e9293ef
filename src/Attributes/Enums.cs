namespace E3Gen;

/// <summary>
/// How the multiplicity indices of a path are connected (e3nn's names): <c>u</c> runs over the copies of the first input, <c>v</c> of the
/// second, <c>w</c> of the output.
/// </summary>
public enum ConnectionMode
{
    /// <summary>Fully connected: <c>out[w] = Σ_uv W[u,v,w] x[u] ⊗ y[v]</c>.</summary>
    UVW,
    /// <summary>Output copies follow the first input: <c>out[u] = Σ_v W[u,v] x[u] ⊗ y[v]</c>.</summary>
    UVU,
    /// <summary>Output copies follow the second input: <c>out[v] = Σ_u W[u,v] x[u] ⊗ y[v]</c>.</summary>
    UVV,
    /// <summary>Inputs paired copy by copy, then mixed: <c>out[w] = Σ_u W[u,w] x[u] ⊗ y[u]</c>.</summary>
    UUW,
    /// <summary>Element by element: <c>out[u] = W[u] x[u] ⊗ y[u]</c>.</summary>
    UUU,
    /// <summary>Every pair keeps its own output copy: <c>out[u,v] = W[u,v] x[u] ⊗ y[v]</c>.</summary>
    UVUV,
    /// <summary>As <see cref="UVUV"/> for pairs with u &lt; v only (e3nn's <c>uvu&lt;v</c>): <c>out[uv] = W[uv] x[u] ⊗ y[v]</c>.</summary>
    UVULessV,
    /// <summary>Pairs with u &lt; v, mixed into w (e3nn's <c>u&lt;vw</c>): <c>out[w] = Σ_u&lt;v W[uv,w] x[u] ⊗ y[v]</c>.</summary>
    ULessVW,
}

/// <summary>Where the weights of an operation come from.</summary>
public enum WeightKind
{
    /// <summary>Parameters of the module, registered as <c>&lt;Method&gt;.weight</c>.</summary>
    Internal,
    /// <summary>One vector passed by the caller, used for every row.</summary>
    Shared,
    /// <summary>One vector per row, passed by the caller.</summary>
    PerSample,
    /// <summary>No weights: each path is multiplied by its constant alone.</summary>
    None,
}

/// <summary>Which input and output variances the path constants assume (e3nn's <c>irrep_normalization</c>).</summary>
public enum IrrepNormalization
{
    /// <summary>Every component has unit variance: the constant contains √(2l_out+1).</summary>
    Component,
    /// <summary>Every irrep has unit norm: the constant contains √((2l_1+1)(2l_2+1)).</summary>
    Norm,
    /// <summary>No factor.</summary>
    None,
}

/// <summary>How paths to the same output share its variance (e3nn's <c>path_normalization</c>).</summary>
public enum PathNormalization
{
    /// <summary>Every summed product has equal weight: 1/√(number of products summed over all paths of the output).</summary>
    Element,
    /// <summary>Every path has equal weight: 1/√(products in this path · number of paths of the output).</summary>
    Path,
    /// <summary>No factor.</summary>
    None,
}

/// <summary>Length of the spherical harmonics of a unit vector.</summary>
public enum Normalization
{
    /// <summary>‖Y_l‖² = 2l+1: every component has mean square 1 on the sphere.</summary>
    Component,
    /// <summary>‖Y_l‖ = 1.</summary>
    Norm,
    /// <summary>∫ Y_lm² dΩ = 1.</summary>
    Integral,
}

/// <summary>
/// A pointwise function of scalars, with torch's default parameters; each is scaled to unit second moment under a standard normal input. Odd functions keep the parity of odd scalars, even functions
/// turn them into even ones, and all others are for even scalars only.
/// </summary>
public enum ActivationFunction
{
    /// <summary>x σ(x) with σ(x) = 1/(1 + e^−x), also known as swish; even scalars only.</summary>
    Silu,
    /// <summary>tanh(x); odd.</summary>
    Tanh,
    /// <summary>σ(x) = 1/(1 + e^−x); even scalars only.</summary>
    Sigmoid,
    /// <summary>max(x, 0); even scalars only.</summary>
    Relu,
    /// <summary>|x|; even.</summary>
    Abs,
    /// <summary>x itself; odd.</summary>
    Identity,
    /// <summary>x Φ(x) with Φ(x) = ½ (1 + erf(x/√2)), without approximation; even scalars only.</summary>
    Gelu,
    /// <summary>½ x (1 + tanh(√(2/π) (x + 0.044715 x³))), torch's GELU with <c>approximate="tanh"</c>; even scalars only.</summary>
    GeluTanh,
    /// <summary>x where it is positive, else e^x − 1; even scalars only.</summary>
    Elu,
    /// <summary>λ x where x is positive, else λ α (e^x − 1), with λ = 1.0507… and α = 1.6733…; even scalars only.</summary>
    Selu,
    /// <summary>max(x, 0) + min(e^x − 1, 0): with torch's default α = 1 the same as <see cref="Elu"/>; even scalars only.</summary>
    Celu,
    /// <summary>x where it is positive, else 0.01 x; even scalars only.</summary>
    LeakyRelu,
    /// <summary>ln(1 + e^x), for large x too, where torch has x; even scalars only.</summary>
    Softplus,
    /// <summary>x/(1 + |x|); odd.</summary>
    Softsign,
    /// <summary>x tanh(ln(1 + e^x)); even scalars only.</summary>
    Mish,
    /// <summary>x between −1 and 1, beyond these the nearer one; odd.</summary>
    Hardtanh,
    /// <summary>x times the hard sigmoid; even scalars only.</summary>
    Hardswish,
    /// <summary>(x + 3)/6 between 0 and 1, beyond these the nearer one; even scalars only.</summary>
    Hardsigmoid,
    /// <summary>ln σ(x) = −ln(1 + e^−x); even scalars only.</summary>
    LogSigmoid,
    /// <summary>x between 0 and 6, beyond these the nearer one; even scalars only.</summary>
    Relu6,
    /// <summary>sin(x); odd.</summary>
    Sin,
    /// <summary>cos(x); even.</summary>
    Cos,
    /// <summary>x²; even.</summary>
    Square,
    /// <summary>erf(x) = 2/√π ∫₀ˣ e^−t² dt; odd.</summary>
    Erf,
    /// <summary>ln(1 + e^x) − ln 2, zero at zero: SchNet's and NequIP's <c>ssp</c>; even scalars only.</summary>
    ShiftedSoftplus,
}

/// <summary>Which constants scale activation functions to unit second moment.</summary>
public enum MomentConstants
{
    /// <summary>Exact constants, by quadrature (silu 1.67653…).</summary>
    Exact,
    /// <summary>e3nn's Monte-Carlo estimates (silu 1.67917…): needed to reproduce an e3nn checkpoint to the last digit.</summary>
    E3nn,
}

/// <summary>Order of the columns of an irrep with several copies; <c>IrrepsLayout.Convert</c> changes it.</summary>
public enum Layout
{
    /// <summary>Copy after copy, each with its components side by side: e3nn's order, and that of our whole public interface.</summary>
    MulIr,

    /// <summary>
    /// Component after component, each with its copies side by side: the order inside kernels, and between the operations of a network.
    /// </summary>
    IrMul,
}

/// <summary>How the squared lengths in the samples of a row become one number (e3nn's <c>reduce</c>).</summary>
public enum SampleReduction
{
    /// <summary>Their mean.</summary>
    Mean,
    /// <summary>The largest.</summary>
    Max,
}
