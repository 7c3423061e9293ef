using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Signals;

/// <summary>Signals on the group of rotations, against sums over Wigner D matrices.</summary>
public sealed class SO3Tests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>√((2l+1)/dim) D^l(R) for all degrees, [..., dim].</summary>
    private static Tensor Functions(int lmax, Tensor matrix)
    {
        double dim = Enumerable.Range(0, lmax + 1).Sum(l => Math.Pow((2 * l) + 1, 2));
        return cat([.. Enumerable.Range(0, lmax + 1).Select(l => O3.WignerD(new Irrep(l, 1), matrix).flatten(-2, -1) * Math.Sqrt(((2 * l) + 1) / dim))], -1);
    }

    private static (Tensor Alpha, Tensor Beta, Tensor Gamma) Angles(SO3Grid grid)
    {
        var sphere = new S2Grid(grid.Beta, grid.Alpha);
        return (sphere.Alphas(float64).reshape(-1, 1, 1), sphere.Betas(float64).reshape(1, -1, 1), sphere.Alphas(float64).reshape(1, 1, -1));
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(1, 2, 2)]
    [InlineData(3, 4, 2)]
    [InlineData(2, 4, 1.3)]
    public void ValuesAreSumsOverWignerMatrices(int lmax, int resolution, double aspect)
    {
        var grid = new SO3Grid(lmax, resolution, aspect);
        Tensor x = Random(2, grid.Dim);
        (Tensor alpha, Tensor beta, Tensor gamma) = Angles(grid);
        Tensor functions = Functions(lmax, O3.AnglesToMatrix(alpha, beta, gamma));
        Near.Equal(einsum("abci,zi->zabc", functions, x), grid.ToGrid(x), 1e-12);
        Tensor values = Random(2, grid.Alpha, grid.Beta, grid.Alpha), weights = new S2Grid(grid.Beta, grid.Alpha).Weights(float64) / ((double)grid.Alpha * grid.Alpha);
        Near.Equal(einsum("abci,b,zabc->zi", functions, weights, values) * grid.Dim, grid.FromGrid(values), 1e-12);
        Near.Equal(x, grid.FromGrid(grid.ToGrid(x)), 1e-12);
    }

    [Fact]
    public void TheSmallestGridIsOneMoreThanTheDegree()
    {
        Tensor x = Random(1, 35);
        Near.Equal(x, new SO3Grid(2, 3).FromGrid(new SO3Grid(2, 3).ToGrid(x)), 1e-12);
        Assert.True(Near.MaxError(x, new SO3Grid(2, 2).FromGrid(new SO3Grid(2, 2).ToGrid(x))) > 0.01);
    }

    [Fact]
    public void ARotationOfTheArgumentTurnsTheComponents()
    {
        var grid = new SO3Grid(2, 3);
        Tensor x = Random(1, 35), turn = O3.RandomRotation(dtype: float64, generator: new Generator(3));
        (Tensor alpha, Tensor beta, Tensor gamma) = Angles(grid);
        Tensor functions = Functions(2, O3.AnglesToMatrix(alpha, beta, gamma).matmul(turn));
        using var activation = new SO3Activation(2, 2, ActivationFunction.Identity, 3);
        Assert.Equal("1x0e+3x1e+5x2e", activation.IrrepsIn.ToString());
        Near.Equal(einsum("abci,zi->zabc", functions, x), grid.ToGrid(x.matmul(O3.WignerD(activation.IrrepsIn, turn).t())), 1e-12);
    }

    /// <summary>Both translations of the group: of components by the right one, of copies by the left one.</summary>
    [Theory]
    [InlineData(4, 1e-7, 1)]
    [InlineData(20, 0, 1e-11)]
    public void EquivariantToTheAccuracyOfTheGrid(int resolution, double atLeast, double atMost)
    {
        using var activation = new SO3Activation(1, 2, ActivationFunction.Silu, resolution);
        Tensor x = Random(3, 10), turn = O3.RandomRotation(dtype: float64, generator: new Generator(3)), y = activation.call(x);
        double right = Near.MaxError(y.matmul(O3.WignerD(activation.IrrepsOut, turn).t()), activation.call(x.matmul(O3.WignerD(activation.IrrepsIn, turn).t())));
        double left = Near.MaxError(Left(y, 2), activation.call(Left(x, 1)));
        Assert.InRange(Math.Max(left, right), atLeast, atMost);

        Tensor Left(Tensor values, int lmax) => cat([.. Enumerable.Range(0, lmax + 1).Select(l =>
        {
            int size = (2 * l) + 1, first = Enumerable.Range(0, l).Sum(k => ((2 * k) + 1) * ((2 * k) + 1));
            return O3.WignerD(new Irrep(l, 1), turn).matmul(values.narrow(-1, first, size * size).reshape(-1, size, size)).flatten(-2, -1);
        })], -1);
    }

    /// <summary>The integral of φ(f) D over the group, by Monte-Carlo sums at the same angles: the function is applied with its constant.</summary>
    [Fact]
    public void TheFunctionIsAppliedToValues()
    {
        using var activation = new SO3Activation(1, 1, ActivationFunction.Tanh, 6, constants: MomentConstants.E3nn);
        Tensor x = Random(2, 10);
        (Tensor alpha, Tensor beta, Tensor gamma) = Angles(activation.GridIn);
        Tensor functions = Functions(1, O3.AnglesToMatrix(alpha, beta, gamma)), values = einsum("abci,zi->zabc", functions, x).tanh() * 1.5937334472592695;
        Tensor weights = new S2Grid(activation.GridIn.Beta, activation.GridIn.Alpha).Weights(float64) / ((double)activation.GridIn.Alpha * activation.GridIn.Alpha);
        Near.Equal(einsum("abci,b,zabc->zi", functions, weights, values) * 10, activation.call(x), 1e-12);
    }

    [Fact]
    public void ShapesTypesAndDerivatives()
    {
        using var activation = new SO3Activation(1, 2, ActivationFunction.Tanh, 3);
        Tensor x = Random(2, 10);
        Assert.Equal([35], activation.call(x[0]).shape);
        Assert.Equal([0, 35], activation.call(x[..0]).shape);
        Assert.Equal([3, 2, 12, 6, 12], activation.GridIn.ToGrid(zeros(3, 2, 10)).shape);
        Near.Relative(activation.call(x), activation.call(x.to(float32)), 1e-5);
        GradientCheck.First(a => activation.call(a[0]), [x]);
        GradientCheck.Second(a => activation.call(a[0]), [x]);
        Assert.Empty(activation.state_dict());
    }

    [Fact]
    public void WrongArgumentsAreNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SO3Grid(12, 20));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SO3Grid(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SO3Grid(1, 2, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SO3Activation(1, 1, (ActivationFunction)999, 2));
        var grid = new SO3Grid(1, 2);
        Assert.Contains("10 entries", Assert.Throws<ArgumentException>(() => grid.ToGrid(zeros(9))).Message, StringComparison.Ordinal);
        Assert.Contains("[8, 4, 8] (α, β, γ)", Assert.Throws<ArgumentException>(() => grid.FromGrid(zeros(4, 8, 8))).Message, StringComparison.Ordinal);
    }

    private static Tensor Random(params long[] shape) => randn(shape, float64, generator: new Generator(7));
}
