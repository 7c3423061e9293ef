using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Rotations;

public sealed class IrrepsLayoutTests : IDisposable
{
    private const string Features = "2x0e + 3x1o + 0x1e + 1x2e + 2x2o + 2x1o";

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Generator random = new(71);

    public void Dispose()
    {
        random.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void ComponentsComeFirstInIrMul()
    {
        // Columns count copies in tens and components in ones.
        Tensor mulIr = tensor(new double[] { 10, 20, 11, 12, 13, 21, 22, 23, 31, 32, 33 });
        Tensor irMul = tensor(new double[] { 10, 20, 11, 21, 31, 12, 22, 32, 13, 23, 33 });
        Assert.Equal(irMul, IrrepsLayout.Convert(mulIr, "2x0e + 3x1o", Layout.MulIr, Layout.IrMul));
        Assert.Equal(mulIr, IrrepsLayout.Convert(irMul, "2x0e + 3x1o", Layout.IrMul, Layout.MulIr));
    }

    [Fact]
    public void EntriesStayApart()
    {
        Tensor mulIr = tensor(new double[] { 11, 12, 13, 21, 22, 23, 31, 32, 33 });
        Assert.Equal(
            tensor(new double[] { 11, 12, 13, 21, 31, 22, 32, 23, 33 }), IrrepsLayout.Convert(mulIr, "1x1o + 2x1o", Layout.MulIr, Layout.IrMul));
        Assert.Equal(
            tensor(new double[] { 11, 21, 31, 12, 22, 32, 13, 23, 33 }), IrrepsLayout.Convert(mulIr, "3x1o", Layout.MulIr, Layout.IrMul));
    }

    [Theory]
    [InlineData(new long[] { })]
    [InlineData(new long[] { 5 })]
    [InlineData(new long[] { 3, 1, 2 })]
    [InlineData(new long[] { 2, 0 })]
    public void ThereAndBackIsWhatItWas(long[] leading)
    {
        Irreps irreps = Features;
        foreach (ScalarType type in new[] { ScalarType.Float32, ScalarType.Float64, ScalarType.Int64 })
        {
            Tensor x = randint(1000, [.. leading, irreps.Dim], dtype: type, generator: random);
            Tensor converted = IrrepsLayout.Convert(x, irreps, Layout.MulIr, Layout.IrMul);
            Assert.Equal(x.shape, converted.shape);
            Assert.Equal(type, converted.dtype);
            Assert.Equal(x.numel() == 0, converted.Equals(x));
            Assert.Equal(x, IrrepsLayout.Convert(converted, irreps, Layout.IrMul, Layout.MulIr));
        }
    }

    [Fact]
    public void ArgumentsNeedNotBeContiguous()
    {
        Irreps irreps = Features;
        Tensor x = rand([irreps.Dim, 4], generator: random).t();
        Assert.Equal(IrrepsLayout.Convert(x.contiguous(), irreps, Layout.MulIr, Layout.IrMul), IrrepsLayout.Convert(x, irreps, Layout.MulIr, Layout.IrMul));
    }

    [Theory]
    [InlineData(Layout.MulIr, Layout.IrMul)]
    [InlineData(Layout.IrMul, Layout.MulIr)]
    public void GradientsAreConvertedBack(Layout from, Layout to)
    {
        Irreps irreps = Features;
        Tensor x = rand([4, irreps.Dim], ScalarType.Float64, generator: random).requires_grad_(), g = rand([4, irreps.Dim], ScalarType.Float64, generator: random);
        IrrepsLayout.Convert(x, irreps, from, to).backward([g]);
        Assert.Equal(IrrepsLayout.Convert(g, irreps, to, from), x.grad);
        GradientCheck.First(a => IrrepsLayout.Convert(a[0].square(), irreps, from, to), [x.detach()]);
        GradientCheck.Second(a => IrrepsLayout.Convert(a[0].square(), irreps, from, to), [x.detach()]);
    }

    [Fact]
    public void EqualOrdersGiveTheTensorItself()
    {
        Tensor x = rand([4, 8], generator: random);
        Assert.Same(x, IrrepsLayout.Convert(x, "2x0e + 2x1o", Layout.IrMul, Layout.IrMul));
        Assert.Same(x, IrrepsLayout.Convert(x, "5x0e + 1x1o", Layout.MulIr, Layout.IrMul));
    }

    [Fact]
    public void ErrorsSayWhatIsWrong()
    {
        Tensor x = rand([4, 8], generator: random);
        var size = Assert.Throws<ArgumentException>(() => IrrepsLayout.Convert(x, "3x1o", Layout.MulIr, Layout.IrMul));
        Assert.Contains("9 entries (3x1o), but the shape is [4, 8]", size.Message);
        Assert.Throws<ArgumentException>(() => IrrepsLayout.Convert(tensor(1.0), "1x0e", Layout.MulIr, Layout.IrMul));
        var layout = Assert.Throws<ArgumentException>(() => IrrepsLayout.Convert(x, "2x0e + 2x1o", (Layout)7, Layout.IrMul));
        Assert.Equal("from", layout.ParamName);
        Assert.Throws<ArgumentNullException>(() => IrrepsLayout.Convert(null!, "1x0e", Layout.MulIr, Layout.IrMul));
        Assert.Throws<ArgumentNullException>(() => IrrepsLayout.Convert(x, null!, Layout.MulIr, Layout.IrMul));
    }
}
