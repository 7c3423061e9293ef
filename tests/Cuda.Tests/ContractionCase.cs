using E3Gen.Kernels;

namespace E3Gen.Cuda.Tests;

/// <summary>A contraction with rows of several elements, and its results by definition: sums over the products of components, in double precision.</summary>
internal sealed class ContractionCase
{
    private readonly ContractionProgram _program;
    private readonly Dictionary<string, double[]> _numbers = [];
    private readonly int[] _x, _z;
    private readonly int _copies, _xColumns, _zColumns, _entries;

    /// <param name="program">The contraction.</param>
    /// <param name="type">What numbers in memory are.</param>
    /// <param name="rows">Number of rows; the second element has none.</param>
    public ContractionCase(ContractionProgram program, NumberType type, int rows)
    {
        (_program, _copies, _entries) = (program, program.Copies, program.Order.Order.Length);
        (_x, _z) = (Steps(program.X), Steps(program.Z));
        (_xColumns, _zColumns) = (program.Components * _copies, program.Results * _copies);
        var random = new Random(rows);
        long[] element = [.. Enumerable.Range(0, rows).Select(_ => random.Next(program.Elements)).Select(e => e == 1 ? 0L : e)];
        SetIndices(element);
        double[] Random(int count) => Storage.Round(type, [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 2) - 1)]);
        foreach (var (name, count) in new[] { ("x", rows * _xColumns), ("a", program.Elements * _entries * _copies) })
        {
            _numbers[name] = Random(count);
            _numbers["a" + name] = Random(count);
            (Expected["g" + name], Expected["g" + name + "'"]) = (new double[count], new double[count]);
        }

        _numbers["g"] = Random(rows * _zColumns);
        (Expected["z"], Expected["z'"]) = (new double[rows * _zColumns], new double[rows * _zColumns]);
        foreach (var (factors, terms) in program.Order.Monomials())
        {
            foreach (var (row, index) in terms)
            {
                for (int n = 0; n < rows; n++)
                {
                    for (int u = 0; u < _copies; u++)
                    {
                        Evaluate(
                            [.. factors.Select(i => (n * _xColumns) + Column(program.X, _x, i, u))], (n * _zColumns) + Column(program.Z, _z, row, u),
                            (((int)element[n] * _entries) + index) * _copies + u);
                    }
                }
            }
        }
    }

    public Dictionary<string, long> Sizes { get; } = [];

    public Dictionary<string, long[]> Indices { get; } = [];

    public IReadOnlyDictionary<string, double[]> Numbers => _numbers;

    /// <summary>Results: "z", "gx"; and their derivatives in the direction: "z'", "gx'".</summary>
    public Dictionary<string, double[]> Expected { get; } = [];

    /// <summary>The rows of each element, in pieces of 64.</summary>
    private void SetIndices(long[] element)
    {
        List<long> rowOf = [], chunkOffsets = [0], elementChunks = [0];
        for (int e = 0; e < _program.Elements; e++)
        {
            foreach (long[] chunk in Enumerable.Range(0, element.Length).Where(n => element[n] == e).Select(n => (long)n).Chunk(ContractionText.ChunkRows))
            {
                rowOf.AddRange(chunk);
                chunkOffsets.Add(rowOf.Count);
            }

            elementChunks.Add(chunkOffsets.Count - 1);
        }

        (Indices["element"], Indices["rowOf"], Indices["chunkOffsets"], Indices["elementChunks"]) = (element, [.. rowOf], [.. chunkOffsets], [.. elementChunks]);
        (Sizes["rows"], Sizes["elements"], Sizes["chunks"]) = (element.Length, _program.Elements, chunkOffsets.Count - 1);
    }

    /// <summary>The irrep of each component.</summary>
    private static int[] Steps(IReadOnlyList<int> degrees) => [.. degrees.SelectMany((l, s) => Enumerable.Repeat(s, (2 * l) + 1))];

    /// <summary>Where copy u of a component lies: irreps one after the other, each [copies, components] or [components, copies].</summary>
    private int Column(IReadOnlyList<int> degrees, int[] irreps, int component, int u)
    {
        int before = degrees.Take(irreps[component]).Sum(l => (2 * l) + 1), i = component - before, width = (2 * degrees[irreps[component]]) + 1;
        return (before * _copies) + (_program.Layout == Layout.IrMul ? (i * _copies) + u : (u * width) + i);
    }

    /// <summary>A term: z += a x[0] x[1] … by the product rule.</summary>
    /// <param name="factors">Places of x.</param>
    /// <param name="to">Place of z.</param>
    /// <param name="entry">Place of a.</param>
    private void Evaluate(int[] factors, int to, int entry)
    {
        var (x, ax, a, aa, g) = (_numbers["x"], _numbers["ax"], _numbers["a"][entry], _numbers["aa"][entry], _numbers["g"][to]);
        var (product, slope) = Product(factors, x, ax);
        Expected["z"][to] += a * product;
        Expected["z'"][to] += (aa * product) + (a * slope);
        Expected["ga"][entry] += g * product;
        Expected["ga'"][entry] += g * slope;
        for (int j = 0; j < factors.Length; j++)
        {
            var (others, change) = Product([.. factors.Where((_, k) => k != j)], x, ax);
            Expected["gx"][factors[j]] += g * a * others;
            Expected["gx'"][factors[j]] += g * ((aa * others) + (a * change));
        }
    }

    private static (double Product, double Slope) Product(int[] factors, double[] x, double[] ax) =>
        (factors.Aggregate(1.0, (p, i) => p * x[i]), Enumerable.Range(0, factors.Length).Sum(j => factors.Where((_, k) => k != j).Aggregate(ax[factors[j]], (p, i) => p * x[i])));
}
