using System.Numerics;

namespace E3Gen.Kernels.Cpu;

/// <summary>
/// Harmonics made ready for one number type. Rows are lanes: a block of as many points as a vector has lanes holds the components of all degrees 0 … L one after another, a vector each.
/// </summary>
internal sealed class HarmonicProgram<T>
    where T : unmanaged, INumber<T>
{
    public HarmonicProgram(HarmonicLadder ladder)
    {
        Normalize = ladder.Normalize;
        int degrees = ladder.Steps.Count + 2;
        var lengths = Enumerable.Repeat(1.0, degrees).ToArray();
        foreach (var (_, l, length) in ladder.Degrees)
        {
            lengths[l] = length;
        }

        (Zeroth, First) = (T.CreateChecked(lengths[0]), T.CreateChecked(lengths[1]));
        bool IsPresent(int degree) => ladder.Degrees.Any(d => d.L == degree);
        HasFirst = IsPresent(1);
        Steps = new Step[ladder.Steps.Count];
        for (int s = 0; s < Steps.Length; s++)
        {
            int l = s + 2;
            double scale = ladder.Steps[s].Scale * lengths[l] / lengths[l - 1];
            var kernel = ladder.Steps[s].Coupling.Kernel<T, RowPack<T>>();
            Steps[s] = new Step(kernel, T.CreateChecked(scale), T.CreateChecked(l * scale), l, IsPresent(l));
            MostEntries = Math.Max(MostEntries, kernel.Entries);
            Cost += 3.0 * ladder.Steps[s].Coupling.Terms.Length;
        }

        Components = degrees * degrees;
        var present = new bool[degrees];
        var runs = new List<Run>();
        foreach (var (copies, l, _) in ladder.Degrees)
        {
            for (int u = 0; u < copies; u++)
            {
                var run = new Run(Columns, l * l, (2 * l) + 1, IsRepeated: present[l]);
                if (runs.Count > 0 && runs[^1] is var last && last.Component + last.Count == run.Component && last.IsRepeated == run.IsRepeated)
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
        Cost += 20 + (2 * Columns);
    }

    /// <summary>Whether the vectors are divided by their lengths.</summary>
    public bool Normalize { get; }

    /// <summary>Y_0.</summary>
    public T Zeroth { get; }

    /// <summary>Y_1 = First · r.</summary>
    public T First { get; }

    /// <summary>Whether Y_1 is in the result.</summary>
    public bool HasFirst { get; }

    /// <summary>The steps to degrees 2, 3, …</summary>
    public Step[] Steps { get; }

    /// <summary>Components of all degrees.</summary>
    public int Components { get; }

    /// <summary>Entries of the largest coupling matrix.</summary>
    public int MostEntries { get; }

    /// <summary>Columns of the result.</summary>
    public int Columns { get; }

    /// <summary>Neighbouring columns that are neighbouring components.</summary>
    public Run[] Runs { get; }

    /// <summary>Floating-point operations of a point, about.</summary>
    public double Cost { get; }

    /// <summary>Y_l = Scale · C·(Y_(l−1), r).</summary>
    /// <param name="Kernel">The coupling of (l − 1, 1, l).</param>
    /// <param name="Scale">The constant in front.</param>
    /// <param name="Slope">The constant in front of the derivative by r.</param>
    /// <param name="L">The degree.</param>
    /// <param name="IsPresent">Whether it is in the result, not only on the way to others.</param>
    internal readonly record struct Step(CouplingKernel<T> Kernel, T Scale, T Slope, int L, bool IsPresent)
    {
        /// <summary>First component of Y_(l−1).</summary>
        public int Lower => (L - 1) * (L - 1);

        /// <summary>First component of Y_l.</summary>
        public int Upper => L * L;

        /// <summary>Components of Y_l.</summary>
        public int Count => (2 * L) + 1;
    }

    /// <summary>Columns and components side by side; repeated where an earlier run has these components, too.</summary>
    internal readonly record struct Run(int Column, int Component, int Count, bool IsRepeated);
}
