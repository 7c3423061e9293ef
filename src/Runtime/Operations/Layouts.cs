using E3Gen.Kernels;
using E3Gen.Operations.Cpu;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>
/// Between the two orders of a segment's columns: mul_ir (e3nn's and ours at every public edge: copy after copy, components
/// innermost) and ir_mul (component after component, copies innermost: what matrix products want). Blocks, [rows, i, u], are ir_mul
/// before their last axes are flattened.
/// </summary>
internal static class Layouts
{
    // One object for all calls: an implicit Scalar can be collected while native code still reads it.
    private static readonly Scalar One = 1.0;

    /// <summary>[rows, u·i] in mul_ir → [rows, i, u], a view or, of a large segment on the CPU, a copy.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="multiplicity">Copies u.</param>
    /// <param name="dimension">Components i.</param>
    public static Tensor ToIrMul(Tensor segment, int multiplicity, int dimension)
    {
        long rows = segment.size(0);
        if (dimension == 1)
        {
            return segment.reshape(rows, 1, multiplicity);
        }

        return multiplicity > 1 && OrderFunction.Takes(segment)
            ? new OrderFunction(multiplicity, dimension, toIrMul: true).Apply(segment)[0].view(rows, dimension, multiplicity)
            : segment.reshape(rows, multiplicity, dimension).transpose(1, 2);
    }

    /// <summary>[rows, i, u] → [rows, u·i] in mul_ir.</summary>
    /// <param name="blocks">Components and copies.</param>
    public static Tensor ToMulIr(Tensor blocks)
    {
        long rows = blocks.size(0), dimension = blocks.size(1), multiplicity = blocks.size(2);
        if (dimension == 1 || multiplicity == 1)
        {
            return blocks.reshape(rows, dimension * multiplicity);
        }

        return blocks.is_contiguous() && blocks.view(rows, dimension * multiplicity) is var segment && OrderFunction.Takes(segment)
            ? new OrderFunction((int)multiplicity, (int)dimension, toIrMul: false).Apply(segment)[0]
            : blocks.transpose(1, 2).reshape(rows, dimension * multiplicity);
    }

    /// <summary>Puts the copies of one irrep side by side.</summary>
    /// <param name="blocks">Each [rows, i, copies].</param>
    public static Tensor JoinCopies(params Tensor[] blocks) => cat(blocks, 2);


    /// <summary>Puts segments side by side.</summary>
    /// <param name="segments">Each [rows, columns].</param>
    public static Tensor Join(params Tensor[] segments) => segments.Length == 1 ? segments[0] : cat(segments, 1);

    /// <summary>Adds what several paths yield for one segment.</summary>
    /// <param name="terms">Each [rows, columns], or broadcastable to it.</param>
    public static Tensor Sum(params Tensor[] terms)
    {
        var sum = terms[0];
        for (int i = 1; i < terms.Length; i++)
        {
            sum = sum.add(terms[i], One);
        }

        return sum;
    }

    /// <summary>A segment that no path reaches.</summary>
    /// <param name="like">Any other tensor with the same rows, dtype and device.</param>
    /// <param name="columns">Columns of the segment.</param>
    public static Tensor Zeros(Tensor like, int columns) => zeros(like.size(0), columns, like.dtype, like.device);
}
