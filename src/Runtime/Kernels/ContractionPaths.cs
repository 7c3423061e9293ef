using E3Gen.Kernels.Cpu;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Kernels;

/// <summary>
/// A symmetric contraction, copy by copy u: <c>z[k] = Σ_q W[q] Σ U_q[k,i1,…,iν] x[i1] … x[iν]</c> with the weights of the row's element. In two steps:
/// <c>A[k,i1,…,iν] = Σ_q W[q] U_q[k,i1,…,iν]</c> once for each element, and <c>z[k] = Σ A[k,i1,…,iν] x[i1] … x[iν]</c> for each row.
/// </summary>
public sealed class ContractionPaths
{
    // One object for all calls: an implicit Scalar can be collected while native code still reads it.
    private static readonly Scalar One = 1.0;

    private readonly Lazy<ContractionProgram> _program;
    private readonly Lazy<Degree[]> _degrees;

    /// <summary>Describes the operation.</summary>
    /// <param name="name">Name in messages.</param>
    /// <param name="copies">Copies u, of the argument and of the result.</param>
    /// <param name="elements">Number of elements with weights of their own.</param>
    /// <param name="x">Degrees of the argument's irreps.</param>
    /// <param name="z">Degrees of the result's irreps.</param>
    /// <param name="blocks">The paths.</param>
    public ContractionPaths(string name, int copies, int elements, int[] x, int[] z, params ContractionBlock[] blocks)
    {
        (Name, Copies, Elements, X, Z, Blocks) = (name, copies, elements, x, z, blocks);
        (Components, Results) = (x.Sum(l => (2 * l) + 1), z.Sum(l => (2 * l) + 1));
        _program = new(() => new ContractionProgram(this));
        _degrees = new(() => [.. Program.Monomials().GroupBy(p => p.Factors.Length).OrderBy(g => g.Key).Select(g => new Degree(this, [.. g]))]);
    }

    /// <summary>Order of the columns; mul_ir unless told otherwise.</summary>
    public Layout Layout { get; init; }

    internal string Name { get; }

    internal int Copies { get; }

    internal int Elements { get; }

    internal IReadOnlyList<int> X { get; }

    internal IReadOnlyList<int> Z { get; }

    internal IReadOnlyList<ContractionBlock> Blocks { get; }

    /// <summary>Components i of the argument.</summary>
    internal int Components { get; }

    /// <summary>Components k of the result.</summary>
    internal int Results { get; }

    internal ContractionProgram Program => _program.Value;

    /// <summary>Applies the contraction.</summary>
    /// <param name="x">[rows, columns of x].</param>
    /// <param name="species">The element of each row, [rows], whole numbers; null where there is one element.</param>
    /// <param name="weights">The weights, block after block.</param>
    /// <returns>[rows, columns of z].</returns>
    /// <exception cref="ArgumentException">A row's element is none.</exception>
    public Tensor Apply(Tensor x, Tensor? species, Tensor weights)
    {
        using var scope = NewDisposeScope();
        var coefficients = Program.Coefficients(this, weights);
        var z = Backends.TakesKernels(x, Name) ? new ContractionFunction(this, species).Apply(x, coefficients) : Portable(x, RowsOf(species), coefficients);
        return z.MoveToOuterDisposeScope();
    }

    /// <summary>The weights of a block, [elements, paths, copies].</summary>
    internal Tensor Weights(Tensor weights, int block)
    {
        long before = Blocks.Take(block).Sum(b => (long)b.Paths.Length);
        return weights.narrow(0, before * Elements * Copies, (long)Blocks[block].Paths.Length * Elements * Copies).view(Elements, -1, Copies);
    }

    /// <summary>z out of differentiable operations: the products of components, degree by degree, times the coefficients of the row's element.</summary>
    /// <param name="x">[rows, columns of x].</param>
    /// <param name="rowsOf">The rows of each element; null for all.</param>
    /// <param name="coefficients">A, [elements, entries, copies].</param>
    internal Tensor Portable(Tensor x, IReadOnlyList<Tensor?> rowsOf, Tensor coefficients)
    {
        var components = ToComponents(x);
        var z = zeros(x.size(0), Results, Copies, x.dtype, x.device);
        foreach (var degree in _degrees.Value)
        {
            var products = degree.Products(components);
            var own = degree.Coefficients(coefficients);
            for (int e = 0; e < Elements; e++)
            {
                var rows = rowsOf[e];
                var sum = einsum("nmu,kmu->nku", rows is null ? products : products.index_select(0, rows), own[e]);
                z = rows is null ? z.add(sum) : z.index_add(0, rows, sum, One);
            }
        }

        return FromComponents(z);
    }

    private IReadOnlyList<Tensor?> RowsOf(Tensor? species) => species is null
        ? [null]
        : RowsByElement.Of(species, checked((int)species.size(0)), Elements, Name).ToTensors(species.device);

    private Tensor ToComponents(Tensor x)
    {
        var segments = X.Count == 1 ? [x] : x.split([.. X.Select(l => ((2L * l) + 1) * Copies)], 1);
        return cat([.. segments.Select((s, i) => Layout == Layout.IrMul
            ? s.reshape(s.size(0), (2 * X[i]) + 1, Copies)
            : Layouts.ToIrMul(s, Copies, (2 * X[i]) + 1))], 1);
    }

    private Tensor FromComponents(Tensor z)
    {
        var segments = Z.Count == 1 ? [z] : z.split([.. Z.Select(l => (2L * l) + 1)], 1);
        return Layouts.Join([.. segments.Select(s => Layout == Layout.IrMul ? s.flatten(1) : Layouts.ToMulIr(s))]);
    }

    /// <summary>What multiplies one number of factors.</summary>
    private sealed class Degree
    {
        private readonly ConstantIndex[] _factors;
        private readonly ConstantIndex _places;
        private readonly int _results, _count;

        /// <param name="paths">The contraction.</param>
        /// <param name="products">The products, each with its factors and with what it contributes.</param>
        public Degree(ContractionPaths paths, IReadOnlyList<(int[] Factors, (int Row, int Index)[] Terms)> products)
        {
            (_results, _count) = (paths.Results, products.Count);
            _factors = [.. Enumerable.Range(0, products[0].Factors.Length).Select(f => new ConstantIndex([.. products.Select(p => (long)p.Factors[f])]))];
            long[] places = [.. Enumerable.Repeat((long)paths.Program.Entries.Length, _results * _count)]; // beyond the last entry: nothing
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
