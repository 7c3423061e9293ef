using E3Gen;
using HierarchicalLearning.Networks;
using HierarchicalLearning.Training;
using TorchSharp;
using WaterDensity.Learning;
using static TorchSharp.torch;

namespace HierarchicalLearning.Tests;

public sealed class NetworkTests
{
    /// <summary>The paper's counts, and those of its network truncated to lower hidden degrees.</summary>
    [Theory]
    [InlineData("paper-0", 215_630)]
    [InlineData("paper-1", 476_951)]
    [InlineData("paper-2", 756_837)]
    [InlineData("paper-3", 983_493)]
    public void PaperNetworksHaveThePapersParameters(string name, long expected) => Assert.Equal(expected, Parameters(name));

    [Theory]
    [InlineData("quarter")]
    [InlineData("paper")]
    public void MatchedNetworksHaveAsManyParametersAsTheFullOne(string width)
    {
        long full = Parameters($"{width}-3");
        foreach (Architecture matched in Architecture.All.Where(a => a.Name.StartsWith(width, StringComparison.Ordinal) && a.Copies == Copies.Matched))
            Assert.InRange(Parameters(matched.Name), 0.99 * full, 1.01 * full);
    }

    [Fact]
    public void EveryNetworkIsEquivariantAndGivesTheColumnsOfTheDensity()
    {
        Example example = Specs.Data.Unseen(Specs.Small, s => s.Waters == 3)[0];
        foreach (Architecture architecture in Architecture.All)
        {
            using var scope = NewDisposeScope();
            random.manual_seed(1);
            using nn.Module<Tensor, Tensor, Graph, Tensor> network = architecture.Create();
            string irreps = architecture.HiddenLMax == 0 ? Common.OutputWithoutL4 : Common.Output;
            using var batch = new Batch([example.Molecule]);
            Tensor Predict(Tensor positions) => network.forward(positions, batch.Nodes, batch.Graph);

            Tensor angle(double a) => tensor(a, float64);
            Tensor rotation = O3.AnglesToMatrix(angle(0.4), angle(1.1), angle(-2.0)).neg();        // with inversion
            Tensor rotated = Predict(batch.Positions.matmul(rotation.t().to_type(ScalarType.Float32)));
            Tensor expected = Predict(batch.Positions).matmul(O3.WignerD(irreps, rotation).t().to_type(ScalarType.Float32));
            Assert.Equal(expected.shape, rotated.shape);
            float scale = expected.abs().max().item<float>();
            Assert.True(rotated.sub(expected).abs().max().item<float>() < 1e-4f * scale, architecture.Name);
        }
    }

    [Fact]
    public void UnknownNetworkIsNamed()
        => Assert.Contains("'quarter-9'", Assert.Throws<ArgumentException>(() => Architecture.Of("quarter-9")).Message, StringComparison.Ordinal);

    private static long Parameters(string name)
    {
        using nn.Module<Tensor, Tensor, Graph, Tensor> network = Architecture.Of(name).Create();
        return network.parameters().Sum(p => p.numel());
    }
}
