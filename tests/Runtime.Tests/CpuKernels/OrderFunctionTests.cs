using E3Gen.Kernels;
using E3Gen.Operations;
using E3Gen.Operations.Cpu;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Changes of order by kernels, against views of the portable backend.</summary>
public sealed class OrderFunctionTests
{
    [Theory]
    [InlineData(5000, 4, 3)]
    [InlineData(5000, 7, 5)]
    [InlineData(3000, 9, 7)]
    [InlineData(2000, 16, 9)]
    [InlineData(300, 128, 5)]
    [InlineData(20_000, 2, 3)]
    public void AreThoseOfViews(int rows, int copies, int components)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(31);
        Tensor wide = randn([rows, copies * components + 5], generator: random), segment = wide.narrow(1, 2, copies * components);
        Assert.True(OrderFunction.Takes(segment));
        Derivatives.Agree(a => Layouts.ToIrMul(a[0], copies, components).square(), [segment], what: "to ir_mul");
        Derivatives.Agree(a => Layouts.ToMulIr(a[0].view(rows, components, copies)).square(), [segment.contiguous()], what: "to mul_ir");
        Tensor there = Layouts.ToIrMul(segment, copies, components);
        Assert.True(there.is_contiguous());
        Assert.True(there.Equals(segment.reshape(rows, copies, components).transpose(1, 2)));
        Assert.True(Layouts.ToMulIr(there).Equals(segment));
    }
}
