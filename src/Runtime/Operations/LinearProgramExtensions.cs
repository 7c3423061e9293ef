using System.ComponentModel;
using E3Gen.Kernels;
using E3Gen.Operations.Cpu;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Linear maps of tensors. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LinearProgramExtensions
{
    /// <summary>Applies a linear map: a matrix product for each path and component, on the CPU all of them in one pass over the rows.</summary>
    /// <param name="program">The map.</param>
    /// <param name="x">[rows, columns of x].</param>
    /// <param name="weights">W of all paths, [weights]; [rows, weights] where each row has its own; null without paths.</param>
    /// <param name="bias">A number for each copy of the biased segments, [biases] or [rows, biases]; null without.</param>
    /// <returns>[rows, columns of y].</returns>
    public static Tensor Apply(this LinearProgram program, Tensor x, Tensor? weights, Tensor? bias = null) =>
        weights is not null && !program.HasWeightsPerRow && Backends.TakesKernels(x, program.Name) ? LinearFunction.Map(program, x, weights, bias) : Portable(program, x, weights, bias);

    private static int Columns((int Copies, int L) segment) => segment.Copies * ((2 * segment.L) + 1);

    private static Tensor[] Cut(Tensor x, IReadOnlyList<(int Copies, int L)> segments) =>
        segments.Count == 1 ? [x] : x.split([.. segments.Select(s => (long)Columns(s))], 1);

    private static Tensor Portable(LinearProgram program, Tensor x, Tensor? weights, Tensor? bias)
    {
        var terms = program.Y.Select(_ => new List<Tensor>()).ToArray();
        Tensor[] inputs = Cut(x, program.X);
        foreach (var path in program.Paths)
        {
            using var scale = path.Scale.ToScalar();
            terms[path.Output].Add(Multiply(program, path, inputs[path.Input], Block(program, weights!, path).mul(scale)));
        }

        long start = 0;
        foreach (int output in bias is null ? [] : program.Biased)
        {
            int copies = program.Y[output].Copies;
            var slice = bias!.narrow(-1, start, copies);
            terms[output].Add(terms[output].Count == 0 ? slice.expand(x.size(0), copies).clone() : slice);
            start += copies;
        }

        return Layouts.Join([.. program.Y.Select(
            (segment, o) => terms[o].Count == 0 ? Layouts.Zeros(x, Columns(segment)) : Layouts.Sum([.. terms[o]]))]);
    }

    /// <summary>W of a path, [u, w], or [rows, u, w].</summary>
    private static Tensor Block(LinearProgram program, Tensor weights, LinearPath path)
    {
        long inputs = program.X[path.Input].Copies, outputs = program.Y[path.Output].Copies;
        if (program.HasWeightsPerRow)
        {
            return weights.narrow(1, path.Weight, inputs * outputs).reshape(-1, inputs, outputs);
        }

        var block = weights.narrow(0, path.Weight, ((inputs - 1) * path.WeightStep) + outputs);
        return path.WeightStep == outputs ? block.reshape(inputs, outputs) : block.unfold(0, outputs, path.WeightStep);
    }

    /// <summary>y[w,i] = Σ_u W[u,w] x[u,i] of a path.</summary>
    private static Tensor Multiply(LinearProgram program, LinearPath path, Tensor segment, Tensor w)
    {
        var (copies, l) = program.X[path.Input];
        int dimension = (2 * l) + 1;
        if (w.dim() == 2 && dimension == 1)
        {
            return segment.matmul(w);
        }

        var blocks = program.InputLayout != Layout.IrMul ? Layouts.ToIrMul(segment, copies, dimension).matmul(w)
            : w.dim() == 2 ? segment.reshape(-1, copies).matmul(w).view(segment.size(0), dimension, w.size(1)) // one matrix product instead of one for each row
            : segment.reshape(-1, dimension, copies).matmul(w);
        return program.OutputLayout == Layout.IrMul ? blocks.flatten(1) : Layouts.ToMulIr(blocks);
    }
}
