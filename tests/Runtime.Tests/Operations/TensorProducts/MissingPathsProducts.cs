using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations.TensorProducts;

/// <summary>Products with outputs that no path reaches and inputs that no path reads, of every mode: the reference case tp.missing_paths, and others.</summary>
[EquivariantModule]
public sealed partial class MissingPathsProducts : nn.Module
{
    private const string Modes = "1x0o + 3x0e + 2x3o + 3x1o + 1x5o";

    [TensorProduct("2x0e + 1x1o + 1x2e", "1x0e + 2x1o + 1x1e", "2x0e + 1x1o + 3x1e + 1x2e + 1x2o + 2x0o", Weights = WeightKind.PerSample, AllowMissingPaths = true)]
    [Path(0, 0, 0), Path(0, 1, 1), Path(0, 2, 2), Path(1, 0, 1, Weight = 1.5), Path(1, 1, 0), Path(1, 1, 2, Weight = 1.5), Path(1, 1, 3)]
    public partial Tensor MissingPaths(Tensor x, Tensor y, Tensor weights);

    [TensorProduct("3x0e + 2x2o", "3x0e + 3x1o + 1x4o", Modes, Mode = ConnectionMode.UVW, AllowMissingPaths = true)]
    public partial Tensor Uvw(Tensor x, Tensor y);

    [TensorProduct("3x0e + 2x2o", "3x0e + 3x1o + 1x4o", Modes, Mode = ConnectionMode.UVU, AllowMissingPaths = true)]
    public partial Tensor Uvu(Tensor x, Tensor y);

    [TensorProduct("3x0e + 2x2o", "3x0e + 3x1o + 1x4o", Modes, Mode = ConnectionMode.UVV, AllowMissingPaths = true)]
    public partial Tensor Uvv(Tensor x, Tensor y);

    [TensorProduct("3x0e + 2x2o", "3x0e + 3x1o + 1x4o", Modes, Mode = ConnectionMode.UUW, AllowMissingPaths = true)]
    public partial Tensor Uuw(Tensor x, Tensor y);

    [TensorProduct("3x0e + 2x2o", "3x0e + 3x1o + 1x4o", Modes, Mode = ConnectionMode.UUU, AllowMissingPaths = true)]
    public partial Tensor Uuu(Tensor x, Tensor y);

    [TensorProduct("3x0e + 2x2o", "1x0e + 1x1o + 1x4o", Modes, Mode = ConnectionMode.UVUV, AllowMissingPaths = true)]
    public partial Tensor Uvuv(Tensor x, Tensor y);

    [TensorProduct("3x0e + 2x2o", "3x0e + 3x1o + 1x4o", Modes, Mode = ConnectionMode.UVULessV, AllowMissingPaths = true)]
    public partial Tensor UvuLessV(Tensor x, Tensor y);

    [TensorProduct("3x0e + 2x2o", "3x0e + 3x1o + 1x4o", Modes, Mode = ConnectionMode.ULessVW, AllowMissingPaths = true)]
    public partial Tensor ULessVw(Tensor x, Tensor y);

    [TensorSquare("3x0e + 1x1o", "1x0o + 3x0e + 2x3o + 3x1o + 1x5o", AllowMissingPaths = true)]
    public partial Tensor Square(Tensor x);

    [TensorProduct("3x0e", "1x1o", "2x1e + 2x2e", AllowMissingPaths = true)]
    public partial Tensor Nothing(Tensor x, Tensor y);
}
