using System.Collections.Concurrent;
using E3Gen.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// Signals on the sphere by their harmonics' coefficients, e3nn's <c>SphericalTensor</c>: f(x) = Σ_l A^l · Y^l(x/|x|), l = 0 … lmax, with harmonics of <see cref="Normalization.Integral"/>. Under
/// inversion P, (P f)(x) = p_val f(p_arg x): the irreps are one of each degree, with the parities p_val·p_arg^l. A coefficient tensor is [..., (lmax+1)²].
/// <example><code>
/// var sphere = new SphericalTensor(lmax: 4);
/// Tensor signal = sphere.SumOfDiracs(directions, weights);       // [N, 3], [N] → [25]
/// (Tensor peaks, Tensor heights) = sphere.FindPeaks(signal);     // [P, 3], [P]
/// sphere.SavePage("signal.html", signal);                        // to look at, in a browser
/// </code></example>
/// </summary>
public sealed class SphericalTensor
{
    private static readonly Scalar Zero = 0, Two = 2;

    private readonly ConcurrentDictionary<(int Resolution, Normalization Normalization), ToS2Grid> _toGrids = new();
    private readonly ConcurrentDictionary<int, FromS2Grid> _fromGrids = new();

    /// <summary>Of what kind signals are.</summary>
    /// <param name="lmax">Largest degree, 0 … 11.</param>
    /// <param name="valueParity">p_val, ±1: whether values change sign under inversion.</param>
    /// <param name="argumentParity">p_arg, ±1: −1 for signals over directions of vectors, 1 for those of pseudovectors.</param>
    /// <exception cref="ArgumentOutOfRangeException">The degree is out of range, or a parity not ±1.</exception>
    public SphericalTensor(int lmax, int valueParity = 1, int argumentParity = -1)
    {
        if (lmax is < 0 or > SolidHarmonics.MaxL)
            throw new ArgumentOutOfRangeException(nameof(lmax), lmax, $"Spherical harmonics are available for degrees 0 to {SolidHarmonics.MaxL}, not {lmax}.");
        if (valueParity is not (1 or -1))
            throw new ArgumentOutOfRangeException(nameof(valueParity), valueParity, $"A parity is 1 or -1, not {valueParity}.");
        if (argumentParity is not (1 or -1))
            throw new ArgumentOutOfRangeException(nameof(argumentParity), argumentParity, $"A parity is 1 or -1, not {argumentParity}.");
        (MaxL, ValueParity, ArgumentParity) = (lmax, valueParity, argumentParity);
        Irreps = new SignalIrreps(lmax, valueParity, argumentParity).ToIrreps();
    }

    /// <summary>Largest degree lmax.</summary>
    public int MaxL { get; }

    /// <summary>p_val.</summary>
    public int ValueParity { get; }

    /// <summary>p_arg.</summary>
    public int ArgumentParity { get; }

    /// <summary>How coefficients turn: 1x0e+1x1o+1x2e+… for the default parities.</summary>
    public Irreps Irreps { get; }

    /// <summary>(lmax+1)².</summary>
    public int Dim => Irreps.Dim;

    /// <summary>The shortest signal with given values in given directions. Directions with value 0 are left out, as in e3nn.</summary>
    /// <param name="vectors">Where, [N, 3], of any length.</param>
    /// <param name="values">f there, [N]; the lengths of the vectors where null, which are even: p_val must be 1.</param>
    /// <returns>[(lmax+1)²]; zero for no vectors.</returns>
    /// <exception cref="ArgumentException">
    /// The shapes or types do not fit; lengths would be the values of an odd signal; or no signal of these degrees has such values: too many directions, or different values in one.
    /// </exception>
    public Tensor WithPeaksAt(Tensor vectors, Tensor? values = null)
    {
        Check.Features(vectors, 3, "x, y, z", nameof(WithPeaksAt));
        if (vectors.dim() != 2)
            throw new ArgumentException($"{nameof(WithPeaksAt)}: the vectors must have shape [N, 3], not [{string.Join(", ", vectors.shape)}].", nameof(vectors));
        if (values is null && ValueParity < 0)
            throw new ArgumentException($"The signal's values change sign under inversion (p_val = -1), and lengths do not: give {nameof(values)}.", nameof(values));
        using var scope = NewDisposeScope();
        // In double precision: near directions make the equations ill-conditioned.
        Tensor directions = vectors.to(float64), heights = values is null ? O3.Length(directions).squeeze(-1) : values;
        if (values is not null)
        {
            Check.Features(values, (int)vectors.size(0), "a value for each vector", nameof(WithPeaksAt));
            if (values.dim() != 1)
                throw new ArgumentException($"{nameof(WithPeaksAt)}: the values must have shape [N], not [{string.Join(", ", values.shape)}].", nameof(values));
            Check.Alike(vectors, values, nameof(WithPeaksAt), "vectors and values");
            heights = values.to(float64);
        }
        Tensor used = heights.ne(Zero).nonzero().squeeze(-1);
        if (used.numel() == 0)
            return zeros([Dim], vectors.dtype, vectors.device).MoveToOuterDisposeScope();
        (directions, heights) = (directions.index_select(0, used), heights.index_select(0, used));
        Tensor harmonics = Harmonics(directions);
        Tensor signal = linalg.pinv(harmonics).matmul(heights);
        using (no_grad())
        {
            double off = (harmonics.matmul(signal) - heights).abs().max().item<double>(), largest = heights.abs().max().item<double>();
            if (!(off < 1e-5 * largest))
            {
                throw new ArgumentException(
                    $"No signal up to degree {MaxL} has these values in these {used.numel()} directions (the nearest misses one by {off:g3}): "
                    + "take fewer or other directions, or a larger lmax.",
                    nameof(vectors));
            }
        }
        return signal.to(vectors.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>Σ_i v_i δ_lmax(x_i): δ_lmax is the part of Dirac's delta up to degree lmax, scaled to the value 1 at its peak.</summary>
    /// <param name="positions">x_i, [..., N, 3], of any length. Leading axes broadcast.</param>
    /// <param name="values">v_i, [..., N].</param>
    /// <returns>[..., (lmax+1)²].</returns>
    /// <exception cref="ArgumentException">The shapes, types or devices do not fit.</exception>
    public Tensor SumOfDiracs(Tensor positions, Tensor values)
    {
        using var scope = NewDisposeScope();
        CheckSamples(positions, values, nameof(SumOfDiracs));
        Tensor sum = (Harmonics(positions) * values.unsqueeze(-1)).sum(-2);
        return (sum * tensor(4 * Math.PI / Dim, sum.dtype, sum.device)).MoveToOuterDisposeScope();
    }

    /// <summary>The signal that has, in each direction, the value of the nearest sample, up to degree lmax. Differentiable in the values.</summary>
    /// <param name="positions">Directions of the samples, [..., N, 3], of any length. Leading axes broadcast.</param>
    /// <param name="values">Their values, [..., N].</param>
    /// <param name="resolution">N of the <see cref="S2Grid"/> of directions.</param>
    /// <returns>[..., (lmax+1)²]; zero without samples.</returns>
    /// <exception cref="ArgumentException">The shapes, types or devices do not fit, or the resolution is odd or too small.</exception>
    public Tensor FromSamplesOnS2(Tensor positions, Tensor values, int resolution = 100)
    {
        using var scope = NewDisposeScope();
        CheckSamples(positions, values, nameof(FromSamplesOnS2));
        FromS2Grid fromGrid = _fromGrids.GetOrAdd(resolution, n => new FromS2Grid(MaxL, n, normalization: Normalization.Integral));
        long[] batch = [.. broadcast_tensors(positions.select(-1, 0), values)[0].shape];
        if (batch[^1] == 0)
            return zeros([.. batch[..^1], Dim], values.dtype, values.device).MoveToOuterDisposeScope();
        Tensor nearest;
        using (no_grad())
        {
            Tensor unit = O3.SphericalHarmonics("1o", positions, normalization: Normalization.Norm); // x/|x|, 0 for the zero vector
            Tensor points = fromGrid.Grid.Points(unit.dtype, unit.device).reshape(-1, 3);
            // |p − x|² − 1
            nearest = (unit.square().sum(-1, keepdim: true) - (unit.matmul(points.t()) * Two)).argmin(-2);
        }
        Tensor found = values.expand(batch).gather(-1, nearest.expand([.. batch[..^1], nearest.size(-1)]));
        return fromGrid.forward(found.reshape([.. batch[..^1], fromGrid.Grid.Beta, fromGrid.Grid.Alpha])).MoveToOuterDisposeScope();
    }

    /// <summary>|A^l| for each degree. The squares are the power of the signal: their sum is ∫ f² dΩ. Gradient 0 at 0.</summary>
    /// <param name="signal">[..., (lmax+1)²].</param>
    /// <returns>[..., lmax+1].</returns>
    /// <exception cref="ArgumentException">The last axis or the type does not fit.</exception>
    public Tensor Norms(Tensor signal)
    {
        CheckSignal(signal, nameof(Norms));
        using var scope = NewDisposeScope();
        Tensor wide = HalfPrecision.Widen(signal);
        Tensor norms = cat([.. Enumerable.Range(0, MaxL + 1).Select(l => O3.Length(wide.narrow(-1, l * l, (2 * l) + 1)))], -1);
        return HalfPrecision.Return(norms, signal.dtype);
    }

    /// <summary>The signal's values in directions.</summary>
    /// <param name="signal">[A..., (lmax+1)²].</param>
    /// <param name="directions">[B..., 3], of any length.</param>
    /// <returns>[A..., B...].</returns>
    /// <exception cref="ArgumentException">The shapes, types or devices do not fit.</exception>
    public Tensor SignalXyz(Tensor signal, Tensor directions)
    {
        CheckSignal(signal, nameof(SignalXyz));
        Check.Features(directions, 3, "x, y, z", nameof(SignalXyz));
        Check.Alike(signal, directions, nameof(SignalXyz), "signal and directions");
        using var scope = NewDisposeScope();
        Tensor values = signal.reshape(-1, Dim).matmul(Harmonics(directions).reshape(-1, Dim).t());
        return values.reshape([.. signal.shape[..^1], .. directions.shape[..^1]]).MoveToOuterDisposeScope();
    }

    /// <summary>The signal's values on an <see cref="S2Grid"/>.</summary>
    /// <param name="signal">[..., (lmax+1)²].</param>
    /// <param name="resolution">N: even, at least 2(lmax+1).</param>
    /// <param name="normalization">See <see cref="ToS2Grid"/>; the values are f in the default.</param>
    /// <returns>The points [N, M, 3] and the values [..., N, M], M = N − 1.</returns>
    /// <exception cref="ArgumentException">The last axis, the type or the resolution does not fit.</exception>
    public (Tensor Points, Tensor Values) SignalOnGrid(Tensor signal, int resolution = 100, Normalization normalization = Normalization.Integral)
    {
        CheckSignal(signal, nameof(SignalOnGrid));
        ToS2Grid toGrid = _toGrids.GetOrAdd((resolution, normalization), key => new ToS2Grid(MaxL, key.Resolution, normalization: key.Normalization));
        return (toGrid.Grid.Points(signal.dtype, signal.device), toGrid.forward(signal));
    }

    /// <summary>
    /// Local maxima of a signal, to the accuracy of a grid: values above those of the neighbours on two grids, the second one turned so that the poles and the seam of each lie within the other.
    /// No gradients.
    /// </summary>
    /// <param name="signal">One signal, [(lmax+1)²].</param>
    /// <param name="resolution">N of the grids.</param>
    /// <returns>Directions [P, 3] and values [P], highest first.</returns>
    /// <exception cref="ArgumentException">The shape, the type or the resolution does not fit.</exception>
    public (Tensor Directions, Tensor Values) FindPeaks(Tensor signal, int resolution = 100)
    {
        CheckSignal(signal, nameof(FindPeaks));
        if (signal.dim() != 1)
            throw new ArgumentException($"{nameof(FindPeaks)} takes one signal of shape [{Dim}], not [{string.Join(", ", signal.shape)}].", nameof(signal));
        using var scope = NewDisposeScope();
        using var grad = no_grad();
        Tensor coefficients = signal.to(float64).cpu(), quarter = tensor(Math.PI / 2, float64), turn = O3.AnglesToMatrix(quarter, quarter, quarter);
        (Tensor first, Tensor firstValues) = PeaksOnGrid(coefficients, resolution);
        (Tensor second, Tensor secondValues) = PeaksOnGrid(O3.WignerD(Irreps, turn).mv(coefficients), resolution);
        second = second.matmul(turn); // back: turnᵀ x
        if (first.size(0) > 0 && second.size(0) > 0)
        {
            Tensor found = cdist(first, second).lt(tensor(2 * Math.PI / resolution, float64)).any(1);
            Tensor only = found.logical_not().nonzero().squeeze(-1);
            (first, firstValues) = (first.index_select(0, only), firstValues.index_select(0, only));
        }
        Tensor values = cat([firstValues, secondValues]), order = values.argsort(0, descending: true);
        Tensor directions = cat([first, second]).index_select(0, order);
        return (directions.to(signal.dtype).to(signal.device).MoveToOuterDisposeScope(), values.index_select(0, order).to(signal.dtype).to(signal.device).MoveToOuterDisposeScope());
    }

    /// <summary>
    /// Writes a page in HTML that shows a signal as a surface with radius |f|, blue where f is negative, to turn with the mouse or the arrow keys. One file, without anything from elsewhere.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="signal">One signal, [(lmax+1)²].</param>
    /// <param name="title">What the page says above the picture.</param>
    /// <param name="resolution">N of the grid that is drawn.</param>
    /// <exception cref="ArgumentException">The shape, the type or the resolution does not fit, or a number is not finite.</exception>
    public void SavePage(string path, Tensor signal, string title = "Signal on the sphere", int resolution = 60)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        CheckSignal(signal, nameof(SavePage));
        if (signal.dim() != 1)
            throw new ArgumentException($"{nameof(SavePage)} takes one signal of shape [{Dim}], not [{string.Join(", ", signal.shape)}].", nameof(signal));
        S2Grid grid = S2Grid.For(MaxL, resolution);
        double[] values = S2Tables.Values(() => SignalOnGrid(signal.to(float64).cpu(), resolution).Values.contiguous());
        if (!values.All(double.IsFinite))
            throw new ArgumentException("The signal has values that are not finite; there is no picture of it.", nameof(signal));
        SignalPage.Save(path, title, grid, values);
    }

    private (Tensor Points, Tensor Values) PeaksOnGrid(Tensor signal, int resolution)
    {
        (Tensor points, Tensor values) = SignalOnGrid(signal, resolution);
        Tensor index = tensor(LocalMaxima.Of(values.contiguous().data<double>().ToArray(), (int)values.size(0), (int)values.size(1)));
        return (points.reshape(-1, 3).index_select(0, index), values.reshape(-1).index_select(0, index));
    }

    private Tensor Harmonics(Tensor directions) => O3.SphericalHarmonics(MaxL, directions, normalization: Normalization.Integral);

    private void CheckSignal(Tensor signal, string name) => Check.Features(signal, Dim, Irreps.ToString(), name);

    private static void CheckSamples(Tensor positions, Tensor values, string name)
    {
        Check.Features(positions, 3, "x, y, z", name);
        ArgumentNullException.ThrowIfNull(values, name);
        Check.Features(values, values.IsInvalid || values.dim() == 0 || positions.dim() < 2 ? -1 : (int)values.size(-1), "a value for each position", name);
        Check.Alike(positions, values, name, "positions and values");
    }
}
