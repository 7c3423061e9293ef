using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>The softmax over the edges that arrive at each node.</summary>
internal static class EdgeSoftmax
{
    private static readonly Scalar Zero = 0.0;
    private static readonly Scalar One = 1.0;
    private static readonly Scalar Row = 1L;
    private static readonly Scalar Never = double.NegativeInfinity;
    private static readonly Scalar SmallestDouble = 2.2250738585072014e-308;
    private static readonly Scalar SmallestSingle = 1.1754943508222875e-38;

    /// <summary>c exp(s − m) / Σ c exp(s − m), where m is the largest score of a node: a constant that cancels, so no derivative passes through it.</summary>
    /// <param name="scores">[E, heads], float32 or float64.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="cutoff">[E]; null: 1 everywhere.</param>
    /// <returns>[E, heads].</returns>
    public static Tensor Of(Tensor scores, Graph graph, Tensor? cutoff)
    {
        if (cutoff is not null)
        {
            // An edge without weight must not decide what the others are compared with.
            cutoff = cutoff.unsqueeze(1).relu();
            scores = scores.masked_fill(cutoff.le(Zero), Never);
        }

        Tensor powers = scores.sub(Largest(scores.detach(), graph)).exp();
        powers = cutoff is null ? powers : powers.mul(cutoff);
        Tensor sums = Messages.Sum(powers, graph).index_select(0, graph.Destination);
        // Of a sum below the smallest normal number no quotient can be computed: nothing arrives.
        Tensor isNothing = sums.lt(scores.dtype == ScalarType.Float64 ? SmallestDouble : SmallestSingle);
        return powers.masked_fill(isNothing, Zero).div(sums.masked_fill(isNothing, One));
    }

    /// <summary>For each edge the largest score of its destination; 0 where that is no number to subtract.</summary>
    private static Tensor Largest(Tensor scores, Graph graph)
    {
        // The edges of a node are neighbours: after steps of 1, 2, 4, … the last one knows the largest of all.
        Tensor destination = graph.Destination.unsqueeze(1), largest = scores;
        for (long step = 1; step < graph.Index.MostEdges; step *= 2)
        {
            long others = scores.size(0) - step;
            Tensor isOther = destination.narrow(0, step, others).ne(destination.narrow(0, 0, others));
            Tensor before = largest.narrow(0, 0, others).masked_fill(isOther, Never);
            largest = cat([largest.narrow(0, 0, step), largest.narrow(0, step, others).maximum(before)], 0);
        }

        Tensor last = graph.Offsets.narrow(0, 1, graph.NodeCount).index_select(0, graph.Destination).sub(Row);
        return largest.masked_fill(largest.isinf(), Zero).index_select(0, last);
    }
}
