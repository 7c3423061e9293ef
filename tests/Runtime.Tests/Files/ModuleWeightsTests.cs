using E3Gen.Runtime.Tests.Files.PyTorch;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Files;

/// <summary>Loading with options, the same for both formats.</summary>
public sealed class ModuleWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    /// <summary>The network of the fixtures, with a head that they do not have.</summary>
    private sealed class Network : nn.Module<Tensor, Tensor>
    {
        public readonly Linear first, head;

        public Network(ScalarType type = ScalarType.Float32, bool hasHead = false) : base(nameof(Network))
        {
            first = nn.Linear(3, 4, dtype: type);
            head = nn.Linear(4, 1, dtype: type);
            register_module(nameof(first), first);
            if (hasHead) register_module(nameof(head), head);
        }

        public override Tensor forward(Tensor x) => x;
    }

    private static readonly float[] Bias = [0.5f, 1.5f, 2.5f, 3.5f];

    private static float[] BiasOf(Network network) => network.first.bias!.to_type(ScalarType.Float32).data<float>().ToArray();

    private string Save(bool asPyTorch, params (string, Tensor)[] tensors)
    {
        if (asPyTorch) PyTorchFile.Save(_folder.File("x"), tensors);
        else Safetensors.Save(_folder.File("x"), tensors);
        return _folder.File("x");
    }

    [Fact]
    public void CheckpointsOfTrainingsLoad()
    {
        using var network = new Network();
        LoadReport report = ModuleWeights.Load(network, Fixtures.PathOf("training"));
        Assert.Equal(Bias, BiasOf(network));
        Assert.Equal(11, network.first.weight![3, 2].item<float>());
        Assert.Equal(["first.weight", "first.bias"], report.Loaded.Keys);
        Assert.Equal("2 loaded, 0 skipped", report.ToString());
    }

    [Fact]
    public void SectionsAreChosen()
    {
        using var network = new Network();
        string path = Fixtures.PathOf("two_sections");
        Assert.Contains("choose one as section", Assert.Throws<InvalidDataException>(() => ModuleWeights.Load(network, path)).Message);
        ModuleWeights.Load(network, path, new LoadOptions { Section = "model" });
        Assert.Equal(Bias, BiasOf(network));
        string other = Save(false, ("first.weight", ones(4, 3)));
        Assert.Contains("no sections", Assert.Throws<ArgumentException>(() => ModuleWeights.Load(network, other, new LoadOptions { Section = "model" })).Message);
    }

    [Fact]
    public void WholePickledModulesLoad()
    {
        using var network = new Network();
        var options = new LoadOptions { SkipUnknown = true, Rename = new KeyRules { { "first.*", "first.*" }, { "*", null } }.Rename };
        LoadReport report = ModuleWeights.Load(network, Fixtures.PathOf("module"), options);
        Assert.Equal(Bias, BiasOf(network));
        Assert.Equal(["steps", "blocks.0.weight"], report.Skipped);
    }

    [Fact]
    public void APrefixOfAllKeysIsExplained()
    {
        using var network = new Network();
        var error = Assert.Throws<InvalidDataException>(() => ModuleWeights.Load(network, Fixtures.PathOf("wrapped")));
        Assert.EndsWith("Keys that begin with 'module.' fit without it: Rename = new KeyRules { { \"module.*\", \"*\" } }.Rename.", error.Message);
        LoadReport report = ModuleWeights.Load(network, Fixtures.PathOf("wrapped"), new LoadOptions { Rename = new KeyRules { { "module.*", "*" } }.Rename });
        Assert.Equal(Bias, BiasOf(network));
        Assert.Equal("module.first.bias", report.Loaded["first.bias"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ABackboneLoadsUnderANewHead(bool asPyTorch)
    {
        using var network = new Network(hasHead: true);
        float[] head = network.head.weight!.data<float>().ToArray();
        string path = Save(asPyTorch, ("first.weight", ones(4, 3)), ("first.bias", tensor(Bias)), ("old.weight", ones(2)), ("tp.output_mask", ones(2)));
        var error = Assert.Throws<InvalidDataException>(() => ModuleWeights.Load(network, path));
        Assert.Contains("unexpected in the file: 'old.weight' F32 [2]", error.Message);
        Assert.Contains("missing from the file: 'head.bias' F32 [1]", error.Message);
        Assert.NotEqual(Bias, BiasOf(network));

        LoadReport report = ModuleWeights.Load(network, path, new LoadOptions { Strict = false });
        Assert.Equal(Bias, BiasOf(network));
        Assert.Equal(head, network.head.weight.data<float>().ToArray());
        Assert.Equal(["old.weight"], report.Unexpected);
        Assert.Equal(["tp.output_mask"], report.Skipped);
        Assert.Equal(["head.weight", "head.bias"], report.Missing);
        Assert.Empty(report.Mismatched);
        Assert.Equal("2 loaded, 1 skipped\n1 unexpected in the file: 'old.weight'\n2 missing from the file: 'head.weight', 'head.bias'", report.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OtherShapesAreErrorsUnlessTheyAreToBeSkipped(bool asPyTorch)
    {
        using var network = new Network(hasHead: true);
        string path = Save(asPyTorch, ("first.weight", ones(4, 3)), ("first.bias", tensor(Bias)), ("head.weight", ones(7, 4)), ("head.bias", ones(1, dtype: ScalarType.Int32)));
        foreach (bool strict in (bool[])[true, false])
        {
            var error = Assert.Throws<InvalidDataException>(() => ModuleWeights.Load(network, path, new LoadOptions { Strict = strict }));
            Assert.Contains("does not fit: 'head.weight' is F32 [7, 4] in the file and F32 [1, 4] in the module", error.Message);
            Assert.Contains("does not fit: 'head.bias' is I32 [1] in the file and F32 [1] in the module", error.Message);
            Assert.NotEqual(Bias, BiasOf(network));
        }
        LoadReport report = ModuleWeights.Load(network, path, new LoadOptions { SkipMismatched = true });
        Assert.Equal(["head.weight", "head.bias"], report.Mismatched);
        Assert.Empty(report.Missing);
        Assert.Equal(Bias, BiasOf(network));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NothingInCommonIsAnErrorHoweverLenient(bool asPyTorch)
    {
        using var network = new Network();
        string path = Save(asPyTorch, ("a", ones(2)));
        var error = Assert.Throws<InvalidDataException>(() => ModuleWeights.Load(network, path, new LoadOptions { Strict = false, SkipMismatched = true }));
        Assert.Contains("no key of the file fits one of the module. The file has 'a'; the module 'first.weight', 'first.bias'", error.Message);
    }

    public static TheoryData<bool, ScalarType, ScalarType> FloatingTypes
    {
        get
        {
            ScalarType[] types = [ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16];
            var data = new TheoryData<bool, ScalarType, ScalarType>();
            foreach (bool asPyTorch in (bool[])[true, false])
            {
                foreach (ScalarType file in types)
                {
                    foreach (ScalarType module in types) data.Add(asPyTorch, file, module);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(FloatingTypes))]
    public void FloatingPointTypesAreRoundedToTheModules(bool asPyTorch, ScalarType inFile, ScalarType inModule)
    {
        using var network = new Network(inModule);
        Tensor weight = (arange(12, dtype: ScalarType.Float64) / 7).reshape(4, 3).to_type(inFile), bias = (arange(4, dtype: ScalarType.Float64) / 3).to_type(inFile);
        ModuleWeights.Load(network, Save(asPyTorch, ("first.weight", weight), ("first.bias", bias)));
        Assert.Equal(inModule, network.first.weight!.dtype);
        Assert.True(network.first.weight.equal(weight.to_type(inModule)).all().item<bool>());
        Assert.True(network.first.bias!.equal(bias.to_type(inModule)).all().item<bool>());
    }

    [Fact]
    public void TypesThatCannotBeReadMatterOnlyWhereTheyAreLoaded()
    {
        using var network = new Network();
        var options = new LoadOptions { Rename = new KeyRules { { "scale", "first.bias" } }.Rename };
        var error = Assert.Throws<InvalidDataException>(() => ModuleWeights.Load(network, Fixtures.PathOf("float8"), options));
        Assert.Contains("'scale' (renamed to 'first.bias') is float8_e4m3fn [2] in the file, a type that cannot be read here", error.Message);
        LoadReport report = ModuleWeights.Load(network, Fixtures.PathOf("float8"), new LoadOptions { Strict = false });
        Assert.Equal(["scale"], report.Unexpected);
        Assert.Equal(11, network.first.weight![3, 2].item<float>());
    }

    [Fact]
    public void DamagedDataLeaveTheModuleAsItWas()
    {
        using var network = new Network();
        float[] before = BiasOf(network);
        string path = Save(true, ("first.bias", tensor(Bias)), ("first.weight", full([4, 3], 13f)));
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().LastIndexOf(BitConverter.GetBytes(13f)) + 1] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("'archive/data/1' is damaged", Assert.Throws<InvalidDataException>(() => ModuleWeights.Load(network, path)).Message);
        Assert.Equal(before, BiasOf(network));
    }
}
