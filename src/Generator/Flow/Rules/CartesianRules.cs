using E3Gen.Generator.Flow.Values;

namespace E3Gen.Generator.Flow.Rules;

/// <summary>
/// <c>CartesianTensor</c> changes the basis between a tensor of space, each of whose indices turns as a vector does, and its irreps. The change is the same in every frame, so it yields what its
/// argument carries: for an index symmetry that is known, the irreps that the symmetry leaves.
/// </summary>
internal static class CartesianRules
{
    /// <summary>The change of basis of a symmetry of more indices takes too long for an analyzer.</summary>
    private const int MostIndices = 4;

    private static readonly Irrep Vector = new(1, -1);

    /// <returns>The result; null where nothing is known of it.</returns>
    public static Value? Apply(TorchCall c)
    {
        var machine = c.Machine;
        var symmetry = c.Values.Select(machine.State.Content).OfType<Made>().Select(Symmetry).FirstOrDefault(s => s is not null);
        var x = c.Values.Select(machine.Tensor).FirstOrDefault(t => t is not null);
        if (symmetry is null || symmetry.Indices.Length > MostIndices || x is not { Weight: 0, Written: null, Parity: 1 })
        {
            return null;
        }

        int rank = symmetry.Indices.Length;
        var irreps = ReducedTensorBasis.Of(symmetry, [.. symmetry.Indices.Select(_ => (Irreps)Vector)]).Irreps;
        return c.Method.Name switch
        {
            "ToCartesian" when IsRow(x, 1) && Carries(x.Axes[x.Axes.Length - 1], irreps) => machine.New(
                new TensorValue([.. x.Axes.Take(x.Axes.Length - 1), .. symmetry.Indices.Select(_ => Axis.Of(Vector))], 0) { HasMoreInFront = x.HasMoreInFront, Numbers = NumberKind.Float }),
            "FromCartesian" when IsRow(x, rank) && x.Axes.Skip(x.Axes.Length - rank).All(a => Carries(a, Vector)) => machine.New(
                Machine.Carrying(irreps, [.. x.Axes.Take(x.Axes.Length - rank)]) with { HasMoreInFront = x.HasMoreInFront }),
            _ => null,
        };
    }

    /// <summary>Whether the axes before the last ones do not turn.</summary>
    private static bool IsRow(TensorValue x, int last) => x.Axes.Length >= last && x.Axes.Take(x.Axes.Length - last).All(a => !a.Turns);

    private static bool Carries(Axis axis, Irreps irreps) => axis.Irreps is { } own ? own == irreps : irreps.All(e => e.Irrep.IsScalar) && axis.Extent.Equals(Extent.Of(irreps.Dim));

    private static IndexSymmetry? Symmetry(Made made) =>
        made.Type.Name == "CartesianTensor" && made.Arguments.TryGetValue("formula", out var formula) && formula is Data { Constant: string text } ? Parse(text) : null;

    private static IndexSymmetry? Parse(string text)
    {
        try
        {
            return IndexSymmetry.Parse(text);
        }
        catch (FormatException)
        {
            return null; // it throws when it is made
        }
    }
}
