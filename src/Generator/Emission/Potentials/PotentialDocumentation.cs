using E3Gen.Generator.Operations;
using E3Gen.Generator.Potentials;

namespace E3Gen.Generator.Emission.Potentials;

/// <summary>Documentation of a potential, shown on hovering over its class.</summary>
internal static class PotentialDocumentation
{
    public static Documentation Of(PotentialModel model, string source)
    {
        var features = model.Features.ToList();
        var rows = features.Select((f, i) => ($"{i}", $"{f}")).ToList();
        long edge = model.LayerOperations.OfType<ConvolutionModel>().Sum(c => c.Cost), atom = model.LayerOperations.Where(o => o is not ConvolutionModel).Sum(o => o.Cost);
        string species = model.Species.Count == 0 ? "the elements that its constructor takes" : string.Join(", ", model.Species);
        return new Documentation(
            $"An interatomic potential of {species}, within {NetworkEmitter.Text(model.Cutoff)} unless its constructor is told otherwise: {source}.",
            Documentation.Align(rows),
            [
                $"Edges are spherical harmonics {model.Harmonics.Output} and {model.Radial.Basis} Bessel functions of the length, with a polynomial cutoff of p = {model.Radial.Power}.",
                $"About {edge} operations an edge and {atom} an atom, beside the products and the radial networks.",
            ])
        {
            Lead = "Features of the atoms after each layer:",
        };
    }
}
