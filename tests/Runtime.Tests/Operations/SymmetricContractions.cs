using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations;

/// <summary>The reference cases of MACE's symmetric contraction, by their names.</summary>
[EquivariantModule]
public sealed partial class SymmetricContractions : nn.Module
{
    [SymmetricContraction("4x0e + 4x1o", "4x0e", Correlation = 1, Elements = 2)]
    public partial Tensor C0(Tensor x, Tensor species);

    [SymmetricContraction("4x0e + 4x1o", "4x0e", Correlation = 2, Elements = 2)]
    public partial Tensor C1(Tensor x, Tensor species);

    [SymmetricContraction("4x0e + 4x1o", "4x0e", Correlation = 3, Elements = 2)]
    public partial Tensor C2(Tensor x, Tensor species);

    [SymmetricContraction("4x0e + 4x1o", "4x0e", Correlation = 4, Elements = 2)]
    public partial Tensor C3(Tensor x, Tensor species);

    [SymmetricContraction("4x0e + 4x1o", "4x0e + 4x1o", Correlation = 1, Elements = 2)]
    public partial Tensor C4(Tensor x, Tensor species);

    [SymmetricContraction("4x0e + 4x1o", "4x0e + 4x1o", Correlation = 2, Elements = 2)]
    public partial Tensor C5(Tensor x, Tensor species);

    [SymmetricContraction("4x0e + 4x1o", "4x0e + 4x1o", Correlation = 3, Elements = 2)]
    public partial Tensor C6(Tensor x, Tensor species);

    [SymmetricContraction("4x0e + 4x1o", "4x0e + 4x1o", Correlation = 4, Elements = 2)]
    public partial Tensor C7(Tensor x, Tensor species);

    [SymmetricContraction("3x0e + 3x1o + 3x2e", "3x0e + 3x1o + 3x2e", Correlation = 1, Elements = 2)]
    public partial Tensor C8(Tensor x, Tensor species);

    [SymmetricContraction("3x0e + 3x1o + 3x2e", "3x0e + 3x1o + 3x2e", Correlation = 2, Elements = 2)]
    public partial Tensor C9(Tensor x, Tensor species);

    [SymmetricContraction("3x0e + 3x1o + 3x2e", "3x0e + 3x1o + 3x2e", Correlation = 3, Elements = 2)]
    public partial Tensor C10(Tensor x, Tensor species);

    [SymmetricContraction("2x0e + 2x1o + 2x2e", "2x0e", Correlation = 4, Elements = 2)]
    public partial Tensor C11(Tensor x, Tensor species);

    [SymmetricContraction("2x0e + 2x1o + 2x2e + 2x3o", "2x0e + 2x1o", Correlation = 3, Elements = 2)]
    public partial Tensor C12(Tensor x, Tensor species);

    [SymmetricContraction("2x0e + 2x1o + 2x2e + 2x3o", "2x2e + 2x3o", Correlation = 2, Elements = 2)]
    public partial Tensor C13(Tensor x, Tensor species);

    /// <summary>One element: no species.</summary>
    [SymmetricContraction("3x0e + 3x1o + 3x1e", "3x0e + 3x0o + 3x1o + 3x1e + 3x2e")]
    public partial Tensor OneElement(Tensor x);
}
