using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Language;

/// <summary>Operations where TorchSharp ends the process instead of throwing if shapes do not fit. Programs are printed with TorchSharp's, but run with these.</summary>
public static partial class Checked
{
    public static Tensor Matmul(this Tensor x, Tensor y)
    {
        bool fits = x.dim() > 0 && y.dim() > 0 && x.dtype == y.dtype && x.dtype != ScalarType.Bool && x.size(-1) == y.size(y.dim() > 1 ? -2 : -1);
        fits = fits && (x.dim() < 3 || y.dim() < 3 || x.shape[..^2].Reverse().Zip(y.shape[..^2].Reverse()).All(p => p.First == p.Second || p.First == 1 || p.Second == 1));
        return fits ? x.matmul(y) : throw new ArgumentException("The shapes fit no matrix product.");
    }

    public static (Tensor values, Tensor indexes) Cummax(this Tensor x, long axis) =>
        axis >= -x.dim() && axis < x.dim() ? x.cummax(axis) : throw new ArgumentException("There is no such axis.");

    public static Tensor[] Grad(IList<Tensor> outputs, IList<Tensor> inputs)
    {
        bool fits = outputs.All(o => o.requires_grad && o.numel() == 1) && inputs.All(i => i.requires_grad);
        var gradients = fits ? TorchSharp.torch.autograd.grad(outputs, inputs, allow_unused: true) : throw new ArgumentException("There is nothing to differentiate.");
        return gradients.All(g => g is not null && !g.IsInvalid) ? [.. gradients] : throw new ArgumentException("The result does not depend on it.");
    }

    /// <summary>As it is printed.</summary>
    internal static string Print(string code) => Own().Replace(code, match => (match.Groups[1].Success ? "torch." : ".") + match.Groups[2].Value.ToLowerInvariant() + "(");

    /// <summary>As it is run.</summary>
    internal static string Run(string source) => $"using {typeof(Checked).Namespace};\n" +
        Theirs().Replace(source.Replace("torch.autograd.grad(", "Checked.Grad("), match => (match.Groups[1].Success ? nameof(Checked) : "") + "." + char.ToUpperInvariant(match.Groups[2].Value[0]) + match.Groups[2].Value[1..] + "(");

    [GeneratedRegex(@"(Checked)?\.(Matmul|Cummax)\(")]
    private static partial Regex Own();

    [GeneratedRegex(@"(torch)?\.(matmul|cummax)\(")]
    private static partial Regex Theirs();
}
