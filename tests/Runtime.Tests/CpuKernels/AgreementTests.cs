using E3Gen.Runtime.Tests.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>CPU kernels give the values and first, second and third derivatives of the portable backend.</summary>
public sealed class AgreementTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Generator random = new(3);

    public static IEnumerable<object[]> Operations =>
        from name in KernelOperation.Of(typeof(CopiesConvolutions), typeof(CopiesProducts), typeof(SpecialOperations))
        from type in new[] { ScalarType.Float64, ScalarType.Float32 }
        select new object[] { name, type };

    public static TheoryData<string> Products =>
    [
        "CopiesProducts.Of3", "CopiesProducts.Of16", "SpecialOperations.CopiesOfY", "SpecialOperations.SharedWeights", "SpecialOperations.SharedWholeVectors",
        "SpecialOperations.InternalWeights", "SpecialOperations.NoWeights", "SpecialOperations.HighDegrees",
    ];

    public static TheoryData<string> Few =>
    [
        "CopiesConvolutions.Of9", "CopiesConvolutions.Of16", "SpecialOperations.CopiesOfEdges", "CopiesProducts.Of16", "SpecialOperations.CopiesOfY",
        "SpecialOperations.SharedWeights", "SpecialOperations.InternalWeights", "SpecialOperations.NoWeights",
    ];

    public void Dispose()
    {
        random.Dispose();
        scope.Dispose();
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void InEveryOperation(string name, ScalarType type)
    {
        using var operation = new KernelOperation(name, type);
        using Graph? graph = operation.TakesGraph ? SmallGraphs.Usual() : null;
        Derivatives.Agree(a => operation.Apply(a, graph), operation.Random(random, 9, graph), parameters: operation.Parameters);
    }

    /// <summary>Whichever backend they take on the CPU.</summary>
    [Theory]
    [MemberData(nameof(Sample.All), MemberType = typeof(Sample))]
    public void InEverySample(string name)
    {
        Sample sample = Sample.Of(name);
        using nn.Module module = sample.Module;
        Derivatives.Agree(sample.Apply, sample.Random(random));
    }

    [Theory]
    [MemberData(nameof(Products))]
    public void ForEveryNumberOfRows(string name)
    {
        using var operation = new KernelOperation(name, ScalarType.Float64);
        foreach (long rows in new[] { 0L, 1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 100 })
        {
            using var inner = NewDisposeScope();
            Derivatives.Agree(a => operation.Apply(a), operation.Random(random, rows), parameters: operation.Parameters, what: $"{rows} rows");
        }
    }

    [Theory]
    [InlineData("CopiesConvolutions.Of3")]
    [InlineData("CopiesConvolutions.Of16")]
    [InlineData("SpecialOperations.CopiesOfEdges")]
    [InlineData("SpecialOperations.HighDegreesOfNodes")]
    public void OnEveryGraph(string name)
    {
        using var operation = new KernelOperation(name, ScalarType.Float64);
        foreach (string shape in SmallGraphs.Names)
        {
            using var inner = NewDisposeScope();
            using Graph graph = SmallGraphs.Of(shape);
            Derivatives.Agree(a => operation.Apply(a, graph), operation.Random(random, 0, graph), what: shape);
        }
    }

    [Theory]
    [MemberData(nameof(Few))]
    public void WhicheverArgumentsAreTracked(string name)
    {
        using var operation = new KernelOperation(name, ScalarType.Float64);
        using Graph? graph = operation.TakesGraph ? SmallGraphs.Usual() : null;
        Tensor[] arguments = operation.Random(random, 9, graph);
        bool[] none = [.. arguments.Select(_ => false)];
        Derivatives.Agree(a => operation.Apply(a, graph), arguments, none, operation.Parameters, what: "parameters");
        foreach (Tensor parameter in operation.Parameters) parameter.requires_grad_(false);
        for (int set = 0; set < 1 << arguments.Length; set++)
        {
            using var inner = NewDisposeScope();
            bool[] needed = [.. arguments.Select((_, i) => (set >> i & 1) == 1)];
            Derivatives.Agree(a => operation.Apply(a, graph), arguments, needed, what: string.Join(", ", needed));
        }
    }

    [Theory]
    [MemberData(nameof(Few))]
    public void HoweverArgumentsLieInMemory(string name)
    {
        using var operation = new KernelOperation(name, ScalarType.Float64);
        using Graph? graph = operation.TakesGraph ? SmallGraphs.Usual() : null;
        var arrangements = new (string Name, Func<Tensor, Tensor> Arrange)[]
        {
            ("transposed", a => a.t().contiguous().t()),
            ("every second column", a => stack([a, a.neg()], -1).flatten(-2)[TensorIndex.Ellipsis, TensorIndex.Slice(0, null, 2)]),
            ("every second row", a => stack([a, a.neg()], 1).flatten(0, 1)[TensorIndex.Slice(0, null, 2)]),
            ("columns of a wider tensor", a => cat([a, a, a], 1).narrow(1, a.size(1), a.size(1))),
            ("rows of a longer tensor", a => cat([a, a], 0).narrow(0, 1, a.size(0))),
            ("one row for all", a => a[..1].expand(a.size(0), -1)),
            ("one column for all", a => a.narrow(1, 0, 1).expand(-1, a.size(1))),
            ("one number for all", a => a[..1].narrow(1, 0, 1).expand(a.size(0), a.size(1))),
        };
        Tensor[] arguments = operation.Random(random, 9, graph);
        foreach (var (arrangement, arrange) in arrangements)
        {
            using var inner = NewDisposeScope();
            Tensor[] arranged = [.. arguments.Select(a => a.dim() == 1 ? a : arrange(a))];
            Derivatives.Agree(a => operation.Apply(a, graph), arranged, parameters: operation.Parameters, what: arrangement);
        }
    }

    /// <summary>Cotangents arrive as what follows the operation leaves them.</summary>
    [Theory]
    [MemberData(nameof(Few))]
    public void HoweverCotangentsLieInMemory(string name)
    {
        using var operation = new KernelOperation(name, ScalarType.Float64);
        using Graph? graph = operation.TakesGraph ? SmallGraphs.Usual() : null;
        Tensor[] arguments = operation.Random(random, 9, graph);
        foreach (var (what, follow) in new (string, Func<Tensor, Tensor>)[]
        {
            ("transposed", z => z.t()), ("one row for all", z => z.sum(-2)), ("one column for all", z => z.sum(-1)), ("one number for all", z => z.sum()),
            ("part", z => z.narrow(1, 1, 3)),
        })
        {
            using var inner = NewDisposeScope();
            Derivatives.Agree(a => follow(operation.Apply(a, graph)), arguments, parameters: operation.Parameters, what: what);
        }
    }

    [Theory]
    [MemberData(nameof(Products))]
    public void WithAnyLeadingAxes(string name)
    {
        using var operation = new KernelOperation(name, ScalarType.Float64);
        Tensor[] arguments = operation.Random(random, 12);
        foreach (long[] leading in new long[][] { [3, 4], [2, 1, 6], [12, 1], [1, 12] })
        {
            using var inner = NewDisposeScope();
            Tensor[] shaped = [.. arguments.Select(a => a.dim() == 1 ? a : a.reshape([.. leading, a.size(1)]))];
            Derivatives.Agree(a => operation.Apply(a), shaped, parameters: operation.Parameters, what: string.Join(", ", leading));
        }

        // Broadcast: [4, 1] with [3], and weights of each row [4, 3].
        Tensor x = arguments[0][..4].unsqueeze(1), y = arguments[1][..3];
        Tensor[] rest = [.. arguments[2..].Select(w => w.dim() == 1 ? w : w.reshape(4, 3, -1))];
        Derivatives.Agree(a => operation.Apply(a), [x, y, .. rest], parameters: operation.Parameters, what: "broadcast");
        Derivatives.Agree(a => operation.Apply(a), [arguments[0][0], arguments[1][0], .. arguments[2..].Select(w => w.dim() == 1 ? w : w[0])], what: "no leading axes");
    }

    [Theory]
    [InlineData("CopiesConvolutions.Of9")]
    [InlineData("SpecialOperations.CopiesOfEdges")]
    [InlineData("CopiesProducts.Of7")]
    [InlineData("SpecialOperations.SharedWeights")]
    [InlineData("SpecialOperations.NoWeights")]
    public void InThirdDerivatives(string name)
    {
        using var operation = new KernelOperation(name, ScalarType.Float64);
        using Graph? graph = operation.TakesGraph ? SmallGraphs.Usual() : null;
        Derivatives.Agree(a => operation.Apply(a, graph), operation.Random(random, 5, graph), orders: 3);
    }

    [Fact]
    public void WhereOneTensorIsBothFactors()
    {
        using var module = new SpecialOperations();
        module.to(ScalarType.Float64);
        Tensor x = randn([7, 4], ScalarType.Float64, generator: random);
        Derivatives.Agree(a => module.Square(a[0], a[0]), [x], orders: 3);
    }
}
