using System.Collections.Concurrent;
using System.Collections.Immutable;
using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>
/// Whether polynomials P of components x carry given irreps: whether they commute with rotations, inversion and translations. For a connected group it is enough to
/// look at its generators J: the derivative of P along J x must be J P. Both sides are polynomials, and polynomials that agree at random points agree everywhere, but for
/// a set of points of measure zero; the points are the same every time.
/// </summary>
internal sealed class GeneratorTest
{
    private const int Points = 3;
    private const double Tolerance = 1e-9;

    private static readonly ConcurrentDictionary<int, double[][,]> Generators = new();

    private readonly ImmutableArray<ComponentPolynomial> _entries;
    private readonly IReadOnlyDictionary<int, Atom> _atoms;
    private readonly List<Dictionary<int, double[]>> _points = [];
    private readonly bool _moves;

    public GeneratorTest(ImmutableArray<ComponentPolynomial> entries, IReadOnlyDictionary<int, Atom> atoms)
    {
        (_entries, _atoms) = (entries, atoms);
        var numbers = Numbers().GetEnumerator();
        var used = entries.SelectMany(e => e.Terms.Keys).SelectMany(m => m.Variables).Select(v => v.Tensor).Distinct().OrderBy(t => t).ToList();
        for (int i = 0; i < Points; i++)
        {
            _points.Add(used.ToDictionary(t => t, t => Enumerable.Range(0, atoms[t].Irreps.Dim).Select(_ => numbers.MoveNext() ? numbers.Current : 0).ToArray()));
        }

        _moves = used.Any(t => atoms[t].Weight != 0);
    }

    /// <summary>The same numbers between −1 and 1 every time, without a pattern that a polynomial could follow.</summary>
    private static IEnumerable<double> Numbers()
    {
        for (ulong state = 20260101; ;)
        {
            state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
            yield return ((state >> 11) / (double)(1UL << 52)) - 1;
        }
    }

    public bool Carries(Irreps irreps) =>
        _points.All(point => Inverts(point, irreps) && (!_moves || StaysPut(point)) && Enumerable.Range(0, 3).All(axis => Rotates(point, axis, irreps)));

    private bool Inverts(Dictionary<int, double[]> point, Irreps irreps)
    {
        var inverted = point.ToDictionary(p => p.Key, p => Signs(_atoms[p.Key].Irreps).Zip(p.Value, (s, x) => s * x).ToArray());
        var signs = Signs(irreps).ToArray();
        return _entries.Select((e, i) => AreNear(Value(e, inverted), signs[i] * Value(e, point), Scale(e))).All(near => near);
    }

    /// <summary>The derivative along a translation vanishes.</summary>
    private bool StaysPut(Dictionary<int, double[]> point) => Enumerable.Range(0, 3).All(axis =>
        _entries.All(e => AreNear(Derivative(e, point, (tensor, index) => index % 3 == axis ? _atoms[tensor].Weight : 0), 0, Scale(e))));

    private bool Rotates(Dictionary<int, double[]> point, int axis, Irreps irreps)
    {
        var turned = point.ToDictionary(p => p.Key, p => Act(_atoms[p.Key].Irreps, axis, p.Value));
        var expected = Act(irreps, axis, [.. _entries.Select(e => Value(e, point))]);
        double scale = _entries.Max(Scale);
        return _entries.Select((e, i) => AreNear(Derivative(e, point, (tensor, index) => turned[tensor][index]), expected[i], scale)).All(near => near);
    }

    private static IEnumerable<int> Signs(Irreps irreps) => irreps.SelectMany(e => Enumerable.Repeat(e.Irrep.Parity, e.Dim));

    private static bool AreNear(double a, double b, double scale) => Math.Abs(a - b) <= Tolerance * scale;

    private static double Scale(ComponentPolynomial polynomial) => polynomial.Terms.Count == 0 ? double.Epsilon : polynomial.Terms.Values.Sum(Math.Abs);

    private static double Value(ComponentPolynomial polynomial, Dictionary<int, double[]> point) =>
        polynomial.Terms.Sum(t => t.Key.Variables.Aggregate(t.Value, (product, v) => product * point[v.Tensor][v.Index]));

    private static double Derivative(ComponentPolynomial polynomial, Dictionary<int, double[]> point, Func<int, int, double> direction)
    {
        double sum = 0;
        foreach (var term in polynomial.Terms)
        {
            var variables = term.Key.Variables;
            for (int i = 0; i < variables.Length; i++)
            {
                double product = term.Value * direction(variables[i].Tensor, variables[i].Index);
                for (int j = 0; j < variables.Length && product != 0; j++)
                {
                    product *= j == i ? 1 : point[variables[j].Tensor][variables[j].Index];
                }

                sum += product;
            }
        }

        return sum;
    }

    /// <summary>J x, copy by copy.</summary>
    private static double[] Act(Irreps irreps, int axis, double[] x)
    {
        var result = new double[x.Length];
        int start = 0;
        foreach (var entry in irreps)
        {
            var generator = entry.Irrep.L == 0 ? null : Generators.GetOrAdd(entry.Irrep.L, Of)[axis];
            for (int copy = 0; copy < entry.Multiplicity; copy++, start += entry.Irrep.Dim)
            {
                for (int i = 0; i < entry.Irrep.Dim && generator is not null; i++)
                {
                    for (int j = 0; j < entry.Irrep.Dim; j++)
                    {
                        result[start + i] += generator[i, j] * x[start + j];
                    }
                }
            }
        }

        return result;
    }

    /// <summary>
    /// The generators of rotations about x, y and z in the real basis. The coupling l × 1 → l is unique, and so is the action of so(3) on l: they are the same up to a number,
    /// which the commutator [J_x, J_y] = J_z fixes.
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
                    matrix[i, j] = scale * coupling[i, axis, j];
                }
            }

            return matrix;
        })];
    }
}
