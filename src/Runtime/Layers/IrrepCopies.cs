using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>The copies of irreps, [..., copies], and the columns that they lie in, [..., columns].</summary>
internal sealed class IrrepCopies
{
    private readonly List<(int Column, int Copies, int Components)> _blocks = []; // neighbours of one dimension are one block
    private readonly List<(int Column, int Count)> _scalars = []; // even ones

    public IrrepCopies(Irreps irreps)
    {
        Columns = irreps.Dim;
        for (int i = 0; i < irreps.Count; i++)
        {
            var (copies, irrep) = (irreps[i].Multiplicity, irreps[i].Irrep);
            int column = irreps.Slices[i].Offset;
            if (copies > 0 && irrep.IsScalar)
            {
                _scalars.Add((column, copies));
            }

            if (_blocks is [.., var last] && last.Components == irrep.Dim)
            {
                _blocks[^1] = last with { Copies = last.Copies + copies };
            }
            else if (copies > 0)
            {
                _blocks.Add((column, copies, irrep.Dim));
            }
        }

        (Count, ScalarCount) = (_blocks.Sum(b => b.Copies), _scalars.Sum(s => s.Count));
    }

    public int Columns { get; }

    /// <summary>Number of copies.</summary>
    public int Count { get; }

    /// <summary>Number of even scalars.</summary>
    public int ScalarCount { get; }

    /// <summary>The squared length of each copy, or the mean square of its components: [..., columns] → [..., copies].</summary>
    public Tensor Squares(Tensor x, bool mean) => Join(x, _blocks.Select(b =>
    {
        Tensor squares = x.narrow(-1, b.Column, b.Copies * b.Components).square();
        if (b.Components == 1)
        {
            return squares;
        }

        Tensor components = Split(squares, b.Copies);
        return mean ? components.mean([-1]) : components.sum(-1);
    }));

    /// <summary>The number of each copy for all of its components: [..., copies] → [..., columns].</summary>
    public Tensor Spread(Tensor copies)
    {
        int first = 0;
        return Join(copies, _blocks.Select(b =>
        {
            Tensor block = copies.narrow(-1, first, b.Copies);
            first += b.Copies;
            return b.Components == 1 ? block : block.unsqueeze(-1).expand([.. block.shape, b.Components]).flatten(-2);
        }));
    }

    /// <summary>The even scalars: [..., columns] → [..., even scalars].</summary>
    public Tensor Scalars(Tensor x) => Join(x, _scalars.Select(s => x.narrow(-1, s.Column, s.Count)));

    /// <summary>Adds [..., even scalars], or a vector that all rows share, to the even scalars of [..., columns].</summary>
    public Tensor AddToScalars(Tensor x, Tensor scalars)
    {
        if (ScalarCount == 0)
        {
            return x;
        }

        var parts = new List<Tensor>();
        int column = 0, first = 0;
        foreach (var (start, count) in _scalars)
        {
            Rest(start);
            parts.Add(x.narrow(-1, start, count).Plus(scalars.narrow(-1, first, count)));
            (column, first) = (start + count, first + count);
        }

        Rest(Columns);
        return Join(x, parts);

        void Rest(int end)
        {
            if (end > column)
            {
                parts.Add(x.narrow(-1, column, end - column));
            }
        }
    }

    /// <summary>[..., columns] → [..., parts, columns / parts].</summary>
    public static Tensor Split(Tensor x, long parts) => x.unflatten(x.dim() - 1, parts, x.size(-1) / parts);

    /// <summary>Parts side by side; of none, no columns of x.</summary>
    public static Tensor Join(Tensor x, IEnumerable<Tensor> parts) => parts.ToList() switch
    {
        [] => x.narrow(-1, 0, 0),
        [var single] => single,
        var several => cat(several, -1),
    };
}
