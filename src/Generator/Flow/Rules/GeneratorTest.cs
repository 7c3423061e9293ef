using System.Collections.Concurrent;
using System.Collections.Immutable;
using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>
/// Whether polynomials P of components x carry given irreps: whether they commute with rotations, inversion and translations. For a
/// connected group it suffices to test its generators J: the derivative of P along J x must be J P. Both sides are polynomials, and
/// polynomials are equal if they have the same coefficients: each coefficient is compared separately, so large ones cannot hide errors in small ones.
/// </summary>
internal sealed class GeneratorTest(ImmutableArray<ComponentPolynomial> entries, IReadOnlyDictionary<int, Atom> atoms)
{
    /// <summary>
    /// Tolerance for coefficients of vectors and scalars, whose generators are integers: the rounding of numbers in code.
    /// </summary>
    private const double Rounding = 1e-14;

    /// <summary>The same of higher degrees, of which code contains roots with some digits.</summary>
    private const double Tolerance = 1e-9;

    private static readonly ConcurrentDictionary<int, double[][,]> Generators = new();

    private readonly IReadOnlyList<int> _used =
        [.. entries.SelectMany(e => e.Terms.Keys).SelectMany(m => m.Variables).Select(v => v.Tensor).Distinct()];
    private readonly Dictionary<(int Tensor, int Axis), Row[]> _rows = [];

    public bool Carries(Irreps irreps)
    {
        var used = _used.SelectMany(t => atoms[t].Irreps.Concat(atoms[t].Columns ?? Irreps.Empty));
        double tolerance = irreps.Concat(used).All(e => e.Irrep.L <= 1) ? Rounding : Tolerance;
        var signs = Signs(irreps);
        return entries.Select((e, i) => Inverts(e, signs[i])).All(same => same)
            && Enumerable.Range(0, 3).All(axis => StaysPut(axis) && Rotates(axis, RowsOf(irreps, axis), tolerance));
    }

    /// <summary>Inversion changes the sign of a product of components, or does not.</summary>
    private bool Inverts(ComponentPolynomial entry, int sign) => entry.Terms.Keys.All(product =>
        product.Variables.Aggregate(1, (s, v) => s * Signs(atoms[v.Tensor])[v.Index]) == sign);

    /// <summary>The derivative along a translation vanishes.</summary>
    private bool StaysPut(int axis) => _used.All(t => atoms[t].Weight.IsZero) || entries.All(entry =>
    {
        var derivative = new Dictionary<ComponentProduct, Exact>();
        foreach (var term in entry.Terms)
        {
            for (int i = 0; i < term.Key.Variables.Length; i++)
            {
                var variable = term.Key.Variables[i];
                if (variable.Index % 3 == axis && !atoms[variable.Tensor].Weight.IsZero)
                {
                    var rest = new ComponentProduct(term.Key.Variables.RemoveAt(i));
                    derivative.TryGetValue(rest, out var before);
                    derivative[rest] = before + (term.Value * atoms[variable.Tensor].Weight);
                }
            }
        }

        return derivative.Values.All(v => v.IsZero);
    });

    private bool Rotates(int axis, Row[] rows, double tolerance)
    {
        for (int i = 0; i < entries.Length; i++)
        {
            // The derivative along J x, less what J makes of the polynomials.
            var difference = new Dictionary<ComponentProduct, (double Value, double Size)>();
            foreach (var term in entries[i].Terms)
            {
                var variables = term.Key.Variables;
                for (int k = 0; k < variables.Length; k++)
                {
                    foreach (var (column, factor) in RowsOf(variables[k].Tensor, axis)[variables[k].Index].Entries)
                    {
                        Add(difference, ComponentProduct.Of(variables.SetItem(k, variables[k] with { Index = column })),
                            factor * term.Value.ToDouble());
                    }
                }
            }

            foreach (var (column, factor) in rows[i].Entries)
            {
                foreach (var term in entries[column].Terms)
                {
                    Add(difference, term.Key, -factor * term.Value.ToDouble());
                }
            }

            if (!difference.Values.All(d => Math.Abs(d.Value) <= tolerance * d.Size))
            {
                return false;
            }
        }

        return true;
    }

    private static void Add(Dictionary<ComponentProduct, (double Value, double Size)> sum, ComponentProduct product, double number)
    {
        sum.TryGetValue(product, out var before);
        sum[product] = (before.Value + number, before.Size + Math.Abs(number));
    }

    private static int[] Signs(Irreps irreps) => [.. irreps.SelectMany(e => Enumerable.Repeat(e.Irrep.Parity, e.Dim))];

    private static int[] Signs(Atom atom) =>
        atom.Columns is { } columns ? [.. Signs(atom.Irreps).SelectMany(s => Signs(columns).Select(t => s * t))] : Signs(atom.Irreps);

    private Row[] RowsOf(int tensor, int axis) =>
        _rows.TryGetValue((tensor, axis), out var rows) ? rows : _rows[(tensor, axis)] = RowsOf(atoms[tensor], axis);

    /// <summary>
    /// The rows of J; for a matrix those of J ⊗ 1 + 1 ⊗ J, since to first order the rotations of both sides add.
    /// </summary>
    private static Row[] RowsOf(Atom atom, int axis)
    {
        var rows = RowsOf(atom.Irreps, axis);
        if (atom.Columns is not { } carried)
        {
            return rows;
        }

        var columns = RowsOf(carried, axis);
        return [.. rows.SelectMany((row, i) => columns.Select((column, j) => new Row(
        [
            .. row.Entries.Select(e => ((e.Column * columns.Length) + j, e.Factor)),
            .. column.Entries.Select(e => ((i * columns.Length) + e.Column, e.Factor)),
        ])))];
    }

    /// <summary>The rows of J, copy by copy.</summary>
    private static Row[] RowsOf(Irreps irreps, int axis)
    {
        var rows = new List<Row>();
        foreach (var entry in irreps)
        {
            var generator = entry.Irrep.L == 0 ? null : Generators.GetOrAdd(entry.Irrep.L, Of)[axis];
            for (int copy = 0; copy < entry.Multiplicity; copy++)
            {
                int start = rows.Count;
                for (int i = 0; i < entry.Irrep.Dim; i++)
                {
                    rows.Add(new Row([.. Enumerable.Range(0, entry.Irrep.Dim)
                        .Where(j => generator is not null && generator[i, j] != 0).Select(j => (start + j, generator![i, j]))]));
                }
            }
        }

        return [.. rows];
    }

    /// <summary>
    /// The generators of rotations about x, y and z in the real basis. The coupling l × 1 → l is unique, and so is the action of so(3) on
    /// l: they agree up to a factor, which the commutator [J_x, J_y] = J_z fixes.
    /// </summary>
    private static double[][,] Of(int l)
    {
        int dim = (2 * l) + 1;
        var coupling = Wigner3j.Dense(l, 1, l);
        double overlap = 0, norm = 0;
        for (int i = 0; i < dim; i++)
        {
            for (int j = 0; j < dim; j++)
            {
                double commutator = 0;
                for (int k = 0; k < dim; k++)
                {
                    commutator += (coupling[i, 0, k] * coupling[k, 1, j]) - (coupling[i, 1, k] * coupling[k, 0, j]);
                }

                overlap += commutator * coupling[i, 2, j];
                norm += coupling[i, 2, j] * coupling[i, 2, j];
            }
        }

        // s² [X, Y] = s Z, so s = |Z|² / ⟨[X, Y], Z⟩.
        double scale = norm / overlap;
        return [.. Enumerable.Range(0, 3).Select(axis =>
        {
            var matrix = new double[dim, dim];
            for (int i = 0; i < dim; i++)
            {
                for (int j = 0; j < dim; j++)
                {
                    // Whole numbers are whole.
                    double entry = scale * coupling[i, axis, j];
                    matrix[i, j] = Math.Abs(entry - Math.Round(entry)) < 1e-12 ? Math.Round(entry) : entry;
                }
            }

            return matrix;
        })];
    }

    /// <summary>A row of a generator: its entries that are not zero.</summary>
    private readonly record struct Row((int Column, double Factor)[] Entries);
}
