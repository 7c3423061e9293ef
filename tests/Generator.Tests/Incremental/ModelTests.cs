using System.Collections;
using System.Reflection;
using E3Gen.Generator.Model;
using E3Gen.Generator.Networks;
using E3Gen.Generator.Potentials;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Tests.Incremental;

/// <summary>What flows through the pipeline holds nothing of the compiler's: a symbol or a syntax node in it would keep whole compilations alive and compare by reference.</summary>
public class ModelTests
{
    private const string Source = Sample.Usings + """
        [EquivariantModule]
        internal sealed partial class Module : nn.Module
        {
            [Linear("4x0e", "8x0e")] private partial Tensor Mix(Tensor x);
            [TensorProduct("4x0e", "1o", "4x1o")] private partial Tensor Product(Tensor x, Tensor y);
            [Convolution("4x0e", "0e + 1o")] private partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);
            [SphericalHarmonics("0e + 1o")] private partial Tensor Harmonics(Tensor x);
            [Gate("4x0e", "2x1o")] private partial Tensor Activate(Tensor x);
            [BatchNorm("4x0e", Instance = true)] private partial Tensor Normalize(Tensor x);
            [Extract("4x0e + 1o", "1o", Entries = new[] { 1 })] private partial Tensor Take(Tensor x);
            [Attention("4x0e", "4x1o", Heads = 2)] private partial Tensor Attend(Tensor q, Tensor k, Tensor v, Graph graph);
            [Linear("4x0e", "8x1o")] private partial Tensor Wrong(Tensor x);
        }

        [MessagePassingNetwork(Hidden = "4x0e + 2x1o", NodeAttributes = "2x0e", Output = "0e", EdgeHarmonics = "0e + 1o", MaxRadius = 2)]
        internal sealed partial class Network;

        [MACE("H", Cutoff = 2, Hidden = "2x0e", Degree = 1)]
        internal sealed partial class Mace;

        [NequIP(Cutoff = 2, Features = 2)]
        internal sealed partial class Nequip;
        """;

    [Fact]
    public void Models_hold_nothing_of_the_compilers()
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var types = new HashSet<Type>();
        foreach (object model in Models())
        {
            Walk(model, seen, types);
        }

        Assert.Contains(typeof(ModuleModel), types);
        Assert.Contains(typeof(NetworkModel), types);
        Assert.Contains(typeof(MaceModel), types);
        Assert.Contains(typeof(NequipModel), types);
        Assert.Contains(typeof(InvalidOperationModel), types);
        Assert.DoesNotContain(types, t => t.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Models_of_two_compilations_are_equal_and_hash_alike() =>
        Assert.All(Models().Zip(Models()), pair =>
        {
            Assert.NotSame(pair.First, pair.Second);
            Assert.Equal(pair.First, pair.Second);
            Assert.Equal(pair.First.GetHashCode(), pair.Second.GetHashCode());
        });

    private static List<object> Models()
    {
        var project = new ProjectSettings();
        var result = TestCompiler.Driver(project, track: true).RunGenerators(TestCompiler.Create(project, Source)).GetRunResult().Results.Single();
        return [.. new[] { E3GenGenerator.ModulesStep, E3GenGenerator.NetworksStep, E3GenGenerator.PotentialsStep }.SelectMany(s => result.TrackedSteps[s]).SelectMany(s => s.Outputs).Select(o => o.Value)];
    }

    private static void Walk(object? value, HashSet<object> seen, HashSet<Type> types)
    {
        if (value is null || value is string || value.GetType().IsPrimitive || !seen.Add(value))
        {
            return;
        }

        types.Add(value.GetType());
        if (value is IEnumerable items)
        {
            foreach (object? item in items)
            {
                Walk(item, seen, types);
            }
        }

        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                Walk(field.GetValue(value), seen, types);
            }
        }
    }
}
