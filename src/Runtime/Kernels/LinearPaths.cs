using E3Gen.Kernels.Cpu;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Kernels;

/// <summary>
/// The paths of a linear map: a matrix product for each path and component. On the CPU a kernel does them all in one pass over the rows.
/// </summary>
public sealed class LinearPaths
{
    private readonly Lazy<LinearProgram<float>> _single;
    private readonly Lazy<LinearProgram<double>> _double;
    private readonly Scalar[] _scales;

    /// <summary>Describes the map.</summary>
    /// <param name="name">Name in messages.</param>
    /// <param name="x">Copies and degree of the segments of the argument.</param>
    /// <param name="y">Copies and degree of the segments of the result.</param>
    /// <param name="paths">The paths.</param>
    public LinearPaths(string name, (int Copies, int L)[] x, (int Copies, int L)[] y, params LinearPath[] paths)
    {
        (Name, X, Y) = (name, x, y);
        Paths = [.. paths.Select(p => p.WeightStep == 0 ? p with { WeightStep = y[p.Output].Copies } : p)];
        (_single, _double) = (new(() => new LinearProgram<float>(this)), new(() => new LinearProgram<double>(this)));
        _scales = [.. paths.Select(p => p.Scale.ToScalar())];
    }

    /// <summary>Order of the argument's columns; mul_ir unless told otherwise.</summary>
    public Layout InputLayout { get; init; }

    /// <summary>Order of the result's columns; mul_ir unless told otherwise.</summary>
    public Layout OutputLayout { get; init; }

    /// <summary>Segments of the result that get a bias: scalars.</summary>
    public IReadOnlyList<int> Biased { get; init; } = [];

    internal string Name { get; }

    internal IReadOnlyList<(int Copies, int L)> X { get; }

    internal IReadOnlyList<(int Copies, int L)> Y { get; }

    internal IReadOnlyList<LinearPath> Paths { get; }

    /// <summary>Applies the map.</summary>
    /// <param name="x">[rows, columns of x].</param>
    /// <param name="weights">W of all paths; null without paths.</param>
    /// <param name="bias">A number for each copy of the biased segments; null without.</param>
    /// <returns>[rows, columns of y].</returns>
    public Tensor Apply(Tensor x, Tensor? weights, Tensor? bias = null) =>
        weights is not null && Backends.TakesKernels(x, Name) ? LinearFunction.Map(this, x, weights, bias) : Portable(x, weights, bias);

    internal LinearProgram<T> Program<T>()
        where T : unmanaged, System.Numerics.INumber<T> =>
        typeof(T) == typeof(float) ? (LinearProgram<T>)(object)_single.Value : (LinearProgram<T>)(object)_double.Value;

    private static int Columns((int Copies, int L) segment) => segment.Copies * ((2 * segment.L) + 1);

    private static Tensor[] Cut(Tensor x, IReadOnlyList<(int Copies, int L)> segments) =>
        segments.Count == 1 ? [x] : x.split([.. segments.Select(s => (long)Columns(s))], 1);

    private Tensor Portable(Tensor x, Tensor? weights, Tensor? bias)
    {
        var terms = Y.Select(_ => new List<Tensor>()).ToArray();
        Tensor[] inputs = Cut(x, X);
        for (int p = 0; p < Paths.Count; p++)
        {
            var (copies, l) = X[Paths[p].Input];
            terms[Paths[p].Output].Add(Multiply(inputs[Paths[p].Input], Block(weights!, Paths[p]).mul(_scales[p]), copies, (2 * l) + 1));
        }

        long start = 0;
        foreach (int output in bias is null ? [] : Biased)
        {
            int copies = Y[output].Copies;
            var slice = bias!.narrow(0, start, copies);
            terms[output].Add(terms[output].Count == 0 ? slice.expand(x.size(0), copies) : slice);
            start += copies;
        }

        return Layouts.Join([.. Y.Select(
            (segment, o) => terms[o].Count == 0 ? Layouts.Zeros(x, Columns(segment)) : Layouts.Sum([.. terms[o]]))]);
    }

    /// <summary>W of a path, [u, w].</summary>
    private Tensor Block(Tensor weights, LinearPath path)
    {
        long inputs = X[path.Input].Copies, outputs = Y[path.Output].Copies;
        var block = weights.narrow(0, path.Weight, ((inputs - 1) * path.WeightStep) + outputs);
        return path.WeightStep == outputs ? block.reshape(inputs, outputs) : block.unfold(0, outputs, path.WeightStep);
    }

    /// <summary>y[w,i] = Σ_u W[u,w] x[u,i] of a path.</summary>
    private Tensor Multiply(Tensor segment, Tensor w, int copies, int dimension)
    {
        if (dimension == 1)
        {
            return segment.matmul(w);
        }

        var blocks = InputLayout == Layout.IrMul
            ? segment.reshape(-1, copies).matmul(w).view(segment.size(0), dimension, w.size(1))
            : Layouts.ToIrMul(segment, copies, dimension).matmul(w);
        return OutputLayout == Layout.IrMul ? blocks.flatten(1) : Layouts.ToMulIr(blocks);
    }
}
