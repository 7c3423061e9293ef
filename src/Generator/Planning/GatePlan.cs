using E3Gen.Generator.Operations;

namespace E3Gen.Generator.Planning;

/// <summary>
/// Positions of a gate's scalars, gates and gated irreps, which memory holds sorted together. In mul_ir each entry is a piece; in ir_mul the copies of equal irreps form one piece,
/// since their components are interleaved.
/// </summary>
/// <param name="Pieces">What a row consists of.</param>
/// <param name="Places">Piece and first copy of each entry: scalars, then gates, then gated irreps.</param>
internal sealed record GatePlan(Irreps Pieces, IReadOnlyList<(int Piece, int Start)> Places)
{
    public static GatePlan Of(GateModel model)
    {
        var (sorted, place, _) = model.Entries.Sort();
        var pieces = new List<MulIrrep>();
        var places = new List<(int Piece, int Start)>();
        foreach (var entry in sorted)
        {
            int last = pieces.Count - 1;
            if (model.Layout == Layout.IrMul && last >= 0 && entry.Irrep.L > 0 && pieces[last].Irrep == entry.Irrep)
            {
                places.Add((last, pieces[last].Multiplicity));
                pieces[last] = new MulIrrep(pieces[last].Multiplicity + entry.Multiplicity, entry.Irrep);
            }
            else
            {
                places.Add((pieces.Count, 0));
                pieces.Add(entry);
            }
        }

        return new GatePlan(new Irreps(pieces), [.. place.Select(p => places[p])]);
    }

    /// <summary>Scalars that are activated, and gates with what they multiply, each with the columns of a row that it takes.</summary>
    /// <param name="model">The gate.</param>
    public IEnumerable<GatePlanPath> Paths(GateModel model)
    {
        int result = 0;
        for (int s = 0; s < model.Scalars.Count; s++)
        {
            var (entry, function) = model.Scalars[s];
            yield return new GatePlanPath(function, Column(s, 0, 1), entry.Multiplicity, result, null);
            result += entry.Dim;
        }

        foreach (var product in model.Products())
        {
            int gate = model.Scalars.Count + product.Gate, gated = model.Scalars.Count + model.Gates.Count + product.Gated, dimension = product.Output.Dim;
            var piece = Pieces[Places[gated].Piece];
            bool apart = model.Layout == Layout.IrMul && dimension > 1; // a step of one column leads to the next copy
            yield return new GatePlanPath(
                model.Gates[product.Gate].Function,
                Column(gate, product.GateStart, 1),
                product.Multiplicity,
                result,
                new GatedColumns(Column(gated, product.GatedStart, apart ? 1 : dimension), product.Output.L, apart ? piece.Multiplicity : product.Multiplicity));
            result += product.Multiplicity * dimension;
        }
    }

    private int Column(int entry, int copy, int step)
    {
        var (piece, start) = Places[entry];
        return Pieces.Take(piece).Sum(e => e.Dim) + ((start + copy) * step);
    }
}

/// <summary>f(u), or f(u) times what it gates.</summary>
/// <param name="Function">f.</param>
/// <param name="Column">First column of u.</param>
/// <param name="Copies">Copies.</param>
/// <param name="Result">First column of the result.</param>
/// <param name="Gated">What it gates; null for scalars.</param>
internal sealed record GatePlanPath(ActivationFunction Function, int Column, int Copies, int Result, GatedColumns? Gated)
{
    /// <summary>Whether a constant stands in front of f.</summary>
    public bool IsScaled { get; init; } = true;
}

/// <summary>Gated copies of one irrep.</summary>
/// <param name="Column">First column.</param>
/// <param name="L">Degree.</param>
/// <param name="Pitch">In ir_mul, columns from a component to the next.</param>
internal sealed record GatedColumns(int Column, int L, int Pitch);
