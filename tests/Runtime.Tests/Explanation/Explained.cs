using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Explanation;

/// <summary>Every kind of operation, and every way to compute one.</summary>
[EquivariantModule]
public sealed partial class EveryKind : nn.Module
{
    [Linear("4x0e + 2x1o", "4x0e + 2x1o")]
    public partial Tensor Mix(Tensor x);

    [Gate("4x0e", "2x1o")]
    public partial Tensor Activate(Tensor x);

    [SphericalHarmonics("0e + 1o + 2e")]
    public partial Tensor Harmonics(Tensor vectors);

    [SphericalHarmonics("2x0e")]
    public partial Tensor Constant(Tensor vectors);

    [Convolution("4x0e + 2x1o", "0e + 1o", Keep = "0e + 1o")]
    public partial Tensor Convolve(Tensor nodes, Tensor edges, Tensor weights, Graph graph);

    [TensorProduct("4x0e", "1o", "4x1o", Mode = ConnectionMode.UVU, Weights = WeightKind.PerSample)]
    public partial Tensor Scale(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("4x0e", "2x1o", "3x1o")]
    public partial Tensor Couple(Tensor x, Tensor y);

    [TensorProduct("4x0e", "2x1o", "3x1o", Weights = WeightKind.PerSample)]
    public partial Tensor Contract(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("2x5o", "6e", "2x11o", Mode = ConnectionMode.UVU)]
    public partial Tensor HighDegree(Tensor x, Tensor y);

    [TensorProduct("0x1o", "0x1o", "0x0e", Weights = WeightKind.PerSample)]
    public partial Tensor Nothing(Tensor x, Tensor y, Tensor weights);
}

/// <summary>A module to be extended.</summary>
[EquivariantModule]
public partial class Extended : nn.Module
{
    [Linear("2x0e", "2x0e")]
    public partial Tensor First(Tensor x);
}

/// <summary>Has its base's operations too.</summary>
[EquivariantModule]
public sealed partial class Extension : Extended
{
    [SphericalHarmonics("0e + 1o")]
    public partial Tensor Second(Tensor vectors);
}

/// <summary>Names that generated descriptions write.</summary>
[EquivariantModule]
public sealed partial class GeneratedOperation : nn.Module
{
    [SphericalHarmonics("0e + 1o")]
    public partial Tensor Component(Tensor vectors);

    [Linear("2x0e", "2x0e")]
    public partial Tensor Tables(Tensor x);

    private sealed class OperationKernel;

    private sealed class GeneratedOperationAttribute;

    /// <summary>They are the class's own.</summary>
    public override string ToString() => $"{new OperationKernel()} {new GeneratedOperationAttribute()}";
}

/// <summary>A module of the user's around generated ones.</summary>
public sealed class Surrounding : nn.Module
{
    public Surrounding()
        : base("Surrounding")
    {
        (First, Second) = (new Extension(), new Extension());
        RegisterComponents();
    }

    public Extension First { get; }

    public Extension Second { get; }

    protected override void RegisterComponents()
    {
        register_module("first", First);
        register_module("second", Second);
    }
}
