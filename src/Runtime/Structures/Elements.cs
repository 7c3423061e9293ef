using System.Collections.Frozen;
using E3Gen.Operations;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>The chemical elements: symbols and covalent radii.</summary>
public static class Elements
{
    /// <summary>Atomic number of the last element.</summary>
    internal const int Last = 118;

    /// <summary>
    /// Å, for H (atomic number 1) to Cm (96): B. Cordero et al., Covalent radii revisited, Dalton Trans. 2008, 2832; sp³ carbon, low-spin Mn, Fe and Co.
    /// </summary>
    private static readonly double[] Radii =
    [
        0.31, 0.28, 1.28, 0.96, 0.84, 0.76, 0.71, 0.66, 0.57, 0.58, 1.66, 1.41, 1.21, 1.11, 1.07, 1.05, 1.02, 1.06, 2.03, 1.76, 1.70, 1.60, 1.53, 1.39,
        1.39, 1.32, 1.26, 1.24, 1.32, 1.22, 1.22, 1.20, 1.19, 1.20, 1.20, 1.16, 2.20, 1.95, 1.90, 1.75, 1.64, 1.54, 1.47, 1.46, 1.42, 1.39, 1.45, 1.44,
        1.42, 1.39, 1.39, 1.38, 1.39, 1.40, 2.44, 2.15, 2.07, 2.04, 2.03, 2.01, 1.99, 1.98, 1.98, 1.96, 1.94, 1.92, 1.92, 1.89, 1.90, 1.87, 1.87, 1.75,
        1.70, 1.62, 1.51, 1.44, 1.41, 1.36, 1.36, 1.32, 1.45, 1.46, 1.48, 1.40, 1.50, 1.50, 2.60, 2.21, 2.15, 2.06, 2.00, 1.96, 1.90, 1.87, 1.80, 1.69,
    ];

    private static readonly FrozenDictionary<string, int> Numbers = ElementSymbols.All.Select((symbol, number) => (symbol, number))
        .Concat([("D", 1), ("T", 1)]).ToFrozenDictionary(p => p.Item1, p => p.Item2, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> BySymbol = Numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    internal static string Symbol(int number) => ElementSymbols.All[number];

    /// <summary>
    /// The covalent radius of an element (B. Cordero et al., Covalent radii revisited, Dalton Trans. 2008, 2832; sp³ carbon, low-spin Mn, Fe and Co), as ASE's <c>covalent_radii</c>, which has 0.2 Å
    /// where none is known.
    /// </summary>
    /// <param name="number">Atomic number.</param>
    /// <returns>The radius in Å; null beyond curium (96), where none is known, and for what is no element.</returns>
    public static double? CovalentRadius(int number) => number >= 1 && number <= Radii.Length ? Radii[number - 1] : null;

    /// <summary>The covalent radii of many atoms, for example of the two ends of each edge: half of the sum of both is r0 of <see cref="RadialTransform"/>.</summary>
    /// <param name="numbers">Atomic numbers, whole numbers of any shape.</param>
    /// <param name="dtype">Type of the result; torch's default type if not given.</param>
    /// <returns>The radii in Å, in the same shape on the same device.</returns>
    /// <exception cref="ArgumentException">The tensor does not hold whole numbers, or an element has no known radius.</exception>
    public static Tensor CovalentRadius(Tensor numbers, ScalarType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        Check.Whole(numbers, $"{nameof(Elements)}.{nameof(CovalentRadius)}, argument 'numbers'", "the atomic number of each atom");
        using var scope = NewDisposeScope();
        Tensor z = numbers.to(ScalarType.Int64), known = z.ge(1).logical_and(z.le(Radii.Length));
        if (!known.all().item<bool>())
        {
            long unknown = z.masked_select(known.logical_not())[0].item<long>();
            throw new ArgumentException($"The element {unknown} has no known covalent radius; expected atomic numbers from 1 to {Radii.Length}.", nameof(numbers));
        }

        Tensor table = tensor(Radii, dtype: dtype ?? get_default_dtype(), device: numbers.device);
        return table.index_select(0, z.sub(1).flatten()).view(numbers.shape).MoveToOuterDisposeScope();
    }

    /// <summary>The atomic number that a word in a file stands for.</summary>
    /// <param name="word">
    /// An atomic number, or letters (a symbol in upper or lower case; D and T are hydrogen, X is 0) and perhaps a label that begins with anything but a
    /// letter: O1, Fe3+, H_w.
    /// </param>
    /// <returns>The number, or null if it is no element.</returns>
    internal static int? Find(ReadOnlySpan<char> word)
    {
        if (!word.IsEmpty && !word.ContainsAnyExceptInRange('0', '9'))
            return word.Length <= 3 && int.Parse(word, System.Globalization.CultureInfo.InvariantCulture) is <= Last and var number ? number : null;
        int letters = 0;
        while (letters < word.Length && char.IsAsciiLetter(word[letters])) letters++;
        bool endsThere = letters == word.Length || !char.IsLetter(word[letters]);
        return letters > 0 && endsThere && BySymbol.TryGetValue(word[..letters], out int found) ? found : null;
    }
}
