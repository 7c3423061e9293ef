using System.Runtime.CompilerServices;
using E3Gen.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>A symmetric contraction out of TorchSharp operations.</summary>
internal sealed class PortableContraction(ContractionProgram program)
{
    // One object for all calls: an implicit Scalar can be collected while native code still reads it.
    private static readonly Scalar One = 1.0;
    private static readonly ConditionalWeakTable<ContractionProgram, PortableContraction> Made = [];

    private readonly Lazy<ConstantTable> _weigh = new(() => new(program.Order.Weigh.ToDense(), program.Order.Weigh.Rows, program.Order.Weigh.Columns));
    private readonly Lazy<Degree[]> _degrees = new(() => [.. program.Order.Monomials().GroupBy(p => p.Factors.Length).OrderBy(g => g.Key).Select(g => new Degree(program, [.. g]))]);

    /// <summary>That of a program, made once.</summary>
    /// <param name="program">The contraction.</param>
    public static PortableContraction Of(ContractionProgram program) => Made.GetValue(program, static p => new(p));

    /// <summary>A[entry] = Σ_q U[entry,q] W[q], [elements, entries, copies].</summary>
    /// <param name="weights">W, block after block.</param>
    public Tensor Weigh(Tensor weights)
    {
        var blocks = new List<Tensor>();
        long first = 0;
        foreach (var block in program.Blocks)
        {
            long count = (long)block.Paths.Length * program.Elements * program.Copies;
            blocks.Add(weights.narrow(0, first, count).view(program.Elements, -1, program.Copies));
            first += count;
        }

        return _weigh.Value.Like(weights).matmul(cat(blocks, 1));
    }

    /// <summary>z out of differentiable operations: the products of components, degree by degree, times the coefficients of the row's element.</summary>
    /// <param name="x">[rows, columns of x].</param>
    /// <param name="rowsOf">The rows of each element; null for all.</param>
    /// <param name="coefficients">A, [elements, entries, copies].</param>
    public Tensor Apply(Tensor x, IReadOnlyList<Tensor?> rowsOf, Tensor coefficients)
    {
        var components = ToComponents(x);
        var z = zeros(x.size(0), program.Results, program.Copies, x.dtype, x.device);
        foreach (var degree in _degrees.Value)
        {
            var products = degree.Products(components);
            var own = degree.Coefficients(coefficients);
            for (int e = 0; e < program.Elements; e++)
            {
                var rows = rowsOf[e];
                var sum = einsum("nmu,kmu->nku", rows is null ? products : products.index_select(0, rows), own[e]);
                z = rows is null ? z.Plus(sum) : z.index_add(0, rows, sum, One);
            }
        }

        return FromComponents(z);
    }

    private Tensor ToComponents(Tensor x)
    {
        var segments = program.X.Count == 1 ? [x] : x.split([.. program.X.Select(l => ((2L * l) + 1) * program.Copies)], 1);
        return cat([.. segments.Select((s, i) => program.Layout == Layout.IrMul
            ? s.reshape(s.size(0), (2 * program.X[i]) + 1, program.Copies)
            : Layouts.ToIrMul(s, program.Copies, (2 * program.X[i]) + 1))], 1);
    }

    private Tensor FromComponents(Tensor z)
    {
        var segments = program.Z.Count == 1 ? [z] : z.split([.. program.Z.Select(l => (2L * l) + 1)], 1);
        return Layouts.Join([.. segments.Select(s => program.Layout == Layout.IrMul ? s.flatten(1) : Layouts.ToMulIr(s))]);
    }

    /// <summary>What multiplies one number of factors.</summary>
    private sealed class Degree
    {
        private readonly ConstantIndex[] _factors;
        private readonly ConstantIndex _places;
        private readonly int _results, _count;

        /// <param name="program">The contraction.</param>
        /// <param name="products">The products, each with its factors and with what it contributes.</param>
        public Degree(ContractionProgram program, IReadOnlyList<(int[] Factors, (int Row, int Index)[] Terms)> products)
        {
            (_results, _count) = (program.Results, products.Count);
            _factors = [.. Enumerable.Range(0, products[0].Factors.Length).Select(f => new ConstantIndex([.. products.Select(p => (long)p.Factors[f])]))];
            long[] places = [.. Enumerable.Repeat((long)program.Order.Entries.Length, _results * _count)]; // beyond the last entry: nothing
            for (int m = 0; m < _count; m++)
            {
                foreach (var (row, index) in products[m].Terms)
                {
                    places[(row * _count) + m] = index;
                }
            }

            _places = new ConstantIndex(places);
        }

        /// <summary>The products of components, [rows, products, u].</summary>
        public Tensor Products(Tensor components) =>
            _factors.Select(f => components.index_select(1, f.On(components))).Aggregate((product, factor) => product.mul(factor));

        /// <summary>Their coefficients, [elements, k, products, u].</summary>
        public Tensor Coefficients(Tensor coefficients)
        {
            var nothing = zeros(coefficients.size(0), 1, coefficients.size(2), coefficients.dtype, coefficients.device);
            return cat([coefficients, nothing], 1).index_select(1, _places.On(coefficients)).view(coefficients.size(0), _results, _count, -1);
        }
    }
}
