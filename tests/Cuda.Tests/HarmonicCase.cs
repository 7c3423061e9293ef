using E3Gen.Kernels;

namespace E3Gen.Cuda.Tests;

/// <summary>
/// Points, and their harmonics by definition: from the coefficients of the Legendre polynomials, <c>P_l(t) = 2^−l Σ_k (−1)^k (l over k) (2l − 2k over l) t^(l−2k)</c>, as polynomials of x, y and z
/// whose derivatives are taken term by term. They are evaluated with 28 digits, since terms cancel.
/// </summary>
internal sealed class HarmonicCase
{
    private readonly Dictionary<string, double[]> _numbers = [];
    private readonly HarmonicProgram _program;

    /// <param name="program">The harmonics.</param>
    /// <param name="type">What numbers in memory are.</param>
    /// <param name="rows">Number of points; some are zero.</param>
    public HarmonicCase(HarmonicProgram program, NumberType type, int rows)
    {
        _program = program;
        int columns = program.Degrees.Sum(d => d.Copies * ((2 * d.L) + 1));
        Sizes = new() { ["rows"] = rows };
        var random = new Random(rows);
        // Multiples of 1/512 have few digits.
        _numbers["v"] = Storage.Round(type, [.. Enumerable.Range(0, rows * 3).Select(i => i / 3 % 5 == 2 ? 0 : random.Next(-700, 700) / 512.0)]);
        _numbers["av"] = Storage.Round(type, [.. Enumerable.Range(0, rows * 3).Select(_ => (random.NextDouble() * 2) - 1)]);
        _numbers["g"] = Storage.Round(type, [.. Enumerable.Range(0, rows * columns).Select(_ => (random.NextDouble() * 2) - 1)]);
        (Expected["z"], Expected["z'"], Expected["gv"], Expected["gv'"]) = (new double[rows * columns], new double[rows * columns], new double[rows * 3], new double[rows * 3]);
        int column = 0;
        foreach (var (copies, l, length) in program.Degrees)
        {
            for (int m = -l; m <= l; m++)
            {
                var harmonic = Harmonic(l, m);
                double factor = length * Math.Sqrt((m == 0 ? 1 : 2) * Enumerable.Range(l - Math.Abs(m) + 1, 2 * Math.Abs(m)).Aggregate(1.0, (p, k) => p / k));
                for (int n = 0; n < rows; n++)
                {
                    Evaluate(harmonic, l, factor, n, Enumerable.Range(0, copies).Select(u => (n * columns) + column + (u * ((2 * l) + 1)) + l + m));
                }
            }

            column += copies * ((2 * l) + 1);
        }
    }

    public Dictionary<string, long> Sizes { get; }

    public IReadOnlyDictionary<string, double[]> Numbers => _numbers;

    /// <summary>Results: "z", "gv"; and their derivatives in the direction: "z'", "gv'".</summary>
    public Dictionary<string, double[]> Expected { get; } = [];

    /// <summary>r^(l−m) (d/dt)^m P_l(y/r) Re (z + ix)^m, or Im for −m.</summary>
    private static Polynomial Harmonic(int l, int m)
    {
        int order = Math.Abs(m);
        Polynomial x = Polynomial.Of(1, 0, 0), y = Polynomial.Of(0, 1, 0), z = Polynomial.Of(0, 0, 1), zero = Polynomial.Of(0, 0, 0) * 0, sum = zero;
        for (int k = 0; l - (2 * k) - order >= 0; k++)
        {
            decimal value = (k % 2 == 0 ? 1 : -1) * Choose(l, k) * Choose((2 * l) - (2 * k), l) * Factorial(l - (2 * k)) / Factorial(l - (2 * k) - order);
            for (int p = 0; p < l; p++)
            {
                value /= 2;
            }

            sum += Power(y, l - (2 * k) - order) * Power((x * x) + (y * y) + (z * z), k) * value;
        }

        var azimuth = zero;
        for (int k = 0; k <= order; k++)
        {
            // i^k x^k z^(m−k): real for even k.
            if ((k % 2 == 0) == (m >= 0))
            {
                azimuth += Power(x, k) * Power(z, order - k) * (Choose(order, k) * (k % 4 < 2 ? 1 : -1));
            }
        }

        return sum * azimuth;
    }

    private static Polynomial Power(Polynomial polynomial, int power) => Enumerable.Repeat(polynomial, power).Aggregate(Polynomial.Of(0, 0, 0), (p, q) => p * q);

    private static decimal Factorial(int n) => Enumerable.Range(1, n).Aggregate(1m, (p, k) => p * k);

    private static decimal Choose(int n, int k) => Factorial(n) / Factorial(k) / Factorial(n - k);

    /// <summary>One harmonic Y of one point; with directions it is Y(v)/|v|^l.</summary>
    private void Evaluate(Polynomial harmonic, int l, double factor, int n, IEnumerable<int> places)
    {
        double[] v = _numbers["v"][(3 * n)..((3 * n) + 3)], av = _numbers["av"][(3 * n)..((3 * n) + 3)];
        double square = v.Sum(c => c * c);
        if (_program.Normalize && square == 0)
        {
            foreach (int place in places.Where(_ => l == 0))
            {
                Expected["z"][place] = factor;
            }

            return;
        }

        double At(Polynomial polynomial) => factor * polynomial.At(v);
        double value = At(harmonic), scale = 1;
        double[] first = [.. Enumerable.Range(0, 3).Select(i => At(harmonic.Derivative(i)))];
        double[,] second = new double[3, 3];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                second[i, j] = At(harmonic.Derivative(i).Derivative(j));
                if (_program.Normalize)
                {
                    second[i, j] -= l * ((first[i] * v[j]) + (first[j] * v[i]) + (i == j ? value : 0)) / square;
                    second[i, j] += l * (l + 2) * value * v[i] * v[j] / square / square;
                }
            }
        }

        if (_program.Normalize)
        {
            first = [.. first.Select((d, i) => d - (l * value * v[i] / square))];
            scale = Math.Pow(square, -l / 2.0);
        }

        foreach (int place in places)
        {
            double g = _numbers["g"][place];
            Expected["z"][place] = scale * value;
            Expected["z'"][place] = scale * first.Select((d, i) => d * av[i]).Sum();
            for (int i = 0; i < 3; i++)
            {
                Expected["gv"][(3 * n) + i] += g * scale * first[i];
                Expected["gv'"][(3 * n) + i] += g * scale * Enumerable.Range(0, 3).Sum(j => second[i, j] * av[j]);
            }
        }
    }

    /// <summary>A polynomial of x, y and z.</summary>
    private sealed class Polynomial
    {
        private readonly Dictionary<(int X, int Y, int Z), decimal> _terms = [];
        private readonly Polynomial?[] _derivatives = new Polynomial?[3];

        public static Polynomial Of(int x, int y, int z)
        {
            var polynomial = new Polynomial();
            polynomial._terms[(x, y, z)] = 1;
            return polynomial;
        }

        public static Polynomial operator +(Polynomial a, Polynomial b)
        {
            var sum = new Polynomial();
            foreach (var (powers, value) in a._terms.Concat(b._terms))
            {
                sum.Add(powers, value);
            }

            return sum;
        }

        public static Polynomial operator *(Polynomial a, decimal b)
        {
            var product = new Polynomial();
            foreach (var (powers, value) in a._terms)
            {
                product.Add(powers, value * b);
            }

            return product;
        }

        public static Polynomial operator *(Polynomial a, Polynomial b)
        {
            var product = new Polynomial();
            foreach (var (p, value) in a._terms)
            {
                foreach (var (q, other) in b._terms)
                {
                    product.Add((p.X + q.X, p.Y + q.Y, p.Z + q.Z), value * other);
                }
            }

            return product;
        }

        /// <summary>By x, y or z.</summary>
        public Polynomial Derivative(int variable)
        {
            if (_derivatives[variable] is { } known)
            {
                return known;
            }

            var derivative = new Polynomial();
            foreach (var ((x, y, z), value) in _terms)
            {
                var (power, powers) = variable switch { 0 => (x, (x - 1, y, z)), 1 => (y, (x, y - 1, z)), _ => (z, (x, y, z - 1)) };
                if (power > 0)
                {
                    derivative.Add(powers, power * value);
                }
            }

            return _derivatives[variable] = derivative;
        }

        public double At(double[] v)
        {
            decimal[][] powers = [.. v.Select(c => Powers((decimal)c))];
            return (double)_terms.Sum(t => t.Value * powers[0][t.Key.X] * powers[1][t.Key.Y] * powers[2][t.Key.Z]);
        }

        private static decimal[] Powers(decimal number)
        {
            var powers = new decimal[13];
            powers[0] = 1;
            for (int i = 1; i < powers.Length; i++)
            {
                powers[i] = powers[i - 1] * number;
            }

            return powers;
        }

        private void Add((int X, int Y, int Z) powers, decimal value)
        {
            if (value != 0)
            {
                _terms[powers] = _terms.GetValueOrDefault(powers) + value;
            }
        }
    }
}
