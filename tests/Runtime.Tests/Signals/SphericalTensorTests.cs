using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Signals;

public sealed class SphericalTensorTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly SphericalTensor _sphere = new(4);

    public void Dispose() => _scope.Dispose();

    private static Tensor Read(string field) => Reference.Layers.Get("spherical_tensor", field);

    [Fact]
    public void SignalsAreThoseOfE3nn()
    {
        Assert.Equal(Reference.Layers.Case("spherical_tensor").GetProperty("irreps").GetString(), _sphere.Irreps.ToString());
        Tensor positions = Read("positions"), values = Read("values"), signal = Read("signal");
        Near.Equal(Read("with_peaks_at"), _sphere.WithPeaksAt(positions), 1e-10);
        Near.Equal(Read("with_peaks_at_values"), _sphere.WithPeaksAt(positions, values), 1e-10);
        Near.Equal(Read("sum_of_diracs"), _sphere.SumOfDiracs(positions, values), 1e-10);
        Near.Equal(Read("from_samples_on_s2"), _sphere.FromSamplesOnS2(positions, values, 30), 1e-10);
        Near.Equal(Read("norms"), _sphere.Norms(signal), 1e-10);
        Near.Equal(Read("signal_xyz"), _sphere.SignalXyz(signal, Read("r")), 1e-10);
        (Tensor points, Tensor onGrid) = _sphere.SignalOnGrid(signal, 12);
        Near.Equal(Read("grid"), points, 1e-10);
        Near.Equal(Read("signal_on_grid"), onGrid, 1e-10);
    }

    [Fact]
    public void PeaksAreThoseOfE3nn()
    {
        (Tensor directions, Tensor values) = _sphere.FindPeaks(Read("with_peaks_at"), 60);
        Tensor order = Read("find_peaks_val").argsort(0, descending: true);
        Near.Equal(Read("find_peaks_val")[order], values, 1e-10);
        Near.Equal(Read("find_peaks_pos")[order], directions, 1e-10);
    }

    [Fact]
    public void PeaksAreWhereTheyWereMade()
    {
        Tensor where = tensor(new double[] { 1, 0, 0, 0, 5, 0, -2, -2, 1 }).reshape(3, 3), signal = new SphericalTensor(8).SumOfDiracs(where, tensor(new[] { 1.0, 3, 2 }));
        (Tensor found, Tensor values) = new SphericalTensor(8).FindPeaks(signal);
        Tensor high = values.gt(0.8).nonzero().squeeze(-1);
        Tensor expected = (where / where.norm(1, keepdim: true)).index_select(0, tensor(new long[] { 1, 2, 0 }));
        Near.Equal(expected, found.index_select(0, high), 0.06);
        Assert.Empty(_sphere.FindPeaks(zeros(25, float64)).Values.data<double>().ToArray());
    }

    [Fact]
    public void AFlatTopHasOnePeak()
    {
        Assert.Equal([6], LocalMaxima.Of([0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0], 3, 5)); // two equal ones: the first, as SciPy's find_peaks
        Assert.Empty(LocalMaxima.Of([3, 3, 3, 3, 3, 3, 3, 3, 3], 3, 3));
        Assert.Empty(LocalMaxima.Of([0, 9, 0, 0, 0, 0, 0, 9, 0], 3, 3));
        Assert.Equal([4], LocalMaxima.Of([0, 0, 0, 0, 1, 0, 0, 0, 0], 3, 3));
    }

    [Fact]
    public void SignalsTurnWithTheirDirections()
    {
        Tensor where = Random(3, 3), values = Random(3), matrix = -O3.RandomRotation(dtype: float64, generator: new Generator(2)), d = O3.WignerD(_sphere.Irreps, matrix);
        Near.Equal(d.mv(_sphere.SumOfDiracs(where, values)), _sphere.SumOfDiracs(where.matmul(matrix.t()), values), 1e-12);
        Near.Equal(d.mv(_sphere.WithPeaksAt(where, values)), _sphere.WithPeaksAt(where.matmul(matrix.t()), values), 1e-10);
        Tensor signal = Random(25);
        Near.Equal(_sphere.SignalXyz(signal, where), _sphere.SignalXyz(d.mv(signal), where.matmul(matrix.t())), 1e-12);
        // A signal of odd values over pseudovectors: (P f)(x) = −f(x).
        Near.Equal(-eye(25, dtype: float64), O3.WignerD(new SphericalTensor(4, -1, 1).Irreps, -eye(3, dtype: float64)), 1e-14);
    }

    [Fact]
    public void PeaksHaveTheirValues()
    {
        Tensor where = Random(4, 3), values = tensor(new[] { 1.0, 0, -2, 3 }), used = tensor(new long[] { 0, 2, 3 });
        Tensor signal = _sphere.WithPeaksAt(where, values);
        Near.Equal(values.index_select(0, used), _sphere.SignalXyz(signal, where.index_select(0, used)), 1e-12);
        Near.Equal(signal, _sphere.WithPeaksAt(where.index_select(0, used), values.index_select(0, used)), 1e-12); // value 0: left out
        Near.Equal(where.norm(1), _sphere.SignalXyz(_sphere.WithPeaksAt(where), where), 1e-12);
        Near.Equal(signal, _sphere.WithPeaksAt(where.to(float32), values.to(float32)), 1e-5);
        Near.Equal(zeros(25, float64), _sphere.WithPeaksAt(zeros(0, 3, float64)), 0);
        // The same twice asks for nothing new.
        Tensor twice = cat([where, where]);
        Near.Equal(signal, _sphere.WithPeaksAt(twice, cat([values, values])), 1e-12);
    }

    [Fact]
    public void ADiracHasThePeakOne()
        => Assert.Equal(1, _sphere.SignalXyz(_sphere.SumOfDiracs(tensor(new[] { 0.0, 0, 2 }).reshape(1, 3), ones(1, float64)), tensor(new[] { 0.0, 0, 1 })).item<double>(), 1e-12);

    [Fact]
    public void NormsSumToTheMeanSquare()
    {
        Tensor signal = Random(25);
        (_, Tensor values) = _sphere.SignalOnGrid(signal, 20);
        Tensor mean = (values.square().mean([1]) * new S2Grid(20, 19).Weights(float64)).sum() * 4 * Math.PI;
        Assert.Equal(_sphere.Norms(signal).square().sum().item<double>(), mean.item<double>(), 1e-10);
    }

    [Fact]
    public void LeadingAxesBroadcastAndNothingGivesZero()
    {
        Assert.Equal([2, 3, 25], _sphere.SumOfDiracs(randn(1, 3, 2, 3), randn(2, 1, 1)).shape);
        Assert.Equal([2, 0, 25], _sphere.SumOfDiracs(empty(1, 0, 2, 3), empty(2, 0, 1)).shape);
        Assert.Equal([2, 3, 25], _sphere.FromSamplesOnS2(randn(1, 3, 2, 3), randn(2, 1, 1), 10).shape);
        Near.Equal(zeros(2, 25), _sphere.FromSamplesOnS2(zeros(2, 0, 3), zeros(2, 0), 10), 0);
        Assert.Equal([2, 1, 3, 2, 4], _sphere.SignalXyz(randn(2, 1, 3, 25), randn(2, 4, 3)).shape);
        Assert.Equal([2, 1, 10, 9], _sphere.SignalOnGrid(randn(2, 1, 25), 10).Values.shape);
        Assert.Equal([0, 5], _sphere.Norms(zeros(0, 25)).shape);
    }

    /// <summary>e3nn's examples: hemispheres, which are 3 y/(2·norm) in degree 1.</summary>
    [Fact]
    public void SamplesFillTheDirectionsNearestToThem()
    {
        Tensor signal = new SphericalTensor(2, 1, 1).FromSamplesOnS2(tensor(new double[] { 0, 1, 0, 0, -1, 0 }).reshape(2, 3), tensor(new[] { 1.0, -1 }), 200);
        Near.Equal(tensor(new[] { 0, 0, Math.Sqrt(3 * Math.PI), 0, 0, 0, 0, 0, 0 }), signal, 1e-3);
    }

    [Fact]
    public void DerivativesAreRight()
    {
        Tensor where = Random(3, 3), values = Random(3), signal = Random(2, 25);
        GradientCheck.First(a => _sphere.SumOfDiracs(a[0], a[1]), [where, values]);
        GradientCheck.Second(a => _sphere.SumOfDiracs(a[0], a[1]), [where, values]);
        GradientCheck.First(a => _sphere.WithPeaksAt(a[0], a[1]), [where, values]);
        GradientCheck.First(a => _sphere.WithPeaksAt(a[0]), [where]);
        GradientCheck.First(a => _sphere.SignalXyz(a[0], a[1]), [signal, where]);
        GradientCheck.First(a => _sphere.Norms(a[0]), [signal]);
        GradientCheck.Second(a => _sphere.Norms(a[0]), [signal]);
        GradientCheck.First(a => _sphere.FromSamplesOnS2(where, a[0], 10), [values]);
        Tensor zero = zeros(25, float64, requires_grad: true);
        Assert.Equal(0, GradientCheck.Gradients(_sphere.Norms(zero).sum(), [zero])[0].abs().max().item<double>());
    }

    [Fact]
    public void ThePageIsOneFile()
    {
        string path = Path.Combine(Path.GetTempPath(), $"signal-{Guid.NewGuid():N}.html");
        try
        {
            _sphere.SavePage(path, Read("with_peaks_at"), "Peaks <of> {{values}} & more", 20);
            string page = File.ReadAllText(path);
            Assert.Contains("<title>Peaks &lt;of&gt; {{values}} &amp; more</title>", page, StringComparison.Ordinal);
            Assert.Contains("const rows = 20, columns = 19;", page, StringComparison.Ordinal);
            Assert.Equal(20 * 19, page.Split("const values = [")[1].Split("];")[0].Split(',').Length);
            Assert.DoesNotContain("://", page, StringComparison.Ordinal);
            Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
        Assert.Throws<ArgumentException>(() => _sphere.SavePage(path, full(25, double.NaN, float64)));
        Assert.Throws<ArgumentException>(() => _sphere.SavePage(path, zeros(2, 25)));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void WrongArgumentsAreNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SphericalTensor(12));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SphericalTensor(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SphericalTensor(2, 1, 2));
        Assert.Contains("p_val = -1", Assert.Throws<ArgumentException>(() => new SphericalTensor(2, -1).WithPeaksAt(randn(2, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("take fewer", Assert.Throws<ArgumentException>(() => new SphericalTensor(1).WithPeaksAt(randn(9, 3))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _sphere.WithPeaksAt(randn(2, 2, 3)));
        Assert.Throws<ArgumentException>(() => _sphere.WithPeaksAt(randn(2, 3), randn(3)));
        Assert.Throws<ArgumentException>(() => _sphere.SumOfDiracs(randn(2, 3), randn(2).to(float64)));
        Assert.Throws<ArgumentException>(() => _sphere.SumOfDiracs(randn(3), randn(2)));
        Assert.Throws<ArgumentException>(() => _sphere.FindPeaks(randn(2, 25)));
        Assert.Throws<ArgumentException>(() => _sphere.Norms(randn(2, 24)));
    }

    private static Tensor Random(params long[] shape) => randn(shape, float64, generator: new Generator(7));
}
