using System.Text.Json;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>[SymmetricContraction]: MACE's numbers in its basis and order of weights, on both backends, and what a wrong argument says.</summary>
public sealed class SymmetricContractionTests
{
    private static SafetensorsFile Data => Reference.File("mace_symmetric_contraction");

    public static IEnumerable<object[]> Cases =>
        from name in JsonSerializer.Deserialize<string[]>(Data.Metadata["cases"])!
        from backend in Enum.GetValues<Backend>()
        from type in new[] { ScalarType.Float64, ScalarType.Float32 }
        select new object[] { name, backend, type };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_gradients_are_MACEs(string name, Backend backend, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var chosen = Backends.Use(backend);
        var description = Data.Case(name);
        Irreps input = description.GetProperty("irreps_in").GetString()!, output = description.GetProperty("irreps_out").GetString()!;
        int correlation = description.GetProperty("correlation").GetInt32();
        string[] blocks = [.. from o in Enumerable.Range(0, output.Count)
            from degree in Enumerable.Range(0, correlation)
            select $"contractions.{o}.{(degree == 0 ? "weights_max" : $"weights.{degree - 1}")}"];

        using var owner = new SymmetricContractions();
        var operation = new Operation(owner.to(type), name.ToUpperInvariant());
        Operation.Set(operation.Weight!, cat([.. blocks.Select(b => Data.Get(name, $"state/{b}").flatten())]).to(type));
        Tensor x = FromChannels(Data.Get(name, "x").to(type), input).requires_grad_(true);
        Tensor result = operation.Call(x, Data.Get(name, "species_index"));
        (result * Data.Get(name, "cotangent").to(type)).sum().backward();

        (double values, double gradients) = type == ScalarType.Float64 ? (1e-10, 1e-8) : (1e-5, 1e-5);
        Near.Equal(Data.Get(name, "out"), result, values);
        Near.Equal(FromChannels(Data.Get(name, "grad_x"), input), x.grad!, gradients, "gradient of x");
        Near.Equal(cat([.. blocks.Select(b => Data.Get(name, $"grad/{b}").flatten())]), operation.Weight!.grad!, gradients, "gradient of the weights");
    }

    [Fact]
    public void Weights_are_drawn_as_MACE_does()
    {
        using var owner = new WideContraction();
        var weights = owner.get_parameter("Contract.weight")!;

        // Degrees 3, 2, 1 of 0e, from 0e and 1o: 4, 2 and 1 paths.
        long first = 0;
        foreach (int paths in new[] { 4, 2, 1 })
        {
            double deviation = weights.narrow(0, first, paths * 20_000).square().mean().sqrt().item<float>();
            Assert.Equal(1.0 / paths, deviation, 0.02);
            first += paths * 20_000;
        }

        Assert.Equal(first, weights.numel());
    }

    [Theory]
    [InlineData(Backend.Cpu)]
    [InlineData(Backend.Portable)]
    public void What_is_wrong_with_species(Backend backend)
    {
        using var scope = NewDisposeScope();
        using var chosen = Backends.Use(backend);
        using var owner = new SymmetricContractions();
        string Message(Tensor x, Tensor species) => Assert.Throws<ArgumentException>(() => owner.C0(x, species)).Message;

        Assert.Equal(
            "SymmetricContractions.C0, argument 'species': must have one number for each row of features of shape [3, 16], but the shape is [2].",
            Message(zeros(3, 16), zeros(2, ScalarType.Int64)));
        Assert.Equal(
            "SymmetricContractions.C0, argument 'species': must hold whole numbers, the element of each row, but is Float32.",
            Message(zeros(3, 16), zeros(3)));
        Assert.Equal(
            "SymmetricContractions.C0, argument 'species': row 1 has element 2, but there are weights for 0 to 1.",
            Message(zeros(3, 16), tensor(new long[] { 0, 2, 1 })));
        Assert.Equal("SymmetricContractions.C0, argument 'species'", Assert.Throws<ArgumentNullException>(() => owner.C0(zeros(3, 16), null!)).ParamName);
    }

    [Fact]
    public void Results_do_not_depend_on_threads_or_on_the_order_of_rows()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(5);
        using var owner = new SymmetricContractions();
        Tensor x = randn([37, 27], generator: random), species = randint(0, 2, [37], ScalarType.Int64, generator: random);
        Tensor order = randperm(37, ScalarType.Int64, generator: random);
        Tensor result = owner.C10(x, species);
        Assert.True(result[order].Equals(owner.C10(x[order], species[order])));

        double worth = E3Gen.Kernels.Work.WorthAThread;
        try
        {
            E3Gen.Kernels.Work.WorthAThread = 1;
            Assert.True(result.Equals(owner.C10(x, species)));
        }
        finally
        {
            E3Gen.Kernels.Work.WorthAThread = worth;
        }
    }

    /// <summary>[rows, channel, all components] as irreps.</summary>
    private static Tensor FromChannels(Tensor x, Irreps irreps) =>
        cat([.. x.split([.. irreps.Select(e => (long)e.Irrep.Dim)], 2).Select(s => s.flatten(1))], 1);
}

/// <summary>Many copies of few paths.</summary>
[EquivariantModule]
public sealed partial class WideContraction : nn.Module
{
    [SymmetricContraction("10000x0e + 10000x1o", "10000x0e", Elements = 2)]
    public partial Tensor Contract(Tensor x, Tensor species);
}
