namespace E3Gen.Runtime.Tests.Structures;

/// <summary>Molecules that a cell cuts are made whole, and what has no molecules is refused.</summary>
public sealed class AtomsWrappingTests
{
    private static readonly double[] Skewed = [9, 0, 0, 2, 8, 0, -1, 1.5, 10];

    [Fact]
    public void CutMoleculesBecomeWhole()
    {
        var random = new Random(11);
        double[] whole = Waters(random, 12), cut = Wrapped(random, whole);
        int[] numbers = [.. Enumerable.Range(0, 36).Select(i => i % 3 == 0 ? 8 : 1)];
        var atoms = new Atoms(numbers, cut, Skewed) { Labels = [.. numbers.Select((z, i) => z == 8 ? $"O{i}" : "H")] };
        atoms.Info["energy"] = new InfoValue(-1.0);
        Assert.True(Enumerable.Range(0, 12).Count(m => !IsWhole(cut, m)) > 6, "the test should cut molecules");

        Atoms unwrapped = atoms.Unwrap();
        Assert.All(Enumerable.Range(0, 12), m => Assert.True(IsWhole(unwrapped.Positions, m), $"molecule {m}"));
        for (int m = 0; m < 12; m++) Assert.Equal(cut[(9 * m)..(9 * m + 3)], unwrapped.Positions[(9 * m)..(9 * m + 3)]);     // its first atom stays
        Assert.Equal(atoms.Labels, unwrapped.Labels);
        Assert.Equal(-1, unwrapped.GetEnergy());
        Assert.Equal(Skewed, unwrapped.Cell);
        Assert.All(Enumerable.Range(0, 12), m => Assert.True(IsWhole(atoms.Unwrap(bondLength: 1.2).Positions, m)));
    }

    [Fact]
    public void WrappedAtomsLieInTheCell()
    {
        var random = new Random(12);
        var atoms = new Atoms([.. Enumerable.Repeat(1, 36)], Wrapped(random, Waters(random, 12)), Skewed);
        double[] before = Fractions(atoms.Positions), after = Fractions(atoms.Wrap().Positions);
        for (int i = 0; i < before.Length; i++)
        {
            Assert.InRange(after[i], -1e-12, 1);
            Assert.Equal(before[i] - Math.Floor(before[i]), after[i], 1e-9);
        }
        Assert.Equal([1, 19, 3], new Atoms([1], [10, 19, -6], [9, 0, 0, 0, 9, 0, 0, 0, 9], (true, false, true)).Wrap().Positions);
        // Just below a face: the place in the cell would be rounded onto the opposite face.
        Assert.Equal([0, 0, 0], new Atoms([1], [-1e-20, -1e-300, -1e-17], [10, 0, 0, 0, 10, 0, 0, 0, 10]).Wrap().Positions);
        var open = new Atoms([1], [99, 0, 0]);
        Assert.Same(open, open.Wrap());

        static double[] Fractions(double[] positions)
        {
            using TorchSharp.torch.Tensor p = TorchSharp.torch.tensor(positions, [positions.Length / 3, 3]), cell = TorchSharp.torch.tensor(Skewed, [3, 3]);
            return [.. p.matmul(TorchSharp.torch.linalg.inv(cell)).flatten().data<double>()];
        }
    }

    [Fact]
    public void OrderOfTheAtomsDoesNotMatter()
    {
        // A chain across two faces whose first atom is in its middle.
        double[] positions = [4.9, 1, 1, 0.9, 1, 1, 2.4, 1, 1, 3.5, 1, 1];
        Atoms unwrapped = new Atoms([6, 6, 6, 6], positions, [5, 0, 0, 0, 9, 0, 0, 0, 9]).Unwrap(1.45);
        Assert.Equal([4.9, 5.9, 2.4, 3.5], unwrapped.Positions.Where((_, i) => i % 3 == 0));
    }

    [Fact]
    public void OpenStructuresStayAsTheyAre()
    {
        var atoms = new Atoms([8, 1], [0, 0, 0, 9, 0, 0]);
        Assert.Same(atoms, atoms.Unwrap());
        // The second direction is open: nothing moves along it.
        var slab = new Atoms([8, 1], [0.1, 0.1, 0, 0.1, 8.9, 0], [9, 0, 0, 0, 9, 0, 0, 0, 9], (true, false, true));
        Assert.Equal(slab.Positions, slab.Unwrap().Positions);
    }

    [Fact]
    public void EndlessStructuresAreRefused()
    {
        var copper = new Atoms([29], [0, 0, 0], [2.5, 0, 0, 0, 2.5, 0, 0, 0, 2.5]);
        Assert.Contains("bonds connect atom 0 (Cu) through the periodic cell with an image of itself", Assert.Throws<InvalidOperationException>(() => copper.Unwrap()).Message);
        var polymer = new Atoms([6, 6, 6], [0, 0, 0, 1.4, 0, 0, 2.8, 0, 0], [4.2, 0, 0, 0, 20, 0, 0, 0, 20]);
        Assert.Contains("polymer", Assert.Throws<InvalidOperationException>(() => polymer.Unwrap()).Message);
        Assert.Equal(polymer.Positions, polymer.Unwrap(bondLength: 1.3).Positions);
        // What a file says is the file's fault.
        foreach (string lines in (string[])["1\nLattice=\"2.5 2.5 2.5\"\nCu 0 0 0\n", "1\nLattice=\"9 9 9\"\nX 0 0 0\n", "2\nLattice=\"9 9 9\"\nH 0 0 0\nH 9 0 0\n"])
        {
            Atoms atoms = Assert.Single(Files.Xyz.Read(lines));
            string message = Assert.Throws<InvalidDataException>(() => atoms.Unwrap()).Message;
            Assert.StartsWith("test.xyz, frame 0", message);
            Assert.Equal(1, message.Split("test.xyz").Length - 1);
        }
    }

    [Fact]
    public void MistakesAreErrors()
    {
        double[] cell = [9, 0, 0, 0, 9, 0, 0, 0, 9];
        var atoms = new Atoms([8, 1], [0, 0, 0, 8.5, 0, 0], cell);
        Assert.Throws<ArgumentOutOfRangeException>(() => atoms.Unwrap(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => atoms.Unwrap(double.NaN));
        Assert.Contains("atom 0, X, has no known covalent radius", Assert.Throws<InvalidOperationException>(() => new Atoms([0], [0, 0, 0], cell).Unwrap()).Message);
        Assert.Contains("same place", Assert.Throws<InvalidOperationException>(() => new Atoms([1, 1], [0, 0, 0, 9, 0, 0], cell).Unwrap()).Message);
        Assert.Equal(-0.5, atoms.Unwrap(0.51).Positions[3]);
    }

    /// <summary>Oxygens on a grid, 3 Å apart, and hydrogens near them.</summary>
    private static double[] Waters(Random random, int count) => [.. Enumerable.Range(0, count).SelectMany(m =>
    {
        double[] o = [3 * (m % 2), 3 * (m / 2 % 2), 3.3 * (m / 4)];
        double angle = 6 * random.NextDouble();
        (double s, double c) = Math.SinCos(angle);
        return (double[])[.. o, o[0] + 0.96 * c, o[1] + 0.96 * s, o[2], o[0] - 0.24 * c - 0.93 * s, o[1] - 0.24 * s + 0.93 * c, o[2]];
    })];

    private static double[] Wrapped(Random random, double[] positions)
    {
        double[] wrapped = [.. positions];
        for (int atom = 0; atom < positions.Length / 3; atom++)
        {
            for (int vector = 0; vector < 3; vector++)
            {
                int n = random.Next(-2, 3);
                for (int axis = 0; axis < 3; axis++) wrapped[3 * atom + axis] += n * Skewed[3 * vector + axis];
            }
        }
        return wrapped;
    }

    private static bool IsWhole(double[] positions, int molecule)
    {
        double Distance(int a, int b) => Math.Sqrt(Enumerable.Range(0, 3).Sum(k => Math.Pow(positions[9 * molecule + 3 * a + k] - positions[9 * molecule + 3 * b + k], 2)));
        return Math.Abs(Distance(0, 1) - 0.96) < 1e-6 && Math.Abs(Distance(0, 2) - 0.96) < 0.01;
    }
}
