using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>A module whose author wrote the constructor, with components of the author's beside those of the operations.</summary>
[EquivariantModule]
public sealed partial class OwnConstructor : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Linear readout;

    public OwnConstructor(int outputs)
        : base(nameof(OwnConstructor))
    {
        readout = nn.Linear(8, outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => readout.forward(Mix(x));

    [Linear("4x0e", "8x0e", Bias = true)]
    private partial Tensor Mix(Tensor x);
}

/// <summary>Modules inside of a module, and no operation with weights of its own.</summary>
[EquivariantModule]
public sealed partial class Outer : nn.Module<Tensor, Tensor>
{
    private readonly OwnConstructor first = new(3);
    private readonly OwnConstructor second = new(2);

    public override Tensor forward(Tensor x) => Activate(cat([first.forward(x), second.forward(x)], -1));

    [Gate("5x0e", "")]
    private partial Tensor Activate(Tensor x);
}

public sealed class ParameterTests : IDisposable
{
    private static readonly string[] OuterNames =
    [
        "first.Mix.bias", "first.Mix.weight", "first.readout.bias", "first.readout.weight",
        "second.Mix.bias", "second.Mix.weight", "second.readout.bias", "second.readout.weight",
    ];

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void ConversionKeepsWhatIsTrainedAndWhatIsTheSame()
    {
        using var interaction = new Interaction();
        var weight = interaction.get_parameter("Mix.weight")!;
        interaction.to(ScalarType.Float32).to(CPU);
        Assert.Same(weight, interaction.get_parameter("Mix.weight")); // an optimizer that was made before goes on training it
        weight.requires_grad = false;
        using (NewDisposeScope())
        {
            interaction.to(ScalarType.Float64);
        }

        Assert.All(interaction.named_parameters(), p => Assert.Equal(
            (ScalarType.Float64, p.name != "Mix.weight", true), (p.parameter.dtype, p.parameter.requires_grad, p.parameter.is_leaf)));
    }

    [Fact]
    public void WeightsAreParametersUnderTheOperationsName()
    {
        using var interaction = new Interaction();
        Assert.Equal(["Mix.weight", "Product.weight", "Update.weight"], interaction.named_parameters().Select(p => p.name).Order());
        Assert.Equal(["Mix.weight", "Product.weight", "Update.weight"], interaction.state_dict().Keys.Order());
        var counts = interaction.named_parameters().ToDictionary(p => p.name, p => p.parameter.numel());
        Assert.Equal(32 * 32 + 16 * 16, counts["Mix.weight"]);
        Assert.Equal(48 * 32 + 64 * 16 + 48 * 8, counts["Update.weight"]); // 48x0e + 64x1o + 48x2e → 32x0e + 16x1o + 8x2e
        Assert.Equal((4 * 3 + 2 * 2) * 5 + (4 * 2 + 2 * 3) * 2 + 2 * 2 * 1, counts["Product.weight"]);
        Assert.All(interaction.parameters(), p => Assert.True(p.requires_grad && p.is_leaf && p.dtype == ScalarType.Float32));
    }

    [Fact]
    public void ConstantsAreNoPartOfTheState()
    {
        using var interaction = new Interaction();
        using var graph = Graph.FromEdges(tensor(new long[] { 0 }), tensor(new long[] { 1 }), 2);
        interaction.forward(randn(2, 80), randn(1, 9), randn(1, 160), graph);
        interaction.Harmonics(randn(3, 3));
        Assert.Equal(3, interaction.state_dict().Count);
        Assert.Empty(interaction.buffers());
    }

    [Fact]
    public void WeightsAreStandardNormalAndBiasesZero()
    {
        using var maps = new LinearMaps();
        Tensor weight = new Operation(maps, nameof(LinearMaps.Wide)).Weight!;
        Assert.Equal(64 * 64 + 32 * 40 + 24 * 48, weight.numel()); // 6528: standard errors 0.012 and 0.018
        Assert.Equal(0.0, weight.mean().item<float>(), 0.1);
        Assert.Equal(1.0, weight.square().mean().item<float>(), 0.15);
        Assert.Equal(0.0, new Operation(maps, nameof(LinearMaps.Biases)).Bias!.abs().sum().item<float>());
    }

    [Fact]
    public void ModulesChangeTypeBackAndForth()
    {
        using var maps = new LinearMaps();
        Tensor x = randn(3, 22), first = maps.Biases(x);
        maps.to(ScalarType.Float64);
        Assert.All(maps.parameters(), p => Assert.Equal(ScalarType.Float64, p.dtype));
        Tensor second = maps.Biases(x.to(ScalarType.Float64));
        Assert.Equal(ScalarType.Float64, second.dtype);
        Near.Equal(first, second, 1e-5);
        maps.half();
        maps.to(ScalarType.Float32);
        Assert.Equal(
            ["BiasAlone", "BiasOnly", "Biases", "BiasesList", "FInFOut", "Instructions", "NothingButBias", "Path", "Plain", "Wide", "WithEmptySegments", "WithUnreached"],
            maps.named_parameters().Select(p => p.name.Split('.')[0]).Distinct().Order());
        Near.Equal(first, maps.Biases(x), 5e-3, "after half precision");
    }

    [Fact]
    public void StateDictsCarryEverything()
    {
        using LinearMaps source = new(), target = new();
        Operation.Set(new Operation(source, nameof(LinearMaps.Biases)).Bias!, randn(5));
        var (missing, unexpected) = target.load_state_dict(source.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Tensor x = randn(3, 22);
        Near.Equal(source.Biases(x), target.Biases(x), 0);
    }

    [Fact]
    public void ModulesAreSavedAndLoadedAsSafetensorsAndByTorchSharp()
    {
        using var folder = new TemporaryFolder();
        using Outer source = new(), first = new(), second = new();
        Tensor x = randn(3, 4), expected = source.forward(x);
        Safetensors.SaveModule(source, folder.File("model.safetensors"));
        Assert.Empty(Safetensors.LoadModule(first, folder.File("model.safetensors")));
        Near.Equal(expected, first.forward(x), 0);
        source.save(folder.File("model.dat"));
        second.load(folder.File("model.dat"));
        Near.Equal(expected, second.forward(x), 0);
    }

    [Fact]
    public void ComponentsOfTheAuthorsAreRegisteredToo()
    {
        using var outer = new Outer();
        Assert.Equal(OuterNames, outer.state_dict().Keys.Order());
        Assert.Equal(2 * (4 * 8 + 8) + 8 * 3 + 3 + 8 * 2 + 2, outer.parameters().Sum(p => p.numel()));
        Assert.Equal([7L, 5], outer.forward(randn(7, 4)).shape);
    }

    [Fact]
    public void OptimizersFindTheWeights()
    {
        using var outer = new Outer();
        using var random = new Generator(29);
        foreach (var parameter in outer.parameters()) Operation.Set(parameter, randn(parameter.shape, generator: random) * 0.5f);
        using var optimizer = optim.Adam(outer.parameters(), lr: 0.01);
        Tensor x = randn([32, 4], generator: random), wanted = x[.., ..1].sin().expand(-1, 5);
        double Loss()
        {
            using var step = NewDisposeScope();
            optimizer.zero_grad();
            Tensor loss = (outer.forward(x) - wanted).square().mean();
            loss.backward();
            optimizer.step();
            return loss.item<float>();
        }

        double before = Loss();
        for (int i = 0; i < 100; i++) Loss();
        Assert.True(Loss() < 0.5 * before);
    }
}
