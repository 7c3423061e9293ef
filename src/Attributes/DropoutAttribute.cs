using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// Drops whole irreps at random, as in <c>e3nn.nn.Dropout</c>. The method takes <c>Tensor x</c> of shape [batch, ..., irreps] and returns the same shape. In training mode each copy
/// is multiplied by a number that is 0 with the given probability p and 1/(1 − p) otherwise, one for each row of the first axis, shared by the 2l + 1
/// components and by the axes between; an x without leading axes is one row. In evaluation mode (<c>module.eval()</c>) it is the identity.
/// </summary>
/// <remarks>
/// The numbers come from TorchSharp's own generator: <c>torch.manual_seed</c> makes them reproducible. They do not depend on x or on the frame, so that the layer is equivariant for
/// every draw: rotated arguments give the rotated result of the same draw. <c>Equivariance.Measure</c> makes every call draw the same; two calls of one's own do not.
/// In evaluation mode, and where p is 0, the result lies in the memory of x.
/// </remarks>
/// <param name="irreps">Irreps of the argument and the result.</param>
/// <param name="probability">p, the probability that a copy is dropped, from 0 to 1.</param>
public sealed class DropoutAttribute([StringSyntax("Irreps")] string irreps, double probability) : OperationAttribute
{
    /// <summary>Irreps of the argument and the result.</summary>
    public string Irreps { get; } = irreps;

    /// <summary>The probability that a copy is dropped, from 0 to 1.</summary>
    public double Probability { get; } = probability;
}
