using HierarchicalLearning.Runs;
using HierarchicalLearning.Targets;
using HierarchicalLearning.Training;
using WaterDensity.Systems;
using static TorchSharp.torch;

namespace HierarchicalLearning.Tests;

public sealed class DataTests
{
    private static readonly StudyData Data = Specs.Data;

    [Fact]
    public void SmallerTrainingSetsArePartsOfLargerOnes()
    {
        int[] small = Indices(Data.TrainingSet(Specs.Small with { Systems = 10 })), large = Indices(Data.TrainingSet(Specs.Small with { Systems = 40 }));
        Assert.Equal(10, small.Distinct().Count());
        Assert.Equal(small, large[..10]);
        Assert.NotEqual(small, Indices(Data.TrainingSet(Specs.Small with { Systems = 10, Seed = 4 })));
    }

    [Fact]
    public void NoUnseenSystemIsTrainedOn()
    {
        int[] training = Indices(Data.TrainingSet(Specs.Small with { Systems = 0 }));
        Assert.Equal(573, training.Length);
        Assert.Empty(training.Intersect(Indices(Data.Unseen(Specs.Small, _ => true))));
        Assert.Empty(training.Intersect(Indices(Data.Validation(Specs.Small))));
        Assert.DoesNotContain(Data.TrainingSet(Specs.Small with { Systems = 0, LargestWaters = 3 }), e => e.System.Waters > 3);
    }

    [Fact]
    public void TooLargeTrainingSetsAreRefused()
    {
        string message = Assert.Throws<ArgumentException>(() => Data.TrainingSet(Specs.Small with { Systems = 574 })).Message;
        Assert.Contains("574", message, StringComparison.Ordinal);
        Assert.Contains("573", message, StringComparison.Ordinal);
    }

    [Fact]
    public void RandomLabelsAreThoseOfOtherAtomsOfTheSpecies()
    {
        Example[] real = Data.TrainingSet(Specs.Small), random = Data.TrainingSet(Specs.Small with { Labels = Labels.Random });
        Assert.Equal(Indices(real), Indices(random));
        for (int species = 0; species < 2; species++)
        {
            float[][] before = Targets(real, species), after = Targets(random, species);
            Assert.Equal(Sorted(before), Sorted(after));
            Assert.True(before.Zip(after).Count(p => p.First.SequenceEqual(p.Second)) < before.Length / 2);
        }
    }

    [Theory]
    [InlineData(TargetMetric.Density, TargetUnits.Standardised)]
    [InlineData(TargetMetric.Density, TargetUnits.Raw)]
    [InlineData(TargetMetric.Coefficients, TargetUnits.Standardised)]
    [InlineData(TargetMetric.Coefficients, TargetUnits.Raw)]
    internal void TargetsStandForTheirCoefficients(TargetMetric metric, TargetUnits units)
    {
        TargetVariables variables = Data.Variables(Specs.Small with { Metric = metric, Units = units });
        WaterSystem system = Data.Dataset.Of(Split.Test).First(s => s.Waters == 2);
        double[] back = variables.ToCoefficients(system, variables.Of(system));
        double scale = system.Coefficients.Max(Math.Abs);
        for (int i = 0; i < back.Length; i++)
            Assert.Equal(system.Coefficients[i], back[i], 1e-5 * scale);
    }

    [Theory]
    [InlineData(TargetMetric.Density)]
    [InlineData(TargetMetric.Coefficients)]
    internal void UnitsMakeTheMeanSquareOne(TargetMetric metric)
    {
        double[] ByDegree(TargetUnits units)
        {
            Example[] all = Data.TrainingSet(Specs.Small with { Systems = 0, Metric = metric, Units = units });
            using var scope = NewDisposeScope();
            Tensor species = cat([.. all.Select(e => e.Molecule.Species)]), entries = Data.Blocks.Entries(species);
            Tensor squares = Data.Blocks.SumOfSquares(cat([.. all.Select(e => e.Target)]), species);
            return units == TargetUnits.Standardised
                ? [.. squares.div(entries).to_type(ScalarType.Float64).data<double>()]
                : [squares.sum().div(entries.sum()).to_type(ScalarType.Float64).item<double>()];
        }
        Assert.All(ByDegree(TargetUnits.Standardised), square => Assert.Equal(1, square, 1e-4));
        Assert.All(ByDegree(TargetUnits.Raw), square => Assert.Equal(1, square, 1e-4));
    }

    /// <summary>The loss against sums written out.</summary>
    [Theory]
    [InlineData(TargetUnits.Standardised)]
    [InlineData(TargetUnits.Raw)]
    internal void LossWeighsDegreesAsTheUnitsSay(TargetUnits units)
    {
        using var scope = NewDisposeScope();
        RunSpec spec = Specs.Small with { Units = units, Degrees = [0, 2] };
        using var batch = new ExampleBatch(Data.TrainingSet(spec));
        Tensor prediction = randn_like(batch.Targets);
        double loss = new StudyLoss(spec, Data.Blocks).Of(prediction, batch).item<float>();

        double[] squares = [.. Data.Blocks.SumOfSquares(prediction.sub(batch.Targets), batch.Inputs.Species).to_type(ScalarType.Float64).data<double>()];
        double[] entries = [.. Data.Blocks.Entries(batch.Inputs.Species).to_type(ScalarType.Float64).data<double>()];
        double expected = units == TargetUnits.Standardised
            ? 0.5 * (squares[0] / entries[0] + squares[2] / entries[2])
            : (squares[0] + squares[2]) / (entries[0] + entries[2]);
        Assert.Equal(expected, loss, 1e-5 * expected);
    }

    /// <summary>Hydrogen has 5 scalars, 2 vectors and 1 of l = 2, oxygen everything.</summary>
    [Fact]
    public void PaddingIsNotCounted()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([5f, 6, 5, 0, 0], Data.Blocks.Entries(tensor(new long[] { 0 })).data<float>().ToArray());
        Assert.Equal([12f, 15, 20, 14, 9], Data.Blocks.Entries(tensor(new long[] { 1 })).data<float>().ToArray());
        Assert.Equal([5f, 6, 5, 0, 0], Data.Blocks.SumOfSquares(ones(1, 70), tensor(new long[] { 0 })).data<float>().ToArray());
    }

    private static int[] Indices(Example[] examples) => [.. examples.Select(e => e.System.Index)];

    private static float[][] Targets(Example[] examples, int species)
        => [.. examples.SelectMany(e => Enumerable.Range(0, e.System.Atoms).Where(i => e.System.Species[i] == species).Select(i => e.Target[i].data<float>().ToArray()))];

    private static string[] Sorted(float[][] rows) => [.. rows.Select(r => string.Join(' ', r)).Order(StringComparer.Ordinal)];
}
