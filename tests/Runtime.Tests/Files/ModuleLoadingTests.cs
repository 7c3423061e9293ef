using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Files;

public sealed class ModuleLoadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    /// <summary>Two layers, a batch normalisation with float and integer buffers, and an empty weight.</summary>
    private sealed class Network : nn.Module<Tensor, Tensor>
    {
        public Network(ScalarType type) : base(nameof(Network))
        {
            register_module("first", nn.Linear(3, 4, dtype: type));
            register_module("norm", nn.BatchNorm1d(4, dtype: type));
            register_buffer("steps", tensor(5L));
            register_parameter("tp.weight", nn.Parameter(zeros(0, dtype: type)));
        }

        public override Tensor forward(Tensor x) => x;
    }

    private string Path => _folder.File("model");

    private static Dictionary<string, Tensor> Copy(nn.Module module) => module.state_dict().ToDictionary(s => s.Key, s => s.Value.clone());

    private static void AssertSame(Dictionary<string, Tensor> expected, nn.Module module)
    {
        Dictionary<string, Tensor> state = module.state_dict();
        Assert.Equal(expected.Keys.Order(), state.Keys.Order());
        foreach ((string name, Tensor value) in expected) Assert.True(value.equal(state[name]).all().item<bool>(), name);
    }

    [Fact]
    public void ModulesSurviveTheRoundTrip()
    {
        using Network saved = new(ScalarType.Float64), loaded = new(ScalarType.Float64);
        Safetensors.SaveModule(saved, Path, new Dictionary<string, string> { ["epoch"] = "3" });
        Assert.Empty(Safetensors.LoadModule(loaded, Path));
        AssertSame(Copy(saved), loaded);
        Assert.All(loaded.parameters(), p => Assert.True(p.requires_grad && p.is_leaf));
        using SafetensorsFile file = Safetensors.Read(Path);
        Assert.Equal("3", file.Metadata["epoch"]);
    }

    [Fact]
    public void ValuesAreConvertedToTheParametersType()
    {
        using Network saved = new(ScalarType.Float64), loaded = new(ScalarType.Float32);
        Safetensors.SaveModule(saved, Path);
        Safetensors.LoadModule(loaded, Path);
        Tensor expected = saved.state_dict()["first.weight"].to_type(ScalarType.Float32), actual = loaded.state_dict()["first.weight"];
        Assert.Equal(ScalarType.Float32, actual.dtype);
        Assert.True(expected.equal(actual).all().item<bool>());
    }

    [Fact]
    public void EverythingThatDoesNotFitIsListedAndNothingIsLoaded()
    {
        using Network saved = new(ScalarType.Float32), loaded = new(ScalarType.Float32);
        Dictionary<string, Tensor> state = Copy(saved), before = Copy(loaded);
        state.Remove("first.bias");
        state["first.weight"] = zeros(4, 5);
        state["second.weight"] = zeros(2);
        state["steps"] = tensor(1.5f);
        Safetensors.Save(Path, state);

        var error = Assert.Throws<InvalidDataException>(() => Safetensors.LoadModule(loaded, Path));
        Assert.Contains(Path, error.Message);
        Assert.Contains("missing from the file: 'first.bias' F32 [4]", error.Message);
        Assert.Contains("does not fit: 'first.weight' is F32 [4, 5] in the file and F32 [4, 3] in the module", error.Message);
        Assert.Contains("unexpected in the file: 'second.weight' F32 [2]", error.Message);
        Assert.Contains("does not fit: 'steps' is F32 [] in the file and I64 [] in the module", error.Message);
        Assert.Equal(5, error.Message.Split('\n').Length);
        AssertSame(before, loaded);
    }

    [Fact]
    public void ConstantsOfE3nnArePassedOver()
    {
        using Network saved = new(ScalarType.Float32), loaded = new(ScalarType.Float32);
        Dictionary<string, Tensor> state = Copy(saved);
        state.Remove("tp.weight");
        state["layers.0.tp.output_mask"] = ones(4);
        state["layers.0.tp._compiled_main_left_right._w3j_1_1_0"] = ones(3, 3, 1);
        state["layers.0.sc.weight"] = zeros(0);
        state["act.to_s2.shb"] = ones(2);
        state["grid_out.D"] = ones(2);
        Safetensors.Save(Path, state);
        IReadOnlyList<string> passedOver = Safetensors.LoadModule(loaded, Path);
        Assert.Equal(["act.to_s2.shb", "grid_out.D", "layers.0.sc.weight", "layers.0.tp._compiled_main_left_right._w3j_1_1_0", "layers.0.tp.output_mask"], passedOver.Order());
    }

    [Fact]
    public void KeysCanBeRenamedOrPassedOver()
    {
        using Network saved = new(ScalarType.Float32), loaded = new(ScalarType.Float32);
        Dictionary<string, Tensor> state = Copy(saved).ToDictionary(s => "model." + s.Key, s => s.Value);
        state["optimizer.step"] = ones(1);
        Safetensors.Save(Path, state);
        string? Rename(string key) => key.StartsWith("model.") ? key["model.".Length..] : null;
        Assert.Equal(["optimizer.step"], Safetensors.LoadModule(loaded, Path, Rename));
        AssertSame(Copy(saved), loaded);

        Dictionary<string, Tensor> before = Copy(loaded);
        var error = Assert.Throws<InvalidDataException>(() => Safetensors.LoadModule(loaded, Path, _ => "first.bias"));
        Assert.Contains("given twice: 'first.bias'", error.Message);
        AssertSame(before, loaded);
    }

    [Fact]
    public void DamagedDataLeavesTheModuleAsItWas()
    {
        using var flags = new Flags();
        Safetensors.SaveModule(flags, Path);
        byte[] bytes = File.ReadAllBytes(Path);
        bytes[^1] = 9;   // the last tensor is the bool buffer
        File.WriteAllBytes(Path, bytes);
        using (no_grad()) flags.weight.fill_(7);
        Assert.Throws<InvalidDataException>(() => Safetensors.LoadModule(flags, Path));
        Assert.Equal(7, flags.weight[0].item<float>());
    }

    private sealed class Flags : nn.Module<Tensor, Tensor>
    {
        public readonly TorchSharp.Modules.Parameter weight = nn.Parameter(ones(2));

        public Flags() : base(nameof(Flags))
        {
            RegisterComponents();
            register_buffer("flag", ones(1, dtype: ScalarType.Bool));
        }

        public override Tensor forward(Tensor x) => x;
    }
}
