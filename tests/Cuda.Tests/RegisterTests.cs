using E3Gen.Kernels;

namespace E3Gen.Cuda.Tests;

/// <summary>What a lane keeps fits into its registers: numbers that are live at once in clang's PTX, and what an allocator of registers does with the same text.</summary>
public sealed class RegisterTests
{
    /// <summary>Registers of kernels that are not distributed over passes.</summary>
    private const int Budget = 128;

    /// <summary>The most that a thread can have; what needs more lies in memory.</summary>
    private const int Most = 255;

    /// <summary>The counter, on texts that can be counted by hand.</summary>
    [Theory]
    [InlineData("add.f32 %f2, %f1, %f1; add.f32 %f4, %f2, %f3; st.global.f32 [%rd1], %f4; ret;", 4)] // f1, f3, rd1
    [InlineData("ld.global.v2.f32 {%f1, %f2}, [%rd1]; add.f32 %f3, %f1, %f2; mov.b64 %fd1, {%f3, %f3}; st.global.f64 [%rd1], %fd1; ret;", 4)] // f1, f2, rd1
    [InlineData("mov.f32 %f1, 0f00000000; L1: ld.global.f32 %f2, [%rd1]; add.f32 %f1, %f1, %f2; add.s64 %rd1, %rd1, %rd2; setp.lt.s64 %p1, %rd1, %rd3; "
        + "@%p1 bra L1; st.global.f32 [%rd4], %f1; ret;", 10)]
    [InlineData("setp.lt.f32 %p1, %f1, 0f00000000; @%p1 bra L1; add.f64 %fd3, %fd1, %fd2; bra.uni L2; L1: mov.f64 %fd3, %fd4; L2: st.global.f64 [%rd1], %fd3; ret;", 9)] // f1, fd1, fd2, fd4, rd1
    [InlineData("shfl.sync.bfly.b32 %r3|%p1, %r1, %r2, 31, -1; { // a call\n .reg .b32 temp; "
        + ".param .b32 p0; st.param.f32 [p0+0], %r3; call.uni (retval0), expf, (p0); ld.param.f32 %r4, [retval0+0]; } st.global.f32 [%rd1], %r4;", 4)]
    public void The_counter_counts(string instructions, int registers)
    {
        const string Declarations = ".reg .pred %p<9>; .reg .b32 %r<9>; .reg .f32 %f<9>; .reg .f64 %fd<9>; .reg .b64 %rd<9>;";
        string ptx = $".visible .entry kernel(\n.param .u64 a,\n.param .u64 b\n)\n.maxntid 128, 1, 1\n{{\n{Declarations}\n{instructions}\n}}\n";
        Assert.Equal(registers, PtxLiveness.Registers(ptx)["kernel"]);
    }

    /// <summary>Numbers alive at once are no more than a pass expects; only a single path, which no pass can split, may exceed the budget.</summary>
    [DeviceTheory]
    [MemberData(nameof(ChannelwiseTextTests.Cases), MemberType = typeof(ChannelwiseTextTests))]
    [InlineData("wide", "Single")]
    [InlineData("large", "Single")]
    [InlineData("large", "Double")]
    public void Passes_keep_their_estimates(string name, string type)
    {
        var numbers = Enum.Parse<NumberType>(type);
        var program = Program(name);
        var passes = new ChannelwisePasses(program, numbers);
        foreach (var text in new[] { ChannelwiseText.Convolution(program, numbers), ChannelwiseText.Product(program, numbers) })
        {
            var registers = PtxLiveness.Registers(DeviceCompiler.ToPtx(text.Source));
            bool bySource = text.Name == "convolution" && passes.PrefersSource;
            var (gradient, gradientJvp) = bySource ? (passes.GradientBySource, passes.GradientJvpBySource) : (passes.Gradient, passes.GradientJvp);
            foreach (var (kind, all) in new[] { ("forward", passes.Forward), ("jvp", passes.Jvp), ("gradient", gradient), ("gradient_jvp", gradientJvp) })
            {
                foreach (var pass in all)
                {
                    string kernel = $"{text.Name}_{kind}{pass.Number}";
                    registers.Remove(kernel, out int counted);
                    bool isSplit = pass.Paths.Count > 1;
                    Assert.True(counted > 0 && counted <= (isSplit ? pass.Registers : Most), $"{kernel} keeps {counted} registers, its estimate is {pass.Registers}");
                    Assert.True(!isSplit || pass.Registers <= ChannelwisePasses.Budget, $"{kernel} has an estimate of {pass.Registers}");
                }
            }

            AreWithin(Budget, registers); // what sums messages and parts
        }
    }

    /// <summary>float32 of the large convolution is not cut into more pieces than it has to be.</summary>
    [Fact]
    public void Passes_are_few()
    {
        var passes = new ChannelwisePasses(Program("large"), NumberType.Single);
        Assert.Equal([2, 2], new[] { passes.Forward.Count, passes.Gradient.Count });
        passes = new ChannelwisePasses(GpuCheckCases.Wide(copies: 64, lMax: 3, most: 2), NumberType.Single);
        Assert.Equal(18, passes.Forward.Sum(p => p.Paths.Count));
        Assert.Equal([2, 2, 2, 2], new[] { passes.Forward.Count, passes.Gradient.Count, passes.Jvp.Count, passes.GradientJvp.Count });
    }

    [DeviceTheory]
    [MemberData(nameof(ContractionTextTests.Cases), MemberType = typeof(ContractionTextTests))]
    public void Contractions_are_within_their_budget(string name, int copies, Layout layout, string type) =>
        AreWithin(Budget, Registers(ContractionText.Contraction(ContractionTextTests.Program(name, copies, layout), Enum.Parse<NumberType>(type))));

    [DeviceTheory]
    [MemberData(nameof(GateTextTests.Cases), MemberType = typeof(GateTextTests))]
    public void Gates_are_within_their_budget(string name, int copies, Layout layout, string type) =>
        AreWithin(Budget, Registers(GateText.Gate(GateTextTests.Program(name, copies, layout), Enum.Parse<NumberType>(type))));

    /// <summary>Degrees up to 11 in float64 need more than others, and still fit.</summary>
    [DeviceTheory]
    [MemberData(nameof(HarmonicTextTests.Cases), MemberType = typeof(HarmonicTextTests))]
    public void Harmonics_are_within_their_budget(string name, string type) =>
        AreWithin(name == "many" && type == "Double" ? Most : Budget, Registers(HarmonicText.Harmonics(HarmonicTextTests.Program(name), Enum.Parse<NumberType>(type))));

    /// <summary>An allocator of registers puts nothing into memory.</summary>
    [AmdTheory]
    [InlineData("convolution", "few")]
    [InlineData("convolution", "many")]
    [InlineData("convolution", "uneven")]
    [InlineData("convolution", "large")]
    [InlineData("product", "wide")]
    [InlineData("product", "large")]
    [InlineData("contraction", "few")]
    [InlineData("contraction", "four")]
    [InlineData("harmonics", "directions")]
    [InlineData("harmonics", "many")]
    [InlineData("gate", "all")]
    public void Nothing_is_spilled(string operation, string name)
    {
        var text = operation switch
        {
            "convolution" => ChannelwiseText.Convolution(Program(name), NumberType.Single),
            "product" => ChannelwiseText.Product(Program(name), NumberType.Single),
            "contraction" => ContractionText.Contraction(ContractionTextTests.Program(name, 3, Layout.MulIr), NumberType.Single),
            "harmonics" => HarmonicText.Harmonics(HarmonicTextTests.Program(name), NumberType.Single),
            _ => GateText.Gate(GateTextTests.Program(name, 3, Layout.MulIr), NumberType.Single),
        };
        var all = AmdCompiler.Resources(text.Source, Most).ToList();
        Assert.Equal(
            text.Launches.Select(l => l.Kernel).Distinct().Order(), all.Select(k => k.Kernel).Order());
        Assert.All(all, k => Assert.True(k is { Spilled: 0, Memory: 0 } && k.Registers <= Most, $"{k.Kernel}: {k.Registers} registers, {k.Spilled} spilled, {k.Memory} bytes of memory"));
    }

    private static ChannelwiseProgram Program(string name) => name == "large" ? GpuCheckCases.Wide(copies: 64, lMax: 3) : ChannelwiseTextTests.Program(name);

    private static Dictionary<string, int> Registers(DeviceProgram program) => PtxLiveness.Registers(DeviceCompiler.ToPtx(program.Source));

    private static void AreWithin(int most, Dictionary<string, int> registers) =>
        Assert.All(registers, kernel => Assert.True(kernel.Value <= most, $"{kernel.Key} keeps {kernel.Value} registers"));
}
