namespace WaterDensity.Density;

/// <summary>The basis functions of a molecule without padding, atom after atom: the rows of its matrices.</summary>
internal sealed class FunctionList
{
    private readonly int[] _firstRow;
    private readonly Dictionary<(int Species, int Column), int> _rowInAtom = [];

    public FunctionList(AuxiliaryBasis basis, int[] species)
    {
        Species = species;
        for (int z = 0; z < AuxiliaryBasis.SpeciesCount; z++)
        {
            int row = 0;
            foreach (Shell shell in basis.Shells(z))
            {
                _rowInAtom[(z, shell.Column)] = row;
                row += shell.Size;
            }
        }
        _firstRow = new int[species.Length];
        var entries = new List<int>();
        for (int atom = 0; atom < species.Length; atom++)
        {
            _firstRow[atom] = entries.Count;
            for (int column = 0; column < AuxiliaryBasis.Columns; column++)
            {
                if (basis.Mask[species[atom]][column])
                    entries.Add(atom * AuxiliaryBasis.Columns + column);
            }
        }
        Entries = [.. entries];
    }

    public int[] Species { get; }

    public int Atoms => Species.Length;

    public int Count => Entries.Length;

    /// <summary>Where each row lies in the flattened [atom, 70] coefficients.</summary>
    public int[] Entries { get; }

    /// <summary>Row of the first function of a shell.</summary>
    public int Row(int atom, Shell shell) => _firstRow[atom] + _rowInAtom[(Species[atom], shell.Column)];
}
