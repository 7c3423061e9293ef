using E3Gen.Runtime.Tests.Layers;
using E3Gen.Runtime.Tests.Networks;
using E3Gen.Runtime.Tests.Operations;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Explanation;

/// <summary>What <see cref="Backends.Explain"/> says is what happens.</summary>
public sealed class ExplainTests
{
    [Fact]
    public void EveryKindOfOperation()
    {
        using var module = new EveryKind();
        Expect("""
            module    operation             kind                irreps                             backend   reason
            (itself)  EveryKind.Mix         Linear              4x0e+2x1o → 4x0e+2x1o              Cpu       linear kernel, float32 on cpu
            (itself)  EveryKind.Activate    Gate                6x0e+2x1o → 4x0e+2x1o              Cpu       gate kernel, float32 on cpu
            (itself)  EveryKind.Harmonics   SphericalHarmonics  1x1o → 1x0e+1x1o+1x2e              Cpu       harmonics kernel, float32 on cpu
            (itself)  EveryKind.Constant    SphericalHarmonics  1x1o → 2x0e                        Portable  l = 0 alone is constant
            (itself)  EveryKind.Convolve    Convolution         4x0e+2x1o ⊗ 1x0e+1x1o → 6x0e+6x1o  Cpu       fused convolution kernel, float32 on cpu
            (itself)  EveryKind.Scale       TensorProduct       4x0e ⊗ 1x1o → 4x1o                 Cpu       product kernel, float32 on cpu
            (itself)  EveryKind.Couple      TensorProduct       4x0e ⊗ 2x1o → 3x1o                 Cpu       product kernel, then linear kernel, float32 on cpu
            (itself)  EveryKind.Contract    TensorProduct       4x0e ⊗ 2x1o → 3x1o                 Cpu       coupling kernel, then torch contracts copies, float32 on cpu
            (itself)  EveryKind.HighDegree  TensorProduct       2x5o ⊗ 1x6e → 2x11o                Cpu       product kernel (5 × 6 → 11 from tables: too large to unroll), float32 on cpu
            (itself)  EveryKind.Nothing     TensorProduct       0x1o ⊗ 0x1o → 0x0e                 Portable  no paths: its result is zero or has no columns
            """, Backends.Explain(module));
    }

    [Fact]
    public void Layers()
    {
        using var module = new Attentions();
        Assert.All(Backends.Explain(module).Operations, o => Assert.Equal(("Attention", Backend.Portable, "it is made of TorchSharp operations"), (o.Kind, o.Backend, o.Reason)));
        Assert.Equal(4, Backends.Explain(module).Operations.Count);
    }

    [Fact]
    public void ANetworkLayerByLayer()
    {
        using var network = new SmallWaterNetwork();
        var operations = Backends.Explain(network).Operations;
        IEnumerable<(string, string, string, Backend?)> Layer(int index, string path, bool gated)
        {
            string name = $"SmallWaterNetwork.Layer{index}.";
            yield return (path, name + "SelfConnection", "Linear", Backend.Cpu);
            yield return (path, name + "Linear1", "Linear", Backend.Cpu);
            yield return (path, name + "Convolve", "Convolution", Backend.Cpu);
            yield return (path, name + "Linear2", "Linear", Backend.Cpu);
            if (gated) yield return (path, name + "Gate", "Gate", Backend.Cpu);
        }

        Assert.Equal(
            [
                ("", "SmallWaterNetwork.EdgeHarmonics", "SphericalHarmonics", Backend.Cpu),
                .. Layer(0, "layers.0.first", gated: true), .. Layer(1, "layers.1.first", gated: true), .. Layer(2, "layers.2", gated: false),
            ],
            operations.Select(o => (o.Path, o.Operation, o.Kind, o.Backend)));
        Assert.Equal("8x0e+4x1o+4x1e+3x2o+3x2e+2x3o+2x3e ⊗ 1x0e+1x1o+1x2e+1x3o → 17x0e+33x1o+38x2e+33x3o+16x4e", operations[13].Irreps);
    }

    [Theory]
    [InlineData(ScalarType.Float32, null)]
    [InlineData(ScalarType.Float64, null)]
    [InlineData(ScalarType.Float16, "float16 on cpu, and kernels take float32 and float64 on the CPU")]
    [InlineData(ScalarType.BFloat16, "bfloat16 on cpu, and kernels take float32 and float64 on the CPU")]
    public void TheTypeOfTheParametersDecides(ScalarType type, string? reason)
    {
        using var network = new AttributedNetwork();
        network.to(type);
        OperationBackend[] withKernels = [.. Backends.Explain(network).Operations];
        Assert.Equal(1 + (3 * 4) + 2, withKernels.Length); // products with the attributes mix, convolutions, harmonics
        Assert.All(withKernels, o => Assert.Equal(reason is null ? Backend.Cpu : Backend.Portable, o.Backend));
        Assert.All(withKernels, o => Assert.Contains(reason ?? $"kernel", o.Reason));
        if (reason is null) Assert.All(withKernels, o => Assert.EndsWith($"{type} on cpu", o.Reason, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void TheDeviceOfTheParametersDecides()
    {
        using var module = new EveryKind();
        module.to(META);
        OperationBackend convolve = Of(module, "EveryKind.Convolve");
        Assert.Equal((Backend.Portable, "float32 on meta, and kernels take float32 and float64 on the CPU"), (convolve.Backend, convolve.Reason));
    }

    /// <summary>Without a driver the reason is what was looked for; without a GPU a test cannot ask for more.</summary>
    [Fact]
    public void OnAGpuTheReasonNamesWhatIsMissing()
    {
        string reason = BackendChoice.WhyPortable(ScalarType.Float32, new Device("cuda:0"));
        Assert.StartsWith("float32 on cuda:0, and ", reason);
        Assert.True(cuda.is_available() || reason.Contains(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1"), reason);
    }

    [Fact]
    public void UseDecidesBeforeAllElse()
    {
        using var module = new EveryKind();
        using (Backends.Use(Backend.Portable))
        {
            Assert.All(Backends.Explain(module).Operations, o => Assert.Equal(Backend.Portable, o.Backend));
            Assert.Equal("Backends.Use(Backend.Portable) says so", Of(module, "EveryKind.Convolve").Reason);
            using (Backends.Use(Backend.Cpu)) Assert.Equal(Backend.Cpu, Of(module, "EveryKind.Convolve").Backend);
            using var without = new HarmonicsModule();
            Assert.Equal(Backend.Portable, Backends.Explain(without).Operations[0].Backend);
        }

        Assert.Equal(Backend.Cpu, Of(module, "EveryKind.Convolve").Backend);
    }

    [Fact]
    public void WithoutParametersTheArgumentDecides()
    {
        using var module = new HarmonicsModule();
        OperationBackend operation = Of(module, "HarmonicsModule.Component4");
        Assert.Null(operation.Backend);
        Assert.Equal("no parameters, so its first argument decides: harmonics kernel for float32 and float64 on the CPU, else portable", operation.Reason);
        Assert.Contains("by argument", Backends.Explain(module).ToString());
    }

    /// <summary>An operation's own weights are what its argument must be like; others around it do not matter to it.</summary>
    [Fact]
    public void MixedTypes()
    {
        using var module = new EveryKind();
        module.named_children().Single(c => c.name == "Couple").module.to(ScalarType.Float16);
        Assert.Equal(Backend.Portable, Of(module, "EveryKind.Couple").Backend);
        Assert.Equal(Backend.Cpu, Of(module, "EveryKind.HighDegree").Backend);
        OperationBackend harmonics = Of(module, "EveryKind.Harmonics");
        Assert.Null(harmonics.Backend);
        Assert.StartsWith("parameters of float32 on cpu and float16 on cpu, so its first argument decides", harmonics.Reason);
    }

    [Fact]
    public void AClassHasTheOperationsOfItsBase()
    {
        using var module = new Extension();
        Assert.Equal(["Extended.First", "Extension.Second"], Backends.Explain(module).Operations.Select(o => o.Operation));
    }

    [Fact]
    public void GeneratedModulesAreFoundInOthers()
    {
        using var module = new Surrounding();
        Assert.Equal(
            [("first", "Extended.First"), ("first", "Extension.Second"), ("second", "Extended.First"), ("second", "Extension.Second")],
            Backends.Explain(module).Operations.Select(o => (o.Path, o.Operation)));
    }

    [Fact]
    public void ClassesMayBeCalledLikeTheDescription()
    {
        using var module = new GeneratedOperation();
        Assert.Equal(["GeneratedOperation.Component", "GeneratedOperation.Tables"], Backends.Explain(module).Operations.Select(o => o.Operation));
        Assert.Equal("SphericalHarmonics", Backends.Explain(module).Operations[0].Kind);
    }

    [Fact]
    public void OtherModulesHaveNothingToSay()
    {
        using var module = nn.Linear(2, 3);
        Assert.Empty(Backends.Explain(module).Operations);
        Assert.Equal("No generated operations.", Backends.Explain(module).ToString());
        Assert.Throws<ArgumentNullException>(() => Backends.Explain(null!));
    }

    private static OperationBackend Of(nn.Module module, string operation) => Backends.Explain(module).Operations.Single(o => o.Operation == operation);

    private static void Expect(string expected, BackendReport actual) => Assert.Equal(expected.ReplaceLineEndings("\n"), actual.ToString());
}

/// <summary>What <see cref="Backends.Log"/> hears.</summary>
[Collection(Alone.Name)]
public sealed class LogTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly List<string> heard = [];
    private readonly EveryKind module = new();

    public LogTests() => Backends.Log = heard.Add;

    public void Dispose()
    {
        Backends.Log = null;
        scope.Dispose();
        module.Dispose();
    }

    [Fact]
    public void KernelsAreNotWorthAWord()
    {
        RunAll(ScalarType.Float32);
        Assert.Empty(heard);
    }

    [Fact]
    public void FallingBackIsSaidOnceAnOperation()
    {
        module.to(ScalarType.BFloat16);
        for (int i = 0; i < 3; i++) RunAll(ScalarType.BFloat16);
        Assert.Equal(
            [
                "EveryKind.Mix takes the portable backend: bfloat16 on cpu, and kernels take float32 and float64 on the CPU.",
                "EveryKind.Activate takes the portable backend: bfloat16 on cpu, and kernels take float32 and float64 on the CPU.",
                "EveryKind.Harmonics takes the portable backend: bfloat16 on cpu, and kernels take float32 and float64 on the CPU.",
                "EveryKind.Convolve takes the portable backend: bfloat16 on cpu, and kernels take float32 and float64 on the CPU.",
                "EveryKind.Scale takes the portable backend: bfloat16 on cpu, and kernels take float32 and float64 on the CPU.",
                "EveryKind.Couple takes the portable backend: bfloat16 on cpu, and kernels take float32 and float64 on the CPU.",
                "EveryKind.Contract takes the portable backend: bfloat16 on cpu, and kernels take float32 and float64 on the CPU.",
                "EveryKind.HighDegree takes the portable backend: bfloat16 on cpu, and kernels take float32 and float64 on the CPU.",
            ],
            heard);

        // What was said agrees with what was foretold.
        Assert.Equal(
            Backends.Explain(module).Operations.Where(o => o.Reason.StartsWith("bfloat16", StringComparison.Ordinal)).Select(o => o.Operation).Order(),
            heard.Select(h => h.Split(' ')[0]).Order());
    }

    [Fact]
    public void ForcingIsAReason()
    {
        using var use = Backends.Use(Backend.Portable);
        module.Harmonics(randn(2, 3));
        module.Harmonics(randn(2, 3));
        Assert.Equal(["EveryKind.Harmonics takes the portable backend: Backends.Use(Backend.Portable) says so."], heard);
    }

    [Fact]
    public void ANewListenerHearsAnew()
    {
        module.Harmonics(randn(2, 3).to(ScalarType.BFloat16));
        var second = new List<string>();
        Backends.Log = second.Add;
        module.Harmonics(randn(2, 3).to(ScalarType.BFloat16));
        Backends.Log = null;
        module.Harmonics(randn(2, 3).to(ScalarType.BFloat16));
        Assert.Single(heard);
        Assert.Single(second);
    }

    /// <summary>The question is asked at every call.</summary>
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void AskingAllocatesNothing(ScalarType type)
    {
        Tensor x = zeros(2, 3).to(type);
        Assert.Equal(type == ScalarType.Float32, Backends.TakesKernels(x, "LogTests.Asking"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) Backends.TakesKernels(x, "LogTests.Asking");
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void RunAll(ScalarType type)
    {
        Tensor Random(long rows, long columns) => randn(rows, columns).to(type);
        using Graph graph = Graph.FromEdges(tensor(new long[] { 0, 1 }), tensor(new long[] { 1, 0 }), 2);
        module.Mix(Random(2, 10));
        module.Activate(Random(2, 12));
        module.Harmonics(Random(2, 3));
        module.Constant(Random(2, 3));
        module.Convolve(Random(2, 10), Random(2, 4), Random(2, 12), graph);
        module.Scale(Random(2, 4), Random(2, 3), Random(2, 4));
        module.Couple(Random(2, 4), Random(2, 6));
        module.Contract(Random(2, 4), Random(2, 6), Random(2, 24));
        module.HighDegree(Random(2, 22), Random(2, 13));
    }
}
