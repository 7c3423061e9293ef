using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>
/// Harmonics prepared for one number type. Rows are lanes: a block has as many points as a number has lanes (ILaneNumber), and holds the
/// components of all degrees 0 … L one after another.
/// </summary>
internal sealed class HarmonicProgram<T>
    where T : unmanaged, INumber<T>
{
    public HarmonicProgram(HarmonicProgram harmonics)
    {
        Normalize = harmonics.Normalize;
        Degree = harmonics.Degrees.Max(d => d.L);
        var lengths = Enumerable.Repeat(1.0, Degree + 1).ToArray();
        foreach (var (_, l, length) in harmonics.Degrees)
        {
            lengths[l] = length;
        }

        Links = [.. from m in Enumerable.Range(0, Degree + 1) from l in Enumerable.Range(m, Degree + 1 - m) select Link.To(l, m, lengths)];
        var present = new bool[Degree + 1];
        var runs = new List<Run>();
        foreach (var (copies, l, _) in harmonics.Degrees)
        {
            for (int u = 0; u < copies; u++)
            {
                var run = new Run(Columns, l * l, (2 * l) + 1, IsRepeated: present[l]);
                if (runs.Count > 0 && runs[^1] is var last && last.Component + last.Count == run.Component
                    && last.IsRepeated == run.IsRepeated)
                {
                    runs[^1] = last with { Count = last.Count + run.Count };
                }
                else
                {
                    runs.Add(run);
                }

                present[l] = true;
                Columns += run.Count;
            }
        }

        Runs = [.. runs];
        Cost = Unsafe.SizeOf<T>() / sizeof(float) * (10 + (0.3 * Links.Length) + (0.6 * Columns));
    }

    /// <summary>Whether the vectors are divided by their lengths.</summary>
    public bool Normalize { get; }

    /// <summary>The largest degree.</summary>
    public int Degree { get; }

    /// <summary>The constants of all Q_l^m, by m and then l.</summary>
    public Link[] Links { get; }

    /// <summary>Columns of the result.</summary>
    public int Columns { get; }

    /// <summary>Neighbouring columns that are neighbouring components.</summary>
    public Run[] Runs { get; }

    /// <summary>
    /// Cost of the harmonics of a point, in the unit of <see cref="Work"/>: a second thread pays off from 40 µs on, the time for
    /// twice the minimum that Work gives a thread. Measured: 1.4 ns for l ≤ 1, 3.0 ns for l ≤ 4 and 7 ns for l ≤ 8, in single precision and
    /// 512 bits. Their cotangents take half as much again.
    /// </summary>
    public double Cost { get; }

    /// <summary>
    /// How Q_l^m follows from lower degrees: <c>Q_l^m = One y Q_(l−1)^m + Two r² Q_(l−2)^m</c>. Without the factors that give harmonics
    /// their lengths it is <c>(l − m) Q_l^m = (2l − 1) y Q_(l−1)^m − (l + m − 1) r² Q_(l−2)^m</c>, <c>∂Q_l^m/∂y = (l + m) Q_(l−1)^m</c> and
    /// <c>∂Q_l^m/∂x = −x Q_(l−1)^(m+1)</c>.
    /// </summary>
    /// <param name="First">Q_m^m, a constant.</param>
    /// <param name="One">Of the degree below.</param>
    /// <param name="Two">Of the second below.</param>
    /// <param name="Along"><c>∂Q_l^m/∂y = Along Q_(l−1)^m</c>.</param>
    /// <param name="Across"><c>∂Q_l^m/∂x = Across x Q_(l−1)^(m+1)</c>, and so for z.</param>
    internal readonly record struct Link(T First, T One, T Two, T Along, T Across)
    {
        /// <summary>With each Q_l^m multiplied by √((2 − δ_m0) (l−m)!/(l+m)!) and the length of Y_l.</summary>
        public static Link To(int l, int m, double[] lengths)
        {
            double first = lengths[m] * (m == 0 ? 1 : Math.Sqrt(2));
            for (int k = 1; k <= m; k++)
            {
                first *= Math.Sqrt((2 * k - 1) / (2.0 * k)); // (2m − 1)!!/√(2m)!
            }

            if (l == m)
            {
                return new(T.CreateChecked(first), T.Zero, T.Zero, T.Zero, T.Zero);
            }

            double ratio = lengths[l] / lengths[l - 1], root = Math.Sqrt((l - m) * (l + m));
            double two = l < m + 2 ? 0 : -lengths[l] / lengths[l - 2] * Math.Sqrt((l - m - 1) * (l + m - 1)) / root;
            double across = -ratio * Math.Sqrt((l - m) * (l - m - 1) / (m == 0 ? 2.0 : 1));
            return new(T.CreateChecked(first), T.CreateChecked(ratio * (2 * l - 1) / root), T.CreateChecked(two),
                T.CreateChecked(ratio * root), T.CreateChecked(across));
        }
    }

    /// <summary>Columns and components side by side; repeated where an earlier run has these components, too.</summary>
    internal readonly record struct Run(int Column, int Component, int Count, bool IsRepeated);
}
