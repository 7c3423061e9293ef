namespace E3Gen;

/// <summary>
/// An orthonormal basis of the tensors with an index symmetry whose indices carry irreps, sorted into irreps: the tensors are what rotations and inversion make of them.
/// <para>
/// Couplings of the indices one after another (l1 ⊗ l2 → l12, l12 ⊗ l3 → …) give an orthonormal basis of all tensors. Permutations of indices commute with rotations, so that the mean over the
/// group mixes only couplings of one irrep, with the same matrix for each component: a projection, whose range is what is looked for (Schur's lemma).
/// </para>
/// </summary>
public sealed class ReducedTensorBasis
{
    /// <summary>The most components of a tensor; the basis has that number squared at the start.</summary>
    private const int MostComponents = 4096;

    private ReducedTensorBasis(IndexSymmetry symmetry, IReadOnlyList<Irreps> inputs, Irreps irreps, double[][] rows) =>
        (Symmetry, Inputs, Irreps, Rows) = (symmetry, inputs, irreps, rows);

    /// <summary>How tensors behave when indices are permuted.</summary>
    public IndexSymmetry Symmetry { get; }

    /// <summary>What each index carries.</summary>
    public IReadOnlyList<Irreps> Inputs { get; }

    /// <summary>What the tensors are made of, sorted; each irrep once, with the number of its copies.</summary>
    public Irreps Irreps { get; }

    /// <summary>A row for each component of <see cref="Irreps"/>: the components of a tensor, the last index fastest. The rows are orthonormal.</summary>
    public IReadOnlyList<double[]> Rows { get; }

    /// <summary>Computes a basis. Where an irrep has several copies their choice is a convention: the basis of another program spans the same space.</summary>
    /// <param name="symmetry">The symmetry.</param>
    /// <param name="inputs">What each index carries; the same for indices that the symmetry exchanges.</param>
    /// <param name="filter">Irreps to keep; all if null.</param>
    /// <exception cref="ArgumentException">Irreps and indices do not fit, or there are too many components or degrees.</exception>
    public static ReducedTensorBasis Of(IndexSymmetry symmetry, IReadOnlyList<Irreps> inputs, IReadOnlyCollection<Irrep>? filter = null)
    {
        if (symmetry is null)
            throw new ArgumentNullException(nameof(symmetry));
        Check(symmetry, inputs ?? throw new ArgumentNullException(nameof(inputs)));
        int[][] permuted = [.. symmetry.Permutations.Select(p => Places(inputs, p.Axes))];
        var irreps = new List<MulIrrep>();
        var rows = new List<double[]>();
        foreach (var couplings in Couplings(inputs).GroupBy(c => c.Irrep).OrderBy(g => g.Key))
        {
            if (filter is not null && !filter.Contains(couplings.Key))
                continue;
            double[][][] paths = [.. couplings.Select(c => c.Rows)];
            double[][] projection = [.. paths.Select(p => Mean(symmetry, permuted, p[0])).Select(mean => paths.Select(q => Dot(q[0], mean)).ToArray())];
            List<double[]> range = Range(projection);
            if (range.Count > 0)
                irreps.Add(new MulIrrep(range.Count, couplings.Key));
            foreach (double[] mixture in range)
            {
                for (int m = 0; m <= 2 * couplings.Key.L; m++)
                    rows.Add(Mix(mixture, paths, m));
            }
        }

        return new(symmetry, inputs, new Irreps(irreps), [.. rows]);
    }

    private static void Check(IndexSymmetry symmetry, IReadOnlyList<Irreps> inputs)
    {
        string indices = symmetry.Indices;
        if (inputs.Count != indices.Length)
            throw new ArgumentException($"\"{symmetry}\" has {indices.Length} indices, but irreps are given for {inputs.Count}.", nameof(inputs));
        foreach (var (_, axes) in symmetry.Permutations)
        {
            int odd = Array.FindIndex(axes, a => inputs[a] != inputs[Array.IndexOf(axes, a)]);
            if (odd >= 0)
            {
                throw new ArgumentException(
                    $"\"{symmetry}\" exchanges the indices {indices[odd]} and {indices[axes[odd]]}, which carry different irreps: \"{inputs[odd]}\" and \"{inputs[axes[odd]]}\".", nameof(inputs));
            }
        }

        double components = inputs.Aggregate(1.0, (product, i) => product * i.Dim);
        if (components > MostComponents)
            throw new ArgumentException($"A tensor \"{symmetry}\" of these irreps has {components} components; at most {MostComponents} are possible.", nameof(inputs));
        int degree = inputs.Sum(i => i.Dim == 0 ? 0 : i.Lmax);
        if (degree > Wigner3j.MaxL)
            throw new ArgumentException($"A tensor \"{symmetry}\" of these irreps has parts of degree {degree}; at most {Wigner3j.MaxL} are possible.", nameof(inputs));
    }

    /// <summary>The irreps in the product of all inputs, each with an orthonormal basis: a row for each of its components.</summary>
    private static List<(Irrep Irrep, double[][] Rows)> Couplings(IReadOnlyList<Irreps> inputs)
    {
        List<(Irrep Irrep, double[][] Rows)> products = [(new Irrep(0, 1), [[1.0]])];
        foreach (Irreps input in inputs)
        {
            products =
            [
                .. from left in products
                   from place in Copies(input)
                   from product in left.Irrep * place.Irrep
                   select (product, Couple(left.Irrep, left.Rows, place.Irrep, place.Offset, input.Dim, product)),
            ];
        }

        return products;
    }

    /// <summary>Each copy of each irrep, and where its components begin.</summary>
    private static IEnumerable<(Irrep Irrep, int Offset)> Copies(Irreps irreps) =>
        irreps.Zip(irreps.Slices, (entry, slice) => (entry, slice)).SelectMany(e => Enumerable.Range(0, e.entry.Multiplicity).Select(c => (e.entry.Irrep, e.slice.Offset + (c * e.entry.Irrep.Dim))));

    /// <summary>√(2l+1) Σ_ij w(l1, l2, l)[i, j, k] left[i] ⊗ e_(offset + j): orthonormal if the left rows are.</summary>
    private static double[][] Couple(Irrep left, double[][] rows, Irrep right, int offset, int columns, Irrep product)
    {
        double[][] coupled = [.. Enumerable.Range(0, product.Dim).Select(_ => new double[rows[0].Length * columns])];
        double scale = Math.Sqrt(product.Dim);
        foreach (CouplingTerm term in Wigner3j.Nonzero(left.L, right.L, product.L))
        {
            double value = scale * term.ToDouble();
            double[] from = rows[term.I], to = coupled[term.K];
            for (int d = 0; d < from.Length; d++)
                to[(d * columns) + offset + term.J] += value * from[d];
        }

        return coupled;
    }

    /// <summary>For each component of a tensor the place of the component with permuted indices.</summary>
    private static int[] Places(IReadOnlyList<Irreps> inputs, int[] axes)
    {
        int[] sizes = [.. inputs.Select(i => i.Dim)], strides = new int[sizes.Length];
        for (int a = sizes.Length - 1, stride = 1; a >= 0; stride *= sizes[a--])
            strides[a] = stride;
        int[] places = new int[sizes.Aggregate(1, (product, s) => product * s)];
        for (int d = 0; d < places.Length; d++)
            places[d] = axes.Select((from, to) => d / strides[from] % sizes[from] * strides[to]).Sum();
        return places;
    }

    /// <summary>The mean over the group: the part of a tensor that has the symmetry.</summary>
    private static double[] Mean(IndexSymmetry symmetry, int[][] permuted, double[] tensor)
    {
        double[] mean = new double[tensor.Length];
        for (int g = 0; g < permuted.Length; g++)
        {
            double weight = (double)symmetry.Permutations[g].Sign / permuted.Length;
            for (int d = 0; d < tensor.Length; d++)
                mean[d] += weight * tensor[permuted[g][d]];
        }

        return mean;
    }

    /// <summary>An orthonormal basis of the range of a projection: Gram and Schmidt, the longest remaining column first, made orthogonal twice.</summary>
    private static List<double[]> Range(double[][] projection)
    {
        int rank = (int)Math.Round(Enumerable.Range(0, projection.Length).Sum(i => projection[i][i]));
        var basis = new List<double[]>();
        double[][] columns = [.. projection.Select(c => (double[])c.Clone())];
        while (basis.Count < rank)
        {
            // Not exactly the longest: the first of those that are as long but for rounding, so that the choice is the same everywhere.
            double longest = columns.Max(c => Dot(c, c));
            double[] next = columns.First(c => Dot(c, c) > longest * (1 - 1e-9));
            for (int pass = 0; pass < 2; pass++)
            {
                foreach (double[] b in basis)
                    Subtract(next, b);
            }

            double sign = next.First(x => Math.Abs(x) > 1e-9) < 0 ? -1 : 1, length = Math.Sqrt(Dot(next, next));
            double[] unit = [.. next.Select(x => sign * x / length)];
            basis.Add(unit);
            foreach (double[] column in columns)
                Subtract(column, unit);
        }

        return basis;
    }

    private static void Subtract(double[] vector, double[] unit)
    {
        double along = Dot(vector, unit);
        for (int i = 0; i < vector.Length; i++)
            vector[i] -= along * unit[i];
    }

    private static double[] Mix(double[] mixture, double[][][] paths, int component)
    {
        double[] row = new double[paths[0][0].Length];
        for (int p = 0; p < paths.Length; p++)
        {
            for (int d = 0; d < row.Length; d++)
                row[d] += mixture[p] * paths[p][component][d];
        }

        return row;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
